"""How well vectors alone find the paragraph that answers, in one language and across, on XQuAD.

`python -m benchmarks.embedding` measures the embedder in force; with `--middles` it first makes anew what
its vectors have in common (edu/inference/backends/e5_middles.npy), from the same paragraphs and questions.
"""

import json
import os
import sys
import time
from typing import Any

import numpy as np

from benchmarks.table import machine, show
from tests.places import DATA

LANGUAGES = ("en", "de", "ar", "tr")


def main() -> None:
    """Embed the four languages, and look each question up."""
    home = DATA / "xquad"
    if not home.exists():
        print(f"{home} is not there: nothing to measure on.")
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "edu.settings")
    import django

    django.setup()
    from edu.inference.base import EMBED
    from edu.inference.logic.doors import backends

    made = [each() for each in backends().values() if EMBED in each.kinds and each.local]
    engine = next(each for each in made if each.name != "echo" and each.chosen())
    if why := engine.absent():
        print(why)
        return
    engine.load()
    if "--middles" in sys.argv:
        _middles(engine, home)
    found: dict[str, tuple[Any, Any]] = {}
    gold: list[int] = []
    spent = 0.0
    for language in LANGUAGES:
        paragraphs, questions, gold = _read(home, language)
        begun = time.process_time()
        there = np.array(engine.embed(paragraphs, "passage"))
        spent += time.process_time() - begun
        found[language] = (there, np.array(engine.embed(questions, "query")))
    rows = []
    for language in LANGUAGES:
        own, asked = found[language]
        abroad = found["en"][0]
        right = (asked * own[gold]).sum(1).mean()
        rows.append(
            (
                language,
                f"{_ndcg(asked, own, gold):.3f}",
                f"{_ndcg(asked, abroad, gold):.3f}",
                f"{right:.2f}",
                f"{(asked @ own.T).mean():.2f}",
            )
        )
    show(
        f"{engine.model}, XQuAD, 240 paragraphs; {1000 * spent / 960:.0f} ms of processor time a "
        f"paragraph ({machine()})",
        ("questions in", "nDCG@10", "on English", "cosine, right", "any"),
        rows,
    )


def _read(home: Any, language: str) -> tuple[list[str], list[str], list[int]]:
    """Return the paragraphs, the questions, and the number of each question's paragraph."""
    articles = json.loads((home / f"xquad.{language}.json").read_text())["data"]
    parts = [part for article in articles for part in article["paragraphs"]]
    asked = [(at, each["question"]) for at, part in enumerate(parts) for each in part["qas"]]
    return [part["context"] for part in parts], [q for _, q in asked], [at for at, _ in asked]


def _ndcg(asked: Any, there: Any, gold: list[int]) -> float:
    """Return nDCG@10 where one paragraph is right: 1 / log2(its place + 1)."""
    scores = asked @ there.T
    right = scores[np.arange(len(gold)), gold]
    place = (scores > right[:, None]).sum(1)
    return float(np.where(place < 10, 1 / np.log2(place + 2), 0).mean())


def _middles(engine: Any, home: Any) -> None:
    from edu.inference.backends.e5 import MIDDLES

    engine.middles = dict.fromkeys(("passage", "query"), np.zeros(384, np.float32))
    rows = []
    for purpose, which in (("passage", 0), ("query", 1)):
        means = [
            np.array(engine.embed(list(_read(home, each)[which]), purpose)).mean(0)
            for each in LANGUAGES
        ]
        rows.append(np.mean(means, 0))
    np.save(MIDDLES, np.array(rows).astype(np.float16))
    engine.unload()
    engine.load()


if __name__ == "__main__":
    main()
