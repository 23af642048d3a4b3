"""Captions are put right line by line, stay right when a recording is heard again, and say who did it."""

import pytest

from edu.common.errors import Denied, Invalid, NotFound
from edu.multimodal import api, data
from edu.multimodal.data import Block, Document
from edu.multimodal.logic import captions, parting
from edu.multimodal.logic.chunks import chunks
from edu.multimodal.logic.seconds import Track
from edu.multimodal.models import CueEdit, Material, Passage, Word
from edu.users.models import AuditRecord
from tests.multimodal.helpers import bring

SAID = """1
00:00:01,000 --> 00:00:04,000
Water moves by osmoses.

2
00:00:04,000 --> 00:00:08,500
Salt stays where it is.

3
00:00:09,000 --> 00:00:12,000
Plants swell by it.
"""


@pytest.mark.parametrize(
    ("begin", "end", "new"),
    [(0, 5, "Warm water"), (6, 11, "is"), (18, 23, "osmosis."), (0, 23, "All of it"), (5, 6, "-")],
)
def test_a_text_that_is_rewritten_keeps_its_seconds(begin, end, new):
    text, times = "Water moves slowly by osmoses.", [[0, 1.0, 1.5], [6, 1.5, 2.0], [12, 2.0, 3.0]]
    times += [[19, 3.0, 3.2], [22, 3.2, 4.0]]
    track = Track(times, len(text))
    words = {"text": new, "times": captions.even(new, track.second(begin), track.second(end))}
    after, told = captions.rewritten(text, track, begin, end, words)
    assert after == text[:begin] + new + text[end:]
    assert [each[0] for each in told] == sorted(each[0] for each in told)
    assert all(0 <= sign < len(after) and start <= stop for sign, start, stop in told)
    assert (told[0][1], told[-1][2]) == (1.0, 4.0)
    moved = Track(told, len(after))
    for word in ("slowly", "osmoses"):  # what was not touched is said when it was said
        if word in after and word in text:
            assert moved.second(after.index(word)) == track.second(text.index(word))


def segment(text, start, end, **more):
    times = captions.even(text, start, end) if more.pop("worded", True) else []
    return {"kind": "time", "start": start, "end": end, "text": text, "times": times, **more}


def edit(start, end, text, **more):
    return CueEdit(start=start, end=end, text=text, sha256="x", **more)


@pytest.mark.parametrize("worded", [True, False])
def test_words_heard_anew_give_way_to_what_was_written(worded):
    made = edit(2.0, 4.0, "by osmosis.")
    heard = [
        segment("Aaaa bbbb cccc dddd", 0.0, 4.0, worded=worded),
        segment("Eeee.", 4.0, 5.0, worded=worded),
    ]
    found, machine = captions.applied(heard, [made])
    assert [each["text"] for each in found] == ["Aaaa bbbb", "by osmosis.", "Eeee."]
    assert machine[made.id]["text"] == "cccc dddd"
    assert [each["start"] for each in found] == sorted(each["start"] for each in found)


def test_what_has_no_blanks_gets_none():
    found, _ = captions.applied(
        [{**segment("水通过膜移动", 0.0, 6.0), "times": [[n, n, n + 1] for n in range(6)]}],
        [edit(1.0, 3.0, "穿过")],
    )
    (chunk,) = chunks(Document(blocks=[captions._block(each) for each in found]), "zh")
    assert chunk.text.replace(" ", "") == "水穿过膜移动"


def test_a_line_that_was_written_is_never_parted():
    words = " ".join(f"Word {n} is said." for n in range(40))
    written = "First half. Second half. Third part."
    blocks = [
        *(segment(words, at, at + 28.0) for at in (0.0, 40.0)),
        {**segment(written, 28.0, 40.0), "edited": True},
    ]
    blocks.sort(key=lambda each: each["start"])
    found = chunks(Document(blocks=[captions._block(each) for each in blocks]), "en")
    assert sum(written in each.text for each in found) == 1


def test_what_is_said_again_has_its_line_again():
    blocks = [segment("Repeat after me.", at, at + 2.0) for at in (0.0, 20.0, 40.0)]
    found = chunks(Document(blocks=[captions._block(each) for each in blocks]), "en")
    assert [each.locator["start"] for each in found] == [0.0, 20.0, 40.0]


@pytest.fixture
def talk(work, teacher, course, tmp_path):
    return bring(work, teacher, course, SAID, tmp_path, "talk.srt")


def lines(user, material):
    return [each.text for each in api.cues(user=user.id, material=material.id)]


