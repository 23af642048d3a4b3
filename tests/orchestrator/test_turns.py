"""A turn from the question to its end."""

import re

import pytest

from edu.inference import api as inference
from edu.orchestrator import api
from edu.orchestrator.data import (
    EmptyTurn,
    MessageTooLong,
    NoSuchSession,
    NoSuchTurn,
    TurnOver,
)

pytestmark = pytest.mark.django_db


def steps(turn):
    return {f"{each.agent}.{each.task}": each.status for each in turn.steps}


def test_a_question_is_answered_with_citations(ask, no_chat):
    turn = ask("What is osmosis?")
    assert (turn.status, turn.abstained, turn.error) == ("ready", False, None)
    assert "Osmosis is the movement of water" in turn.answer
    assert turn.citations[0].quote.startswith("Osmosis is the movement of water")
    assert turn.citations[0].marker == 1
    assert "[1]" in turn.answer
    assert steps(turn)["tutor.answer"] == "done"
    assert turn.progress == 1.0


def test_every_sentence_is_aligned_or_marked(ask):
    turn = ask("Why do raisins swell in water?")
    for sentence in turn.sentences:
        assert sentence["grounded"] == bool(sentence["markers"])
        if not sentence["grounded"]:
            assert sentence["kind"] in ("heading", "notice", "own")
    markers = {int(each) for each in re.findall(r"(?<!\\)\[(\d+)\]", turn.answer)}
    assert markers == {each.marker for each in turn.citations}


def test_where_the_materials_do_not_say_it_says_so(ask, no_chat):
    turn = ask("Who won the football world cup in 1998?")
    assert turn.status == "ready"
    assert turn.abstained
    assert turn.answer.startswith("Your materials do not say.")
    assert turn.question is None


def test_messages_are_stored_in_order_and_tell_the_whole_story(ask, learner, no_chat):
    turn = ask("What is osmosis?")
    messages = api.messages_after(user=learner.id, turn=turn.id, seq=0)
    assert [each["seq"] for each in messages] == list(range(1, len(messages) + 1))
    types = [each["type"] for each in messages]
    assert types[0] == "turn.started"
    assert types[-1] == "turn.finished"
    assert types.index("citation") < types.index("token")
    words = "".join(each["text"] for each in messages if each["type"] == "token")
    assert words == turn.answer
    assert messages[-1]["answer"] == turn.answer
    assert messages[-1]["status"] == "ready"
    assert {each["turn"] for each in messages} == {turn.id}


def test_only_what_was_missed_is_sent_again(ask, learner):
    turn = ask("What is osmosis?")
    every = api.messages_after(user=learner.id, turn=turn.id, seq=0)
    assert api.messages_after(user=learner.id, turn=turn.id, seq=3) == every[3:]


