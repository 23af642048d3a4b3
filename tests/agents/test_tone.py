"""The tone that a learner chose, with a model and without one."""

import re

import pytest

from edu.agents.base import intents, prompts, wording
from edu.agents.data import Request
from edu.agents.team.tutor import Tutor
from edu.inference import api as inference
from edu.inference.data import Reply

pytestmark = pytest.mark.usefixtures("quiet_model")


def ask(library, text, tone, task="answer"):
    request = Request(task, text=text, language="en", detail={"materials": 1, "tone": tone})
    return Tutor().run(request, library.tools())


def test_brief_is_shorter_warm_says_how_to_go_on_plain_does_neither(library, no_chat):
    plain = ask(library, "Why do raisins swell?", "plain")
    brief = ask(library, "Why do raisins swell?", "brief")
    warm = ask(library, "Why do raisins swell?", "warm")
    assert len(brief.citations) < len(plain.citations)
    go_on = wording.words("go_on", "en")
    assert [each.quote for each in warm.citations] == [each.quote for each in plain.citations]
    assert warm.detail["sentences"][-1]["text"] == go_on
    assert go_on not in [each["text"] for each in plain.detail["sentences"]]
    explained = ask(library, "What is osmosis?", "plain", "explain").citations
    assert len(ask(library, "What is osmosis?", "brief", "explain").citations) < len(explained)


def test_what_the_materials_do_not_say_is_said_in_the_same_tone(library, no_chat):
    question = "Who won the World Cup in 1998?"
    plain, brief, warm = (ask(library, question, each) for each in ("plain", "brief", "warm"))
    assert all(each.abstained for each in (plain, brief, warm))
    assert len(brief.citations) == 1 < len(plain.citations)
    assert wording.words("not_your_fault", "en") in warm.text


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_what_it_says_to_say_is_understood(language):
    said = re.findall(r"[“„«](?:\s)?([^“”„«»]+?)(?:\s)?[”“»]", wording.words("go_on", language))
    assert [intents.command(each)[0] for each in said] == ["simpler", "check_me"]


def test_a_model_is_told_the_tone(library, monkeypatch):
    asked = []

    def stream(*, messages, **more):
        asked.append(messages[-1].content)
        yield "Water moves across a membrane. "

    monkeypatch.setattr(inference, "chat_stream", stream)
    for name in ("can_chat", "chosen_chat", "strong_chat"):
        monkeypatch.setattr(inference, name, lambda: True)
    monkeypatch.setattr(
        inference, "chat", lambda **more: Reply(text="yes", model="m", first={"yes": 1.0})
    )
    for tone in ("plain", "brief", "warm"):
        ask(library, "What is osmosis?", tone)
    told = [
        next((t for t, words in prompts.TONES.items() if each.endswith(words)), "plain")
        for each in asked
    ]
    assert told == ["plain", "brief", "warm"]