@pytest.mark.django_db
def test_a_teacher_puts_a_line_right(work, talk, teacher, learner, stranger, client_of, course):
    first, second, third = api.cues(user=learner.id, material=talk.id)
    (before,) = Passage.objects.filter(material=talk.id)
    assert Word.objects.filter(lexeme="osmos").exists()  # osmoses

    def put(person, **more):
        named = {
            "material": talk.id,
            "cue": first.id,
            "text": "Water moves by capillarity.",
            **more,
        }
        return api.edit_cue(user=person.id, **named)

    with pytest.raises(Denied):
        put(learner)
    with pytest.raises(NotFound):
        put(stranger)
    with pytest.raises(NotFound):
        put(teacher, cue="77")
    with pytest.raises(Invalid):
        put(teacher, text=" \n ")
    with pytest.raises(data.CueChanged):
        put(teacher, was="It said something else.")
    with pytest.raises(data.NotEdited):
        api.undo_cue(user=teacher.id, material=talk.id, cue=first.id)
    with work():
        made = put(teacher, was=f"  {first.text}\n")
    assert (made.id, made.start, made.end, made.passage) == (
        first.id, first.start, first.end, first.passage,
    )  # fmt: skip
    assert (made.text, made.heard) == ("Water moves by capillarity.", first.text)
    assert lines(learner, talk) == [made.text, second.text, third.text]
    # Passage, search, citation and captions follow; the id and the seconds stay.
    (after,) = Passage.objects.filter(material=talk.id)
    assert after.id == before.id and after.text.startswith(made.text)
    assert after.vector is not None  # made anew in the background
    found = api.search(course=course.id, query="capillarity").results
    assert [each.passage for each in found] == [str(after.id)]
    cited = api.cite(passage=str(after.id), quote="capillarity")
    assert first.start <= cited.locator["start"] < cited.locator["end"] <= first.end
    later = api.cite(passage=str(after.id), quote="Salt stays")
    assert later.locator["start"] == pytest.approx(second.start, abs=0.05)
    assert not Word.objects.filter(lexeme="osmos").exists()
    vtt = client_of(learner).get(f"/materials/{talk.id}/captions/").content.decode()
    assert "capillarity" in vtt and "osmoses" not in vtt
    # Who changed what.
    (told,) = api.cue_edits(user=teacher.id, material=talk.id).items
    assert (told.by, told.heard, told.text, told.until) == (
        teacher.id, first.text, made.text, None,
    )  # fmt: skip
    record = AuditRecord.objects.get(action="captions")
    assert (str(record.actor), record.detail["second"]) == (teacher.id, first.start)
    with pytest.raises(Denied):
        api.cue_edits(user=learner.id, material=talk.id)
    # Once more, and back.
    with work():
        api.edit_cue(user=teacher.id, material=talk.id, cue=first.id, text="Water rises.")
        undone = api.undo_cue(user=teacher.id, material=talk.id, cue=first.id)
    assert (undone.text, undone.edit) == (first.text, "")
    after.refresh_from_db()
    assert (after.text, after.times) == (before.text, before.times)
    assert CueEdit.objects.filter(until=None).count() == 0
    assert len(api.cue_edits(user=teacher.id, material=talk.id).items) == 2
    api.erase_person(user=teacher.id)
    assert not CueEdit.objects.filter(by=teacher.id).exists()


@pytest.mark.django_db
def test_edits_outlive_another_hearing(work, talk, teacher):
    first, second, third = api.cues(user=teacher.id, material=talk.id)
    with work():
        api.edit_cue(user=teacher.id, material=talk.id, cue=second.id, text="Sugar stays.")
    (passage,) = Passage.objects.filter(material=talk.id)
    Material.objects.filter(id=talk.id).update(status="failed")
    with pytest.raises(data.NotHeardYet):
        api.edit_cue(user=teacher.id, material=talk.id, cue=first.id, text="Now.")
    with work():
        api.retry(user=teacher.id, material=talk.id)
    assert lines(teacher, talk) == [first.text, "Sugar stays.", third.text]
    assert Passage.objects.get(material=talk.id).id == passage.id
    assert [each.id for each in api.cues(user=teacher.id, material=talk.id)] == [
        first.id, second.id, third.id,
    ]  # fmt: skip
    # Another model hears other words: they are told, and what was written stays.
    row = Material.objects.get(id=talk.id)
    spoken = segment("Water moves. Salts slay whereabouts. Plants swell.", 0.0, third.end)
    captions.kept(row.id, row.sha256, Document(blocks=[captions._block(spoken)]))
    told = api.cue(user=teacher.id, material=talk.id, cue=second.id)
    assert told.differs and told.text == "Sugar stays."
    assert told.heard in spoken["text"] and told.heard != second.text
    kept = api.keep_cue(user=teacher.id, material=talk.id, cue=second.id)
    assert (kept.differs, kept.text) == (False, "Sugar stays.")
    # Another file is another recording: what was written of this one is not put into it.
    Material.objects.filter(id=talk.id).update(sha256="0" * 64)
    assert not any(each.edit for each in api.cues(user=teacher.id, material=talk.id))
    other = Document(blocks=[Block("text", "Else.", {"kind": "time", "start": 0.0, "end": 9.0})])
    assert captions.kept(row.id, "0" * 64, other) is other


