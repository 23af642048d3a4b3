"""Captions parted in two, or joined with the next: kept by their seconds as all that a person writes is.

Each part is an edit of its own, so that it stays when the recording is heard again; what one act parted
is one again when any of its parts is undone.
"""

import re
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from edu.common.clean import line
from edu.common.errors import Conflict, Invalid
from edu.common.ids import new_id
from edu.common.text import gettext_noop as _
from edu.multimodal import data
from edu.multimodal.logic import captions, showing
from edu.multimodal.logic.captions import LONGEST, Words
from edu.multimodal.logic.seconds import Times, Track
from edu.multimodal.models import CueEdit, Material

SHORTEST = 0.1  # seconds of a line
# Scripts that have no blanks between words: a line may be parted at any of their signs.
_UNPARTED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)

WHERE = _("Say where to part it: put a line break (Shift and Enter) between two words.")
SHORT = _("This line is too short to be parted there.")


class NoNextLine(Conflict):
    """409: it is the last one."""

    detail = _("This is the last line, so there is none to join it with.")


class Apart(Conflict):
    """409: each is a passage of its own."""

    detail = _("These two lines cannot be joined: each is a passage that others may cite.")


def place(text: str, position: int) -> int:
    """Return the sign of a line at which its second part begins, the nearest to `position` that begins a
    word. Raises Invalid where there is no such place."""
    signs = [
        each.start()
        for each in re.finditer(r"\S", text)
        if text[: each.start()].strip()
        and (text[each.start() - 1].isspace() or _UNPARTED.match(each.group()))
    ]
    if not signs:
        raise Invalid(fields={"position": SHORT})
    return min(signs, key=lambda sign: abs(sign - position))


def at_second(row: Material, cue: str, second: float) -> int:
    """Return the sign of a line that is said at a second, or nearest to it."""
    found = captions.one(row.id, cue)
    track, _passage = captions.track_of(found.passage)
    signs = range(len(found.text))
    return min(signs, key=lambda sign: abs(track.second(found.begin + sign) - second))


def split(
    row: Material, cue: str, position: int, by: UUID, now: datetime, was: str | None
) -> tuple[str, str]:
    """Part a line at the word that is nearest to the sign `position`; return the ids of the two edits.
    The caller holds the row. Raises Invalid, NotFound, CueChanged, NotHeardYet."""
    found = captions.cue_of(row, cue, was)
    at = place(found.text, position)
    track, _passage = captions.track_of(found.passage)
    middle = track.second(found.begin + at)
    if not found.start + SHORTEST <= middle <= found.end - SHORTEST:
        middle = found.start + (found.end - found.start) * at / len(found.text)
    middle = round(middle, 2)
    if not found.start < middle < found.end:
        raise Invalid(fields={"position": SHORT})
    before = CueEdit.objects.get(id=found.edit) if found.edit else None
    words = _heard(before, found, track)
    heard_at = at if words["text"] == found.text else _sign_at(words, middle)
    parted = (before.parted if before else None) or new_id()
    if before is not None:
        captions.finish(before, by, now)
    made = []
    for start, end, text, machine in (
        (found.start, middle, found.text[:at].rstrip(), _part(words, 0, heard_at)),
        (middle, found.end, found.text[at:], _part(words, heard_at, len(words["text"]))),
    ):
        heard = machine["text"] if before is None else before.heard and machine["text"]
        made.append(
            CueEdit.objects.create(
                material=row,
                sha256=row.sha256,
                start=start,
                end=end,
                text=text,
                heard=heard,
                machine=machine,
                by=by,
                at=now,
                parted=parted,
            )
        )
    return str(made[0].id), str(made[1].id)


def _heard(edit: CueEdit | None, cue: data.Cue, track: Track) -> Words:
    """Return what the machine hears in a line: what it says, where nobody wrote it."""
    if edit is not None:
        return dict(edit.machine)
    return {"text": cue.text, "times": track.part(cue.begin, cue.begin + len(cue.text))}


def _sign_at(words: Words, second: float) -> int:
    """Return the sign of what the machine hears at which the words begin that are said from a second on."""
    text = words["text"]
    if not text:
        return 0
    track = Track(words["times"], len(text))
    signs = [each.start() for each in re.finditer(r"\S+", text)] + [len(text)]
    return min(signs, key=lambda sign: abs(track.second(min(sign, len(text) - 1)) - second))


def _part(words: Words, begin: int, end: int) -> Words:
    """Return some of what the machine hears."""
    text = words["text"][begin:end].rstrip()
    if not text:
        return {"text": "", "times": []}
    times = Track(words["times"], len(words["text"])).part(begin, begin + len(text))
    return {"text": text, "times": times}


