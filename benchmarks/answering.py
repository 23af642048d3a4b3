"""Does the tutor answer what the materials answer, and nothing else? On SQuAD 2.0's development set.

Each article is brought as one material of a course of its own. Asked are questions that the article
answers, questions written to look as if it did, and questions about another article. As the weights of
the signs were fitted on this very set, they are fitted anew on all articles but one besides, and told
on that one, each in turn. EDU_BENCH_QUESTIONS says how many are asked (all there are: 3708).
"""

import json
import math
import os
import random
import sys
from typing import Any

from benchmarks.people import person, running, upload
from benchmarks.table import machine, show
from tests.places import DATA

QUESTIONS = int(os.environ.get("EDU_BENCH_QUESTIONS", "240"))
SET = DATA / "squad2" / "dev.json"


def area(above: list[float], below: list[float]) -> float:
    """Return the share of pairs in which the one that should be above is (ties count half)."""
    pairs = [(a > b) + 0.5 * (a == b) for a in above for b in below]
    return sum(pairs) / max(1, len(pairs))


def false_answers(above: list[float], below: list[float], answered: float = 0.9) -> float:
    """Return the share of those below that would be answered where `answered` (a share) of those
    above are."""
    if not above:
        return 0.0
    least = sorted(above, reverse=True)[max(0, math.ceil(answered * len(above)) - 1)]
    return sum(each >= least for each in below) / max(1, len(below))


def fitted(rows: Any, answers: Any) -> Any:
    """Return the weights, bias first, of a logistic regression (Newton's steps, a small penalty)."""
    import numpy

    table = numpy.c_[numpy.ones(len(rows)), rows]
    weights = numpy.zeros(table.shape[1])
    penalty = 3 * numpy.eye(len(weights))
    penalty[0, 0] = 1e-6
    for _step in range(30):
        told = 1 / (1 + numpy.exp(-numpy.clip(table @ weights, -30, 30)))
        slope = table.T @ (told - answers) + penalty @ weights
        bend = (table.T * (told * (1 - told))) @ table + penalty
        weights -= numpy.linalg.solve(bend, slope)
    return weights


def _held_out(signs: list[tuple[int, bool, dict[str, float]]]) -> tuple[list[float], list[float]]:
    """Return the log odds of the answerable and of the twisted, each by weights of other articles."""
    import numpy

    places = numpy.array([each[0] for each in signs])
    answers = numpy.array([each[1] for each in signs], float)
    rows = numpy.array([list(each[2].values()) for each in signs])
    odds = numpy.zeros(len(signs))
    for place in set(places):
        own = places == place
        weights = fitted(rows[~own], answers[~own])
        odds[own] = weights[0] + rows[own] @ weights[1:]
    return list(odds[answers == 1]), list(odds[answers == 0])


def main() -> None:
    """Bring the articles, ask, and count."""
    if not SET.exists():
        print(f"{SET} is not there: nothing to measure on.")
        return
    articles = json.loads(SET.read_text())["data"]
    for name, settings in (("no chat model", {"EDU_CHAT": "none"}), ("default chat model", {})):
        if len(sys.argv) > 1 and sys.argv[1] not in name:
            continue
        with running(**settings) as stack:
            edu, _, _ = person(stack)
            courses = []
            for article in articles:
                course = edu.call("POST", "/api/v1/courses", {"title": article["title"]})["id"]
                place = stack.data / "article.txt"
                place.write_text("\n\n".join(part["context"] for part in article["paragraphs"]))
                edu.until(f"/api/v1/materials/{upload(edu, course, place, 'text/plain')}", 900)
                courses.append(course)
            os.environ |= stack.environment()
            os.environ["DJANGO_SETTINGS_MODULE"] = "edu.settings"
            import django

            django.setup()
            rows = _ask(articles, courses)
        show(f"{QUESTIONS} questions, {name} ({machine()})", ("what", "figure"), rows)


def _ask(articles: list[dict[str, Any]], courses: list[str]) -> list[tuple[str, str]]:
    chance = random.Random(11)
    asked = [
        (place, question)
        for place, article in enumerate(articles)
        for part in article["paragraphs"]
        for question in part["qas"]
    ]
    likely: dict[str, list[float]] = {"answered": [], "twisted": [], "elsewhere": []}
    refused: dict[str, int] = dict.fromkeys(likely, 0)
    signs: list[tuple[int, bool, dict[str, float]]] = []
    held = quotes = 0
    for place, question in chance.sample(asked, min(QUESTIONS, len(asked))):
        twisted = bool(question.get("is_impossible"))
        other = chance.choice([each for each in range(len(courses)) if each != place])
        for kind, course in (
            ("twisted" if twisted else "answered", courses[place]),
            ("elsewhere", courses[other]),
        ):
            result = _tutor(course, question["question"])
            likely[kind].append(float(result.detail["probability"]))
            refused[kind] += result.abstained
            if kind != "elsewhere" and result.detail["signs"]:
                signs.append((place, kind == "answered", result.detail["signs"]))
            if kind == "answered" and not result.abstained:
                gold = [each["text"].lower() for each in question["answers"]]
                said = " ".join(each.quote.lower() for each in result.citations)
                held += any(each in said for each in gold)
                quotes += len(result.citations)
    count = {kind: max(1, len(each)) for kind, each in likely.items()}
    held_out = _held_out(signs)
    return [
        (
            "AUROC against questions about another article",
            _two(area(likely["answered"], likely["elsewhere"])),
        ),
        (
            "AUROC against questions twisted on purpose",
            _two(area(likely["answered"], likely["twisted"])),
        ),
        (
            "false answers where 90 % of the answerable are answered: another article",
            _two(false_answers(likely["answered"], likely["elsewhere"])),
        ),
        (
            "the same, twisted on purpose",
            _two(false_answers(likely["answered"], likely["twisted"])),
        ),
        (
            f"signs alone, fitted without the article told on ({len(signs)} questions): AUROC",
            _two(area(*held_out)),
        ),
        ("the same, false answers where 90 % are answered", _two(false_answers(*held_out))),
        ("answerable questions refused", _two(refused["answered"] / count["answered"])),
        ("twisted questions refused", _two(refused["twisted"] / count["twisted"])),
        (
            "questions about another article refused",
            _two(refused["elsewhere"] / count["elsewhere"]),
        ),
        ("quotes hold the answer", _two(held / count["answered"])),
        ("quotes in an answer", _two(quotes / count["answered"])),
    ]


def _tutor(course: str, question: str) -> Any:
    from edu.agents import api as agents
    from edu.agents.data import Request, Toolbox
    from edu.multimodal import api as multimodal

    tools = Toolbox(
        search=lambda query, limit: (
            multimodal.search(course=course, query=query, limit=limit).results
        ),
        say=lambda text: None,
        cite=lambda source, quote: multimodal.cite(passage=source.passage, quote=quote),
        mastery_of=lambda objective: None,
        cancelled=lambda: False,
    )
    request = Request("answer", text=question, language="en", detail={"materials": True})
    return agents.run(agent="tutor", request=request, tools=tools)


def _two(value: float) -> str:
    return f"{value:.3f}"


if __name__ == "__main__":
    main()
