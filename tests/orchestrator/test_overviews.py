"""A turn that asks for all of a text, and the turns that go on from it."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_chat")]


def quotes(turn):
    return [each["text"] for each in turn.sentences if each["kind"] == "quote"]


def test_a_text_is_summarised_section_by_section(ask):
    turn = ask("Can you summarise the text?")
    assert (turn.status, turn.abstained) == ("ready", False)
    headings = [each["text"] for each in turn.sentences if each["kind"] == "heading"]
    assert headings == ["Osmosis", "Diffusion", "Cell walls", "Mitochondria"]
    assert len(turn.citations) == len(quotes(turn))
    assert {f"{each.agent}.{each.task}" for each in turn.steps} >= {"tutor.overview"}


def test_a_section_is_summarised_by_its_heading(ask):
    turn = ask("Summarise the part about cell walls")
    assert quotes(turn)
    assert all("wall" in each.lower() for each in quotes(turn))


def test_more_and_simpler_go_on_from_a_summary_with_other_sentences(ask):
    shown = quotes(ask("What are the key points?"))
    more = ask("tell me more")
    assert quotes(more)
    assert not set(quotes(more)) & set(shown)
    simpler = ask(wants="simpler")
    assert not set(quotes(simpler)) & (set(shown) | set(quotes(more)))


def test_a_pronoun_stands_for_what_was_asked_before(ask):
    ask("What is diffusion?")
    turn = ask("And why is it faster in warm water?")
    assert "Warm particles move faster" in turn.answer
    more = ask("Tell me more")
    assert not more.abstained
    assert not set(quotes(more)) & set(quotes(turn))
