"""The inference process over real HTTP: its key, its errors, what happens when somebody goes away."""

import json
import os
import signal
import threading
import time

import httpx
import pytest

from edu.inference import api
from edu.inference.data import Message, ModelUnavailable

from .serving import KEY, ask_it, serving

SLOW = "0.15"  # seconds between two words of the stand-in
HELLO = {"messages": [{"role": "user", "content": "one two three"}]}


@pytest.fixture(scope="module")
def quick():
    with serving("--echo") as server:
        yield server


@pytest.fixture
def slow():
    with serving("--echo", EDU_ECHO_PAUSE=SLOW) as server:
        yield server


def long_chat(count: int = 100) -> list[Message]:
    return [Message("user", " ".join(["word"] * count))]


@pytest.mark.parametrize("key", ["", "wrong", KEY + "x"])
def test_it_lets_nobody_in_without_the_key(quick, key):
    answer = quick.post("chat/completions", key=key, json=HELLO)
    assert answer.status_code == 401
    assert answer.json()["error"]["type"] == "invalid_api_key"


def test_its_health_needs_no_key_and_names_every_kind(quick):
    assert set(quick.health()) == {"chat", "embed", "hear", "speak", "read"}


def test_it_lists_its_models(quick):
    headers = {"Authorization": f"Bearer {KEY}"}
    rows = httpx.get(f"{quick.url}/models", headers=headers).json()["data"]
    assert {row["id"] for row in rows} == {"echo"}


def test_it_answers_and_streams_as_the_protocol_says(quick):
    whole = quick.post("chat/completions", json=HELLO).json()
    assert whole["object"] == "chat.completion"
    assert whole["choices"][0]["message"] == {"role": "assistant", "content": "one two three"}
    streamed = quick.post("chat/completions", json=HELLO | {"stream": True})
    assert streamed.headers["content-type"].startswith("text/event-stream")
    events = [line[6:] for line in streamed.text.splitlines() if line]
    assert events[-1] == "[DONE]"
    chunks = [json.loads(event) for event in events[:-1]]
    assert {chunk["object"] for chunk in chunks} == {"chat.completion.chunk"}
    said = "".join(chunk["choices"][0]["delta"].get("content", "") for chunk in chunks)
    assert said == "one two three"
    assert chunks[-1]["choices"][0]["finish_reason"] == "stop"