@pytest.mark.django_db
def test_programs_put_a_line_right_with_if_match(work, talk, teacher, learner, api_of):
    mine, theirs = api_of(teacher), api_of(learner)
    here = f"/api/v1/materials/{talk.id}"
    vtt = theirs.get(f"{here}/captions", headers={"Accept": "text/vtt"})
    assert vtt["Content-Type"].startswith("text/vtt") and vtt.content.startswith(
        b"WEBVTT\n\n00:00:01"
    )
    listed = theirs.get(f"{here}/cues?limit=2").json()
    assert [each["start"] for each in listed["results"]] == [1.0, 4.0] and listed["next"]
    one = f"{here}/cues/{listed['results'][0]['id']}"
    tag = mine.get(one)["ETag"]
    with work():
        made = mine.patch(one, {"text": "Water climbs."}, headers={"If-Match": tag})
    told = made.json()
    assert (made.status_code, told["text"], told["edited"]) == (200, "Water climbs.", True)
    assert (told["edited_by"], told["heard"]) == (teacher.id, listed["results"][0]["text"])
    stale = mine.patch(one, {"text": "Water falls."}, headers={"If-Match": tag})
    assert stale.status_code == 412
    assert mine.patch(one, {"text": ""}).status_code == 400
    assert mine.patch(one, {"keep": True}).json()["differs"] is False
    for call in (
        theirs.patch(one, {"text": "No."}),
        theirs.delete(one),
        theirs.get(f"{here}/cue-edits"),
    ):
        assert call.status_code == 403
    assert mine.get(f"{here}/cue-edits").json()["results"][0]["text"] == "Water climbs."
    with work():
        assert mine.delete(one).json()["edited"] is False
    assert mine.delete(one).status_code == 409
    assert mine.get(f"{here}/cues/nothing").status_code == 404