def test_a_recording_is_heard_answered_and_answered_aloud(ask, learner, api_of, client):
    sound = inference.speak(text="What is osmosis?").wav
    turn = ask(audio=sound)
    assert turn.heard == "What is osmosis?"
    assert "Osmosis is the movement" in turn.answer
    assert turn.audio_url
    spoken = api.turn_media(user=learner.id, turn=turn.id, kind="sound")
    assert spoken.data[:4] == b"RIFF"
    place = f"/api/v1/turns/{turn.id}"
    told = api_of(learner).post(f"{place}/links").json()
    assert told["image"] is None and told["audio"].startswith(f"{place}/audio?link=")
    part = client.get(told["sound"], headers={"Range": "bytes=0-3"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"RIFF")
    for shut in (f"{place}/sound", told["sound"][:-1], told["sound"].replace("sound?", "audio?")):
        assert client.get(shut).status_code == 401
    assert "[1]" not in inference.transcribe(sound=spoken.data).text


def test_a_photo_is_read_and_its_question_answered(ask, photo):
    turn = ask(image=photo("Exercise 2\n\nWhy do raisins swell in water?"))
    assert "raisins swell" in turn.seen
    assert "raisin" in turn.answer
    assert not turn.abstained


def test_words_a_photo_and_a_recording_make_one_question(ask, photo):
    sound = inference.speak(text="swell in water?").wav
    turn = ask("Why do raisins", image=photo("raisins"), audio=sound)
    assert turn.heard == "swell in water?"
    assert turn.seen.startswith("raisins")
    assert "sugar" in turn.answer


def test_silence_is_told_as_silence(ask):
    from edu.orchestrator.logic.media import wav_of_pcm16

    turn = ask(audio=wav_of_pcm16(b"\0\0" * 8000, 16000))
    assert turn.status == "ready"
    assert turn.heard == ""
    assert "No words can be heard" in turn.answer
    assert turn.citations == []


def test_a_photo_without_text_is_told(ask, photo, settings):
    turn = ask(image=photo(""))
    assert turn.status == "ready"
    assert turn.citations == [] or turn.abstained


def test_a_greeting_is_no_question(ask):
    turn = ask("hello")
    assert turn.answer.startswith("Ask a question about your materials")
    assert turn.citations == []
    assert not turn.abstained


def test_an_answer_can_go_on(ask, no_chat):
    ask("What is osmosis?")
    more = ask("and why does that happen?")
    assert more.citations
    simpler = ask("", wants="simpler")
    assert simpler.citations
    example = ask("", wants="example")
    assert "raisins swell" in example.answer


def test_a_session_in_explain_mode_explains(work, learner, course, material, ask, no_chat):
    where = api.start_session(user=learner.id, course=course.id, mode="explain")
    turn = ask("What is osmosis?", where=where)
    assert "**The idea**" in turn.answer
    assert steps(turn)["tutor.explain"] == "done"


def test_the_first_question_names_the_session(ask, learner, session):
    ask("What is osmosis?")
    assert api.session(user=learner.id, session=session.id).title == "What is osmosis?"
    assert api.session(user=learner.id, session=session.id).turns == 1


def test_nothing_is_no_turn(learner, session):
    for text in ("", "   \n "):
        with pytest.raises(EmptyTurn):
            api.ask(user=learner.id, session=session.id, text=text)


def test_a_message_of_100_kb_is_refused_with_its_size(learner, session):
    with pytest.raises(MessageTooLong) as refused:
        api.ask(user=learner.id, session=session.id, text="x" * 100_000)
    assert "100000 characters" in refused.value.detail


def test_without_materials_it_asks_for_some(work, learner, course, no_chat):
    where = api.start_session(user=learner.id, course=course.id)
    with work():
        made = api.ask(user=learner.id, session=where.id, text="What is osmosis?")
    turn = api.turn(user=learner.id, turn=made.id)
    assert turn.abstained
    assert "nothing to read" in turn.answer


def test_strangers_and_teachers_see_no_session_of_others(ask, session, stranger, teacher):
    turn = ask("What is osmosis?")
    for person in (stranger, teacher):
        with pytest.raises(NoSuchSession):
            api.session(user=person.id, session=session.id)
        with pytest.raises(NoSuchSession):
            api.ask(user=person.id, session=session.id, text="hello")
        with pytest.raises(NoSuchTurn):
            api.turn(user=person.id, turn=turn.id)
        with pytest.raises(NoSuchTurn):
            api.messages_after(user=person.id, turn=turn.id, seq=0)
        with pytest.raises(NoSuchTurn):
            api.cancel(user=person.id, turn=turn.id)


def test_whoever_left_the_course_has_left_its_sessions(ask, session, learner, course):
    from edu.courses import api as courses

    turn = ask("What is osmosis?")
    courses.leave(user=learner.id, course=course.id)
    with pytest.raises(NoSuchSession):
        api.session(user=learner.id, session=session.id)
    with pytest.raises(NoSuchTurn):
        api.turn(user=learner.id, turn=turn.id)


def test_a_turn_that_is_over_cannot_be_stopped(ask, learner):
    turn = ask("What is osmosis?")
    with pytest.raises(TurnOver):
        api.cancel(user=learner.id, turn=turn.id)


HAZARDS = """# Hazards of volcanoes

Pyroclastic flows are the deadliest hazard of a volcano. They are clouds of hot gas and ash that race
down the slope at 700 kilometres an hour. Pyroclastic flows killed 28000 people in Saint-Pierre in 1902.
For example, a pyroclastic flow buried Pompeii.

# Ash

Ash is a hazard for aircraft. It melts in their engines. For example, ash stopped four engines in 1982.

# Lava

Lava is a slow hazard. It burns houses. For example, lava took a village in 1990.
"""


@pytest.mark.parametrize("wants", ["simpler", "explain_differently", "example"])
def test_what_goes_on_stays_with_what_was_asked(reader, work, learner, course, wants):
    reader(HAZARDS, "hazards.md")
    where = api.start_session(user=learner.id, course=course.id)

    def said(text="", **more):
        with work():
            made = api.ask(user=learner.id, session=where.id, text=text, **more)
        return api.turn(user=learner.id, turn=made.id)

    assert "Pyroclastic" in said("What is the deadliest hazard?").answer
    for _ in range(2):
        turn = said(wants=wants)
        quotes = [each["text"] for each in turn.sentences if each["kind"] == "quote"]
        assert quotes
        assert not any(re.search("(?i)lava|ash is|aircraft|engines", each) for each in quotes)