def test_it_tells_probabilities_when_asked(quick):
    body = HELLO | {"guided_choice": ["Yes", "No"], "logprobs": True, "top_logprobs": 5}
    choice = quick.post("chat/completions", json=body).json()["choices"][0]
    tops = choice["logprobs"]["content"][0]["top_logprobs"]
    assert [each["token"] for each in tops] == ["Yes", "No"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("chat/completions", {}),
        ("chat/completions", {"messages": []}),
        ("chat/completions", {"messages": "hello"}),
        ("chat/completions", {"messages": [{"content": "x"}]}),
        ("chat/completions", {"messages": [{"role": "user", "content": 5}]}),
        ("chat/completions", HELLO | {"max_tokens": 0}),
        ("chat/completions", HELLO | {"max_tokens": "many"}),
        ("chat/completions", HELLO | {"guided_choice": [1]}),
        ("chat/completions", HELLO | {"stream": True, "messages": []}),
        ("embeddings", {}),
        ("embeddings", {"input": [1, 2]}),
        ("embeddings", {"input": ["x"] * 2000}),
        ("audio/speech", {"input": 7}),
        ("audio/speech", {"input": "x", "speed": 100}),
        ("audio/speech", {"input": "x", "response_format": "mp3"}),
        ("audio/speech", {"input": "x" * 200_000}),
    ],
)
def test_it_refuses_bad_requests_and_says_why(quick, path, body):
    answer = quick.post(path, json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff", b"[" * 100_000])
def test_it_refuses_what_is_not_json(quick, content):
    assert quick.post("chat/completions", content=content).status_code == 400


@pytest.mark.parametrize("path", ["audio/transcriptions", "pictures/text"])
def test_it_refuses_forms_without_a_file(quick, path):
    assert quick.post(path, data={"model": "x"}).status_code == 400
    assert quick.post(path, json={}).status_code == 400
    assert quick.post(path, content=b"--x").status_code == 400


def test_it_gives_the_transcript_in_the_shape_asked_for(quick):
    wav = quick.post("audio/speech", json={"input": "Water moves."}).content

    def heard(shape: str) -> httpx.Response:
        form = {"response_format": shape, "model": "any"}
        return quick.post("audio/transcriptions", data=form, files={"file": ("a.wav", wav)})

    assert heard("text").text == "Water moves."
    assert heard("json").json() == {"text": "Water moves."}
    verbose = heard("verbose_json").json()
    assert verbose["segments"][0]["text"] == "Water moves."
    assert [word["word"] for word in verbose["words"]] == ["Water", "moves."]


def test_there_is_no_other_path(quick):
    assert quick.post("completions", json={}).status_code == 404


def test_a_client_that_leaves_frees_the_model(slow, settings):
    ask_it(settings, slow)
    stream = api.chat_stream(messages=long_chat(), max_tokens=200)
    assert next(stream)
    stream.close()
    begun = time.monotonic()
    assert list(api.chat_stream(messages=[Message("user", "hi")])) == ["hi"]
    assert time.monotonic() - begun < 10  # the first one would have taken 15 seconds


def test_calls_wait_for_each_other_and_too_many_are_sent_away(slow, settings):
    ask_it(settings, slow)
    outcomes: list[object] = []

    def ask() -> None:
        try:
            outcomes.append("".join(api.chat_stream(messages=[Message("user", "a b")])))
        except ModelUnavailable as error:
            outcomes.append(error)

    threads = [threading.Thread(target=ask) for _ in range(24)]
    for thread in threads:
        thread.start()
    assert slow.answers()  # it tells its health while all of them wait
    for thread in threads:
        thread.join()
    answers = [each for each in outcomes if isinstance(each, str)]
    refusals = [each for each in outcomes if isinstance(each, ModelUnavailable)]
    assert set(answers) == {"a b"}
    assert len(answers) + len(refusals) == 24
    assert refusals
    assert refusals[0].retry_after == 5
    assert "too much to do" in refusals[0].detail


def test_a_server_killed_in_the_middle_is_an_error_not_a_hang(slow, settings):
    ask_it(settings, slow)
    stream = api.chat_stream(messages=long_chat(), max_tokens=200)
    assert next(stream)
    os.kill(slow.process.pid, signal.SIGKILL)
    with pytest.raises(ModelUnavailable, match="broke off"):
        list(stream)
    assert not api.can_chat()
    with pytest.raises(ModelUnavailable):
        api.embed(texts=["x"])


def test_a_late_answer_alone_does_not_make_it_down(slow, settings):
    ask_it(settings, slow)
    assert api.can_chat()
    slow.process.send_signal(signal.SIGSTOP)
    try:
        time.sleep(3.1)  # until the last answer is too old to be taken for granted
        assert api.can_chat()
    finally:
        slow.process.send_signal(signal.SIGCONT)


def test_sigterm_ends_it_even_at_work(slow, settings):
    ask_it(settings, slow)
    stream = api.chat_stream(messages=long_chat(), max_tokens=200)
    assert next(stream)
    begun = time.monotonic()
    slow.stop()
    assert time.monotonic() - begun < 30
    stream.close()


def test_a_wrong_key_is_named(quick, settings):
    ask_it(settings, quick, outside=True, key="wrong")
    with pytest.raises(ModelUnavailable, match="refuses the key"):
        api.chat(messages=[Message("user", "x")])


def test_an_unknown_engine_is_named(capfd):
    with pytest.raises(AssertionError, match="ended at once"), serving("--only=nothing"):
        pass
    assert "There is no engine nothing" in capfd.readouterr().err


def test_it_is_said_what_is_missing_or_left_out(tmp_path, settings):
    with serving(EDU_MODELS=str(tmp_path), EDU_CHAT="none") as server:
        health = server.health()
        assert health["chat"]["state"] == "off"
        assert health["embed"]["state"] == "missing"
        assert "models pull" in health["embed"]["detail"]
        ask_it(settings, server)
        assert not api.can_chat()
        with pytest.raises(ModelUnavailable, match="models pull"):
            api.embed(texts=["x"])
        with pytest.raises(ModelUnavailable, match="EDU_CHAT=none"):
            api.chat(messages=[Message("user", "x")])
        told = {part.kind: part for part in api.status()}
        assert told["hear"].state == "missing"
