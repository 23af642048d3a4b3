"""What a material tells of itself: sentences that sum it up, its key terms, how hard it is to read.

All of it stands in the material; no model writes a word. It is made as the last step of reading, and
again by the sweeper where the text, or the way it is made, is another now.
"""

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Q

from edu.multimodal import data
from edu.multimodal.logic import citations, glossary, readability
from edu.multimodal.logic.chunks import PICTURE
from edu.multimodal.logic.summaries import LOOKED_AT, Said, summary
from edu.multimodal.models import Job, Material, Passage, Portrait

VERSION = 1  # of the way that it is made; a higher one makes all anew
MOST_TERMS = 20
MOST_READ = 2 * LOOKED_AT  # passages, from the first on
AT_ONCE = 20
WAIT = 300  # seconds until a material is named once more
_SHOWN = ("term", "name")  # and no dates and numbers


@dataclass(frozen=True)
class Made:
    """What is written into a Portrait."""

    summary: list[list[str]] = field(default_factory=list)
    terms: list[list[Any]] = field(default_factory=list)
    level: dict[str, Any] = field(default_factory=dict)


def said(material: UUID) -> list[Said]:
    """Return the passages of a material, as far as they are looked through."""
    rows = Passage.objects.filter(material=material).order_by("ordinal")
    columns = rows.values_list("id", "text", "path", "kind", "language", "sentences")
    return [
        Said(str(each), text, path, kind, language, bytes(vectors) if vectors else None)
        for each, text, path, kind, language, vectors in columns[:MOST_READ]
    ]


def make(passages: Sequence[Said], language: str) -> Made:
    """Return what `passages` tell of themselves; `language` is that of most of them. No database."""
    prose = [each for each in passages if each.kind not in ("code", PICTURE)]
    most = min(MOST_TERMS, 3 + len(prose) // 2)
    found = glossary.of_passages(prose, 2 * MOST_TERMS)
    found = [each for each in found if each["kind"] in _SHOWN][:most]
    terms = [
        [each["term"], each["count"], each["passage"], each.get("definition", "")] for each in found
    ]
    best = [each["term"] for each in found]
    chosen = [[passage, sentence] for passage, sentence in summary(prose, best)]
    own = [each.text for each in prose if each.kind == "text" and each.language == language]
    level = readability.level(own, language)
    if level:
        return Made(chosen, terms, level.plain())
    return Made(chosen, terms, {"missing": readability.missing(own, language)})


def keep(material: Material, made: Made) -> None:
    """Write down what was made of the text that a material has since its `finished_at`."""
    Portrait.objects.update_or_create(
        material_id=material.id,
        defaults={
            "version": VERSION,
            "of": material.finished_at,
            "summary": made.summary,
            "terms": made.terms,
            "level": made.level,
        },
    )


def lacking() -> list[UUID]:
    """Return ready materials that have none, or one of a text or a way of before. Each is named once in
    a while only."""
    now = Q(portrait__version=VERSION, portrait__of=F("finished_at"))
    rows = Material.objects.filter(status=Job.Status.READY, removed_at=None, passages__gt=0)
    found = rows.exclude(now).order_by("-id").values_list("id", flat=True)[: 10 * AT_ONCE]
    fresh = (each for each in found if cache.add(f"portrait-{each}", 1, WAIT))
    return list(itertools.islice(fresh, AT_ONCE))


def renew(material: UUID) -> None:
    """Make it anew for a ready material. Whose text changes meanwhile is made anew once more."""
    row = Material.objects.filter(id=material, status=Job.Status.READY).first()
    if row is None:
        return
    passages = said(row.id)
    spoken = Counter(each.language for each in passages).most_common(1)
    made = make(passages, spoken[0][0] if spoken else "")
    with transaction.atomic():
        if Material.objects.select_for_update().filter(id=row.id, finished_at=row.finished_at):
            keep(row, made)


def portrait(material: Material) -> data.Portrait:
    """Return what a material tells of itself; what points at passages that are gone is left out."""
    row = Portrait.objects.filter(material=material).first()
    if row is None:
        return data.Portrait(made=False)
    wanted = {passage for passage, _ in row.summary} | {each[2] for each in row.terms}
    there = {
        str(each): (text, locator, language)
        for each, text, locator, language in Passage.objects.filter(
            material=material, id__in=wanted
        ).values_list("id", "text", "locator", "language")
    }

    def quoted(passage: str, quote: str) -> data.Quoted:
        _text, locator, language = there[passage]
        link = citations.link(str(material.id), passage, quote)
        return data.Quoted(passage, quote, locator, link, language)

    level = row.level if row.level.get("formula") else {}
    return data.Portrait(
        made=True,
        summary=[
            quoted(passage, sentence)
            for passage, sentence in row.summary
            if passage in there and sentence in there[passage][0]
        ],
        terms=[
            data.KeyTerm(term, count, quoted(passage, definition or term), bool(definition))
            for term, count, passage, definition in row.terms
            if passage in there and definition in there[passage][0]
        ],
        level=data.ReadingLevel(**level) if level else None,
        missing=row.level.get("missing", ""),
    )
