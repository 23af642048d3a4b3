"""Captions that a teacher has put right: kept by their seconds, whoever hears the recording again.

An edit says what is said between two seconds of one file. It stands in the passage as soon as it is
written; when the file is heard once more, by the same model or another, it takes the place of the words
that were heard there, and the machine's own are kept beside it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Func, Value

from edu.common.clean import line
from edu.common.language import detect
from edu.common.pages import Page
from edu.common.querypages import page_of
from edu.multimodal import data
from edu.multimodal.data import Block, Document
from edu.multimodal.logic import showing
from edu.multimodal.logic.fingerprints import fingerprint
from edu.multimodal.logic.lexemes import index
from edu.multimodal.logic.seconds import Times, Track
from edu.multimodal.logic.writing import recount
from edu.multimodal.models import CueEdit, Material, Passage

LONGEST = 500  # characters of a line
Words = dict[str, Any]  # what a machine heard: text, and times as in seconds.py
Segment = dict[str, Any]  # start, end, text, times; edited, glued where it is so


# --- a line is written anew ----------------------------------------------------------------------


def change(row: Material, cue: str, text: str, by: UUID, now: datetime, was: str | None) -> str:
    """Write `text` in place of a cue; return the id of the edit, "" where it says that already. The
    caller holds the row of the material. Raises Invalid, NotFound, CueChanged, NotHeardYet."""
    text = line(text, field="text", most=LONGEST)
    found = cue_of(row, cue, was)
    if text == found.text:
        return ""
    before = CueEdit.objects.get(id=found.edit) if found.edit else None
    track, passage = track_of(found.passage)
    machine: Words = {"text": found.text, "times": track.part(found.begin, _end(found))}
    made = CueEdit(
        material=row,
        sha256=row.sha256,
        start=found.start,
        end=found.end,
        text=text,
        heard=before.heard if before else found.text,
        machine=before.machine if before else machine,
        by=by,
        at=now,
    )
    if before is not None:
        finish(before, by, now)
    made.parted = before.parted if before else None
    if (
        text == made.machine["text"] and not made.parted
    ):  # as the machine had it: there is nothing to keep
        put(row, passage, found, made.machine, now)
        return str(before.id) if before else ""
    made.save()
    put(row, passage, found, {"text": text, "times": even(text, found.start, found.end)}, now)
    return str(made.id)


def undo(row: Material, cue: str, by: UUID, now: datetime, was: str | None = None) -> str:
    """Give a cue the words back that the machine heard; return the id of the edit that ends. Raises
    NotFound, NotEdited, CueChanged, NotHeardYet."""
    found = cue_of(row, cue, was)
    edit = _edit(found)
    if not edit.machine["text"]:
        raise data.NothingHeard
    finish(edit, by, now)
    put(row, track_of(found.passage)[1], found, edit.machine, now)
    return str(edit.id)


def keep(row: Material, cue: str) -> str:
    """Hold on to an edit though the machine hears other words now; return its id."""
    edit = _edit(cue_of(row, cue, None))
    edit.heard = edit.machine["text"]
    edit.save(update_fields=["heard"])
    return str(edit.id)


def one(material: UUID, cue: str) -> data.Cue:
    """Return one cue; raise NotFound."""
    for each in showing.cues(material):
        if each.id == cue:
            return each
    raise data.NoSuchCue


def after(material: UUID, cue: str) -> data.Cue:
    """Return the cue after one. Raises NoSuchCue."""
    for each in showing.cues(material):
        if int(each.id) > int(cue):
            return each
    raise data.NoSuchCue


def nearest(material: UUID, cue: str) -> data.Cue:
    """Return a cue, or the one that now says what it said: an undone edit may join its neighbours."""
    found = showing.cues(material)
    before = [each for each in found if int(each.id) <= int(cue)]
    return before[-1] if before else found[0]


def cue_of(row: Material, cue: str, was: str | None) -> data.Cue:
    """Return a cue that may be changed now. Raises NoSuchCue, CueChanged, NotHeardYet."""
    if row.status != Material.Status.READY:
        raise data.NotHeardYet
    found = one(row.id, cue)
    if was is not None and found.text != " ".join(was.split()):
        raise data.CueChanged(text=found.text)
    return found


def _edit(cue: data.Cue) -> CueEdit:
    if not cue.edit:
        raise data.NotEdited
    return CueEdit.objects.get(id=cue.edit)


def _end(cue: data.Cue) -> int:
    return cue.begin + len(cue.text)


def finish(edit: CueEdit, by: UUID, now: datetime) -> None:
    """End an edit."""
    edit.until, edit.ended_by = now, by
    edit.save(update_fields=["until", "ended_by"])


def track_of(passage: str) -> tuple[Track, Passage]:
    """Return when a passage is said, and the passage, locked."""
    row = Passage.objects.select_for_update().get(id=passage)
    return showing.track(row), row


def put(row: Material, passage: Passage, cue: data.Cue, words: Words, now: datetime) -> None:
    """Put words in the place of a cue; see `store`."""
    end = cue.begin + len(cue.text)
    text, times = rewritten(passage.text, showing.track(passage), cue.begin, end, words)
    store(row, passage, text, times, now)


def store(row: Material, passage: Passage, text: str, times: Times, now: datetime) -> None:
    """Write a passage anew, with what search knows of it, and how often each word occurs. Its vector is
    made anew in the background; until then its words find it."""
    path = " ".join(passage.path)
    before = index(passage.text, path, passage.language).distinct
    passage.text, passage.times = text, times
    passage.language = detect(passage.text, passage.language)
    passage.fingerprint = fingerprint(passage.text)
    after = index(passage.text, path, passage.language)
    passage.breaks = after.breaks
    passage.search = Func(Value(after.vector), template="%(expressions)s::tsvector")
    passage.vector = passage.sentences = None
    passage.model = ""
    passage.save()
    recount(row, gone=before - after.distinct, came=after.distinct - before)
    row.embedder, row.finished_at = "", now
    row.save(update_fields=["embedder", "finished_at"])


def rewritten(text: str, track: Track, begin: int, end: int, words: Words) -> tuple[str, Times]:
    """Return `text` with other words from `begin` to `end`, and when each part of it is said."""
    new = text[:begin] + words["text"] + text[end:]
    after = end
    while after < len(text) and text[after].isspace():
        after += 1
    shift = begin + len(words["text"]) + after - end
    times = [*track.part(0, begin)]
    times += [[begin + sign, start, stop] for sign, start, stop in words["times"]]
    if after < len(text):
        times += [[shift + sign, start, stop] for sign, start, stop in track.part(after, len(text))]
    return new, times


def even(text: str, start: float, end: float) -> Times:
    """Return when the words of `text` are said, if it is said evenly."""
    pace = (end - start) / max(1, len(text))
    found = [
        [each.start(), round(start + pace * each.start(), 2), round(start + pace * each.end(), 2)]
        for each in re.finditer(r"\S+", text)
    ]
    if found:
        found[0][0] = 0
        found[-1][2] = end
    return found


# --- a recording is heard again ------------------------------------------------------------------


def kept(material: UUID, sha256: str, document: Document) -> Document:
    """Return a document with the edits that there are of this very file in place of what was heard, and
    write down what was heard there."""
    edits = list(CueEdit.objects.filter(material=material, sha256=sha256, until=None))
    said = [each for each in document.blocks if _is_said(each)]
    if not edits or not said:
        return document
    segments, machine = applied([_segment(each) for each in said], edits)
    with transaction.atomic():
        for edit in edits:
            if edit.machine["text"] != machine[edit.id]["text"]:
                edit.machine = machine[edit.id]
                edit.save(update_fields=["machine"])
    others = [each for each in document.blocks if not _is_said(each)]
    blocks = [_block(each) for each in segments]
    return replace(document, blocks=[*others, *blocks])


def _is_said(block: Block) -> bool:
    return block.locator.get("kind") == "time" and not block.locator.get("seen")


def _segment(block: Block) -> Segment:
    return {**block.locator, "text": block.text, "of": block}


def _block(segment: Segment) -> Block:
    place = {name: each for name, each in segment.items() if name not in ("text", "of")}
    of = segment.get("of")
    return (
        replace(of, text=segment["text"], locator=place)
        if of
        else Block("text", segment["text"], place)
    )


def applied(
    segments: Sequence[Segment], edits: Sequence[CueEdit]
) -> tuple[list[Segment], dict[UUID, Words]]:
    """Return segments with the edits in the place of the words whose middle they cover, and for each
    edit what had been heard there."""
    machine: dict[UUID, Words] = {edit.id: {"text": "", "times": []} for edit in edits}
    found: list[Segment] = []
    for segment in segments:
        words = _words(segment)
        owners = [_owner(edits, (start + stop) / 2) for _, _, start, stop in words]
        if not any(owners):
            found.append(segment)
            continue
        at = 0
        while at < len(words):
            last = at
            while last + 1 < len(words) and owners[last + 1] is owners[at]:
                last += 1
            run, owner = words[at : last + 1], owners[at]
            part = _part(segment, run)
            if owner is None:
                found.append(part)
            else:
                _add(machine[owner.id], part)
            at = last + 1
    for edit in edits:
        found.append(
            {
                "kind": "time",
                "start": edit.start,
                "end": edit.end,
                "text": edit.text,
                "times": _times(edit, machine[edit.id]),
                "edited": True,
            }
        )
    return sorted(found, key=lambda each: each["start"]), machine


def _times(edit: CueEdit, heard: Words) -> Times:
    """Return when the words of an edit are said: as they were heard, where they are the same."""
    same = bool(heard["times"]) and heard["text"] == edit.text
    return list(heard["times"]) if same else even(edit.text, edit.start, edit.end)


def _words(segment: Segment) -> list[tuple[int, int, float, float]]:
    """Return (begin, end, start, stop) of the words of a segment: its signs, and its seconds."""
    text = segment["text"]
    times = segment.get("times") or even(text, segment["start"], segment["end"])
    ends = [*(int(each[0]) for each in times[1:]), len(text)]
    return [
        (int(sign), end, start, stop) for (sign, start, stop), end in zip(times, ends, strict=True)
    ]


def _owner(edits: Sequence[CueEdit], second: float) -> CueEdit | None:
    return next((each for each in edits if each.start <= second < each.end), None)


def _part(segment: Segment, run: list[tuple[int, int, float, float]]) -> Segment:
    begin, end = run[0][0], run[-1][1]
    text = segment["text"][begin:end].rstrip()
    glued = begin > 0 and not segment["text"][begin - 1].isspace()
    return {
        **segment,
        "start": run[0][2],
        "end": run[-1][3],
        "text": text,
        "times": [[sign - begin, start, stop] for sign, _, start, stop in run],
        **({"glued": True} if glued else {}),
    }


def _add(words: Words, part: Segment) -> None:
    shift = 0
    if words["text"]:
        words["text"] += "" if part.get("glued") else " "
        shift = len(words["text"])
    words["text"] += part["text"]
    words["times"] += [[sign + shift, start, stop] for sign, start, stop in part["times"]]


# --- who changed what ----------------------------------------------------------------------------


def change_data(row: CueEdit) -> data.CueChange:
    """Return an edit as others see it."""
    return data.CueChange(
        id=str(row.id),
        start=row.start,
        end=row.end,
        heard=row.heard,
        text=row.text,
        by=str(row.by),
        at=row.at,
        until=row.until,
        ended_by=str(row.ended_by or ""),
    )


def changes(material: UUID, cursor: str | None, limit: int) -> Page[data.CueChange]:
    """Return the edits of a material, the newest first."""
    rows = CueEdit.objects.filter(material=material)
    return page_of(rows, order="-id", cursor=cursor, limit=limit, to_data=change_data)