def join(row: Material, cue: str, by: UUID, now: datetime, was: str | None) -> str:
    """Join a line with the one after it; return the id of an edit that begins or ends by it. The caller
    holds the row. Raises NoNextLine, Apart, Invalid, NotFound, CueChanged, NotHeardYet."""
    first = captions.cue_of(row, cue, was)
    every = showing.cues(row.id)
    after = [each for each in every if int(each.id) > int(first.id)]
    if not after:
        raise NoNextLine
    second = after[0]
    glue = _glue(first, second)
    text = line(first.text + glue + second.text, field="text", most=LONGEST)
    edits = [CueEdit.objects.get(id=each.edit) for each in (first, second) if each.edit]
    track, _passage = captions.track_of(first.passage)
    other, _passage = captions.track_of(second.passage)
    own = {str(each.id): each for each in edits}
    machine = _added(
        _heard(own.get(first.edit), first, track),
        _heard(own.get(second.edit), second, other),
        glue,
    )
    for edit in edits:
        captions.finish(edit, by, now)
    if first.passage == second.passage:
        _close(row, first, second, text, now)
    else:
        _together(row, first, second, glue, now)
    if edits and text == machine["text"] and _is_line(row, text, first.start, second.end):
        return str(edits[0].id)  # it is one by itself again
    made = CueEdit.objects.create(
        material=row,
        sha256=row.sha256,
        start=first.start,
        end=second.end,
        text=text,
        heard=machine["text"],
        machine=machine,
        by=by,
        at=now,
    )
    return str(made.id)


def _is_line(row: Material, text: str, start: float, end: float) -> bool:
    lines = showing.cues(row.id)
    return any((each.text, each.start, each.end) == (text, start, end) for each in lines)


def _close(row: Material, first: data.Cue, second: data.Cue, text: str, now: datetime) -> None:
    """Have two lines of a passage follow each other in it as in `text`."""
    track, passage = captions.track_of(first.passage)
    end = second.begin + len(second.text)
    both = passage.text[first.begin : end]
    if both == text:
        return
    times = track.part(first.begin, first.begin + len(first.text))
    times += _shifted(track.part(second.begin, end), len(text) - len(second.text))
    captions.put(row, passage, replace(first, text=both), {"text": text, "times": times}, now)


def _glue(first: data.Cue, second: data.Cue) -> str:
    """Return what stands between two lines when they are one: what stood there; between passages a
    blank, but for scripts that have none."""
    if first.passage == second.passage:
        return " " if first.begin + len(first.text) < second.begin else ""
    edge = _UNPARTED.match(first.text[-1:]) or first.text[-1:] in "。！？、，；："
    return "" if edge and _UNPARTED.match(second.text[:1]) else " "


def _added(one: Words, two: Words, glue: str) -> Words:
    if not one["text"] or not two["text"]:
        return two if not one["text"] else one
    shift = len(one["text"]) + len(glue)
    moved = [[sign + shift, *spell] for sign, *spell in two["times"]]
    return {"text": one["text"] + glue + two["text"], "times": [*one["times"], *moved]}


def _together(row: Material, first: data.Cue, second: data.Cue, glue: str, now: datetime) -> None:
    """Move one of two lines into the passage of the other; the passage that it leaves has others."""
    track, here = captions.track_of(first.passage)
    other, there = captions.track_of(second.passage)
    if len(second.text) < len(there.text.strip()):
        end = second.begin + len(second.text)
        moved = other.part(second.begin, end)
        shift = len(here.text.rstrip()) + len(glue)
        times = track.part(0, len(here.text)) + _shifted(moved, shift)
        left = _start(there.text, end)
        rest, rest_times = there.text[left:], other.part(left, len(there.text))
        captions.store(row, here, here.text.rstrip() + glue + second.text, times, now)
        captions.store(row, there, rest, rest_times, now)
    elif len(first.text) < len(here.text.strip()):
        moved = track.part(first.begin, first.begin + len(first.text))
        shift = len(first.text) + len(glue)
        times = moved + _shifted(other.part(0, len(there.text)), shift)
        rest = here.text[: first.begin].rstrip()
        captions.store(row, there, first.text + glue + there.text, times, now)
        captions.store(row, here, rest, track.part(0, len(rest)), now)
    else:
        raise Apart
    for passage in (here, there):
        times = passage.times
        passage.locator = {**passage.locator, "start": times[0][1], "end": times[-1][2]}
        passage.save(update_fields=["locator"])


def _shifted(times: Times, by: int) -> Times:
    return [[sign + by, *spell] for sign, *spell in times]


def _start(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def undo(row: Material, cue: str, by: UUID, now: datetime, was: str | None = None) -> str:
    """Give a cue the words back that the machine heard; what was parted is one line again. Returns the id
    of the edit that ends. Raises NotFound, NotEdited, CueChanged, NothingHeard, NotHeardYet."""
    found = captions.cue_of(row, cue, was)
    edit = CueEdit.objects.filter(id=found.edit).first() if found.edit else None
    if edit is None or edit.parted is None:
        return captions.undo(row, cue, by, now, was)
    rows = CueEdit.objects.filter(material=row, parted=edit.parted, until=None)
    parts = {str(each.id): each for each in rows}
    lines = [each for each in showing.cues(row.id) if each.edit in parts]
    if not all(each.machine["text"] for each in parts.values()):
        raise data.NothingHeard
    for each in parts.values():
        captions.finish(each, by, now)
    for one in reversed(lines):  # from the last, so that those before stay where they begin
        machine = parts[one.edit].machine
        if one.text != machine["text"]:
            captions.put(row, captions.track_of(one.passage)[1], one, machine, now)
    return found.edit