@pytest.mark.django_db
def test_a_teacher_edits_captions_on_a_page(work, talk, teacher, learner, client_of):
    mine = client_of(teacher)
    here = f"/materials/{talk.id}/captions/edit/"
    assert here in mine.get(f"/materials/{talk.id}/").content.decode()
    assert here not in client_of(learner).get(f"/materials/{talk.id}/").content.decode()
    assert client_of(learner).get(here).status_code == 403
    page = mine.get(here).content.decode()
    assert page.count("data-line") == 3 and "Who changed what" not in page
    form = {"cue": "1000", "was": "Water moves by osmoses.", "text": "Water moves by osmosis."}
    with work():
        plain = mine.post(here, form)
    assert plain.status_code == 302 and plain["Location"].endswith("#c-1000")
    late = mine.post(
        here, {**form, "text": "Other."}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "It now says: Water moves by osmosis." in late and ">Other.</textarea>" in late
    page = mine.get(here).content.decode()
    assert "The machine heard:" in page and "Who changed what" in page and "Tamara" in page
    CueEdit.objects.update(machine={"text": "Whatever.", "times": [[0, 1.0, 4.0]]})
    assert "other words here" in mine.get(here).content.decode()
    with work():
        kept = mine.post(here, {"cue": "1000", "keep": "1"}, headers={"HX-Request": "true"})
        undone = mine.post(here, {"cue": "1000", "undo": "1"}, headers={"HX-Request": "true"})
    assert "other words here" not in kept.content.decode()
    assert ">Whatever.</textarea>" in undone.content.decode()


@pytest.mark.parametrize(
    ("text", "position", "at"),
    [
        ("Water moves by osmosis.", 6, 6),
        ("Water moves by osmosis.", 9, 6),
        ("Water moves by osmosis.", 0, 6),
        ("Water moves by osmosis.", 99, 15),
        ("水通过膜移动", 3, 3),
        ("Osmosis.", 3, None),
    ],
)
def test_a_line_is_parted_before_a_word(text, position, at):
    if at is None:
        with pytest.raises(Invalid):
            parting.place(text, position)
    else:
        assert parting.place(text, position) == at


@pytest.mark.django_db
def test_lines_are_parted_and_joined(work, talk, teacher, learner, api_of, client_of):
    first, second, third = api.cues(user=teacher.id, material=talk.id)
    here = f"/api/v1/materials/{talk.id}/cues"
    mine = api_of(teacher)
    for call in ("split", "join"):
        answer = api_of(learner).post(f"{here}/{first.id}/{call}", {"position": 5}, format="json")
        assert answer.status_code == 403
    assert mine.post(f"{here}/{first.id}/split", {}, format="json").status_code == 400
    parted = mine.post(f"{here}/{second.id}/split", {"position": 12}, format="json").json()["lines"]
    texts = [first.text, "Salt stays", "where it is.", third.text]
    assert [each["text"] for each in parted] == texts[1:3] == lines(teacher, talk)[1:3]
    assert lines(teacher, talk) == texts
    left, right = parted
    assert (left["start"], right["end"]) == (second.start, second.end)
    assert [each["heard"] for each in parted] == texts[1:3]
    assert left["end"] == pytest.approx(right["start"], abs=0.3) and not left["differs"]
    # Both stay when it is heard again, and are one again when one of them is undone.
    row = Material.objects.get(id=talk.id)
    spoken = [segment(each.text, each.start, each.end) for each in (first, second)]
    heard = Document(blocks=[captions._block(each) for each in spoken])
    again = captions.kept(row.id, row.sha256, heard)
    assert [each.text for each in again.blocks][-2:] == texts[1:3]
    with work():
        changed = mine.patch(f"{here}/{right['id']}", {"text": "where it was."}, format="json")
        assert changed.json()["text"] == "where it was."
        assert mine.delete(f"{here}/{left['id']}").json()["text"] == second.text
    assert lines(teacher, talk) == [first.text, second.text, third.text]
    assert not CueEdit.objects.filter(until=None).exists()
    # By a second; and joining is the way back, too.
    by = mine.post(f"{here}/{second.id}/split", {"second": right["start"]}, format="json").json()
    assert [each["text"] for each in by["lines"]] == texts[1:3]
    assert mine.post(f"{here}/{second.id}/join").json()["text"] == second.text
    assert not CueEdit.objects.filter(until=None).exists()
    joined = mine.post(f"{here}/{first.id}/join").json()
    assert joined["text"] == f"{first.text} {second.text}" and joined["edited"]
    assert (joined["start"], joined["end"]) == (first.start, second.end)
    assert lines(teacher, talk) == [joined["text"], third.text]
    assert mine.post(f"{here}/{third.id}/join").status_code == 409
    with work():
        assert mine.delete(f"{here}/{first.id}").json()["text"] == first.text
    assert lines(teacher, talk) == [first.text, second.text, third.text]
    # On the page, where the line break is; words are written anew by the way.
    page = f"/materials/{talk.id}/captions/edit/"
    form = {"cue": second.id, "was": second.text, "text": "Salt stays\nright here.", "split": "1"}
    with work():
        told = client_of(teacher).post(page, form, headers={"HX-Request": "true"}).content.decode()
    assert told.count("data-line") == 2 and ">right here.</textarea>" in told
    form = {"cue": second.id, "was": "Salt stays", "text": "Salt stays", "join": "1"}
    with work():
        told = client_of(teacher).post(page, form, headers={"HX-Request": "true"}).content.decode()
    assert ">Salt stays right here.</textarea>" in told and 'hx-swap-oob="delete"' in told
    nowhere = {**form, "was": "Salt stays right here.", "split": "1"}
    told = client_of(teacher).post(page, nowhere, headers={"HX-Request": "true"}).content.decode()
    assert "Say where to part it" in told


@pytest.mark.django_db
def test_lines_of_two_passages_are_joined(work, teacher, course, tmp_path):
    said = "\n\n".join(
        f"{n}\n00:{n:02}:00,000 --> 00:{n:02}:20,000\nSentence {n} is said. And one more {n}."
        for n in range(3)
    )
    talk = bring(work, teacher, course, said, tmp_path, "slow.srt")
    every = api.cues(user=teacher.id, material=talk.id)
    at = next(n for n, each in enumerate(every) if each.passage != every[n + 1].passage)
    with work():
        made = api.join_cue(user=teacher.id, material=talk.id, cue=every[at].id)
    assert made.text == f"{every[at].text} {every[at + 1].text}"
    expected = [each.text for each in every]
    expected[at : at + 2] = [made.text]
    assert lines(teacher, talk) == expected
    passages = Passage.objects.filter(material=talk.id).order_by("ordinal")
    assert " ".join(each.text for each in passages).count(every[at + 1].text) == 1
    for each in passages:
        assert (each.locator["start"], each.locator["end"]) == (
            each.times[0][1],
            each.times[-1][2],
        )
