"""Drafts questions from passages. Nothing it says is final: the gates of the books decide."""

import random
from typing import Any, ClassVar

from edu.agents.base import Agent
from edu.agents.base.drafting import bymodel, byrule
from edu.agents.data import Cancelled, Check, Request, Result, Toolbox
from edu.assessments.data import ItemDraft
from edu.common.language import detect
from edu.common.sources import Source
from edu.inference import api as inference
from edu.inference.data import ModelUnavailable

KINDS = ("choice", "cloze")
SPARE = 3  # drafts for each question that is wanted: the gates refuse some
MOST = 120
STRONG_SECONDS = 60.0
WEAK_SECONDS = 25.0


class Assessor(Agent):
    """Makes cloze and choice questions by rule, and with a chat model choice questions besides.

    `Request.sources` are the passages; `detail` may have: size (how many are wanted), kinds, avoid
    (stems asked before), known (answers asked for lately), simpler (True for the less sure gaps alone,
    False for none), seed (the same gives the same), model_seconds (how long the chat model may take in
    all; 0 leaves it out).
    """

    name: ClassVar[str] = "assessor"
    about: ClassVar[str] = "Drafts questions from passages; the gates decide which are asked."
    tasks: ClassVar[tuple[str, ...]] = ("draft_items", "check_question")

    def run(self, request: Request, tools: Toolbox) -> Result:
        """Return `drafts`, best first: for draft_items about three for each that is wanted, for
        check_question a few of which one is to be posed."""
        if tools.cancelled():
            raise Cancelled
        wish = request.detail
        size = max(1, min(int(wish.get("size") or 1), MOST // SPARE))
        kinds = [kind for kind in wish.get("kinds") or KINDS if kind in KINDS] or list(KINDS)
        avoid = [str(stem) for stem in wish.get("avoid") or []]
        seed = int(wish.get("seed") or 0)
        check = request.task == "check_question"
        count = max(size, 6) if check else size * SPARE
        tools.note(f"reading {len(request.sources)} passages for questions")
        drafts = byrule.drafts(
            request.sources,
            kinds,
            avoid,
            count,
            seed,
            tools.cite,
            _vectors if not check else None,
            [str(answer) for answer in wish.get("known") or []],
            wish.get("simpler"),
        )
        if tools.cancelled():
            raise Cancelled
        worded = (
            [] if check else self._worded(request, tools, kinds, avoid, size, len(drafts), seed)
        )
        together = _merged(worded, drafts, inference.strong_chat())
        made = f"{len(together)} questions drafted from {len(request.sources)} passages"
        if worded:
            made += f", {len(worded)} of them worded by the model"
        checks = [Check("self-solved", True, draft.stem) for draft in worded]
        return Result(drafts=together, checks=checks, summary=made, abstained=not together)

    def _worded(
        self,
        request: Request,
        tools: Toolbox,
        kinds: list[str],
        avoid: list[str],
        size: int,
        have: int,
        seed: int,
    ) -> list[ItemDraft]:
        """Ask the chat model for choice questions: a strong one always, the small default one only
        where rules found too few."""
        seconds = self._seconds(request.detail, size, have)
        if "choice" not in kinds or seconds <= 0:
            return []
        tools.note("wording questions")
        whole = detect("\n".join(source.text for source in request.sources)[:4000])

        def language_of(source: Source) -> str:
            return source.language or detect(source.text, fallback=whole)

        dice = random.Random(seed)  # noqa: S311  (to be repeatable, nothing secret)
        limits = bymodel.Limits(seconds, size)
        return list(
            bymodel.drafts(
                request.sources, language_of, avoid, limits, dice, tools.cite, tools.cancelled
            )
        )

    def _seconds(self, wish: dict[str, Any], size: int, have: int) -> float:
        if wish.get("model_seconds") is not None:
            return float(wish["model_seconds"]) if inference.can_chat() else 0.0
        if inference.strong_chat() and inference.can_chat():
            return STRONG_SECONDS
        return WEAK_SECONDS if have < size and inference.can_chat() else 0.0


def _merged(worded: list[ItemDraft], ruled: list[ItemDraft], strong: bool) -> list[ItemDraft]:
    """Return both in turn, those of a strong model first, so that no quiz is of one make alone."""
    if not strong:
        return [*ruled, *worded]
    return [
        each
        for index in range(max(len(worded), len(ruled)))
        for each in (*worded[index : index + 1], *ruled[index : index + 1])
    ]


def _vectors(texts: list[str], language: str) -> list[list[float]]:
    """Embed terms, so that wrong options are near in meaning; none when there is no embedder, or none
    that knows the language."""
    try:
        if not inference.embeds(language=language or "en"):
            return []
        return inference.embed(texts=texts, purpose="passage").rows
    except ModelUnavailable:
        return []
