"""The client against servers of other makers, each with its own habits."""

import base64

import pytest

from edu.inference import api
from edu.inference.base.sound import Pcm, make_wav
from edu.inference.data import Message, ModelUnavailable, Unreadable
from edu.inference.logic import state
from tests.inference.strangers import Stranger, said

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
HELLO = [Message("user", "hello")]


@pytest.fixture
def stranger(settings):
    server = Stranger()
    at = {"url": server.url, "key": "k", "name": "big-model"}
    settings.EDU_SERVERS = dict.fromkeys(("model", "embed", "rerank", "see", "hear", "speak"), at)
    settings.EDU_MODELS_INSIDE = ["127.0.0.1"]
    state.forget()
    yield server
    server.close()


def test_it_asks_for_the_model_that_is_set(stranger):
    stranger.answers["/v1/chat/completions"] = (200, said("hi"))
    reply = api.chat(messages=HELLO, stop=["\n"])
    assert (reply.text, reply.model) == ("hi", "big-1")
    assert stranger.body()["model"] == "big-model"
    assert stranger.body()["stop"] == ["\n"]


def test_it_leaves_out_what_a_server_refuses_by_name_and_remembers(stranger):
    def picky(body: dict) -> tuple:
        for name in ("guided_choice", "temperature"):
            if name in body:
                return 400, {"error": {"message": f"Unrecognized request argument: {name}"}}
        if "max_tokens" in body:
            return 400, {"error": {"message": "Use 'max_completion_tokens' instead."}}
        return 200, said("No, it is not.")

    stranger.answers["/v1/chat/completions"] = picky
    reply = api.chat(messages=HELLO, choices=["Yes", "No"])
    assert (reply.text, reply.first) == ("No", {"Yes": 0.0, "No": 1.0})
    assert stranger.body()["max_completion_tokens"] == 12
    before = len(stranger.asked)
    api.chat(messages=HELLO, choices=["Yes", "No"])
    assert len(stranger.asked) == before + 1


def test_a_refusal_that_names_nothing_optional_is_an_error(stranger):
    stranger.answers["/v1/chat/completions"] = (400, {"error": {"message": "messages: too long"}})
    with pytest.raises(ModelUnavailable, match="does not take this: messages: too long"):
        api.chat(messages=HELLO)
    assert len(stranger.asked) == 1


def test_it_reads_the_probabilities_of_choices_off_the_first_token(stranger):
    tops = [
        {"token": "Yes", "logprob": -1.0},
        {"token": " yes", "logprob": -2.0},
        {"token": "No", "logprob": -3.0},
        {"token": "Perhaps", "logprob": -0.5},
    ]
    content = [{"token": "Yes", "logprob": -1.0, "top_logprobs": tops}]
    stranger.answers["/v1/chat/completions"] = (200, said("Yes", logprobs={"content": content}))
    reply = api.chat(messages=HELLO, choices=["Yes", "No"])
    assert reply.first["Yes"] == pytest.approx(0.91, abs=0.01)
    assert sum(reply.first.values()) == pytest.approx(1.0)


def test_an_answer_that_is_none_of_the_choices_has_no_probabilities(stranger):
    stranger.answers["/v1/chat/completions"] = (200, said("It depends."))
    reply = api.chat(messages=HELLO, choices=["Yes", "No"])
    assert (reply.text, reply.first) == ("It depends.", {})


def test_json_in_a_fence_is_taken_out(stranger):
    stranger.answers["/v1/chat/completions"] = (200, said('```json\n{"a": 1}\n```'))
    assert api.chat(messages=HELLO, schema={"type": "object"}).text == '{"a": 1}'


@pytest.mark.parametrize(
    "answer",
    [
        (200, b"not json"),
        (200, [1]),
        (200, {}),
        (200, {"choices": []}),
        (200, said(7)),
        (200, {"choices": [{"message": None}]}),
        (500, b"oops"),
        (302, b""),
        (404, {}),
    ],
)
def test_answers_outside_the_protocol_are_errors(stranger, answer):
    stranger.answers["/v1/chat/completions"] = answer
    with pytest.raises(ModelUnavailable):
        api.chat(messages=HELLO)


def test_it_passes_on_when_to_try_again(stranger):
    stranger.answers["/v1/chat/completions"] = (429, {}, {"Retry-After": "42"})
    with pytest.raises(ModelUnavailable) as error:
        api.chat(messages=HELLO)
    assert error.value.retry_after == 42


def test_a_stream_of_another_maker_is_understood(stranger):
    events = [
        ": a comment",
        'data: {"choices": [{"delta": {"role": "assistant"}}]}',
        'data: {"choices": [{"delta": {"content": "Water "}}]}',
        'data:{"choices": [{"delta": {"content": "moves."}, "finish_reason": "stop"}]}',
        'data: {"choices": [], "usage": {}}',
        "data: [DONE]",
    ]
    kind = {"Content-Type": "text/event-stream"}
    stranger.answers["/v1/chat/completions"] = (200, "\n\n".join(events).encode(), kind)
    assert list(api.chat_stream(messages=HELLO)) == ["Water ", "moves."]


def test_a_server_that_does_not_stream_is_understood(stranger):
    stranger.answers["/v1/chat/completions"] = (200, said("All at once."))
    assert list(api.chat_stream(messages=HELLO)) == ["All at once."]


@pytest.mark.parametrize(
    "body",
    [
        b'data: {"choices": [{"delta": {"content": "Wat"}}]}\n\n',
        b'data: {"choices": [{"delta": {"content": "Wat"}}]}\n\ndata: {"error": {"message": "gpu"}}\n\n',
        b'data: {"choices": [{"delta": {"content": "Wat"}}]}\n\ndata: {"cho\n\n',
    ],
)
def test_a_stream_that_breaks_off_is_an_error(stranger, body):
    kind = {"Content-Type": "text/event-stream"}
    stranger.answers["/v1/chat/completions"] = (200, body, kind)
    stream = api.chat_stream(messages=HELLO)
    assert next(stream) == "Wat"
    with pytest.raises(ModelUnavailable):
        next(stream)


@pytest.mark.parametrize("width", [3, 384, 1536])
def test_vectors_of_any_width_become_384_numbers_with_their_cosines(stranger, width):
    import numpy as np

    rng = np.random.default_rng(5)
    one = rng.standard_normal(width)
    near = one + 0.3 * rng.standard_normal(width)
    rows = [{"index": 1, "embedding": near.tolist()}, {"index": 0, "embedding": one.tolist()}]
    stranger.answers["/v1/embeddings"] = (200, {"data": rows})
    made = api.embed(texts=["a", "b"])
    assert made.model == "big-model"
    assert [len(row) for row in made.rows] == [384, 384]
    true = float(one @ near / np.linalg.norm(one) / np.linalg.norm(near))
    assert float(np.dot(made.rows[0], made.rows[1])) == pytest.approx(true, abs=0.08)


def test_vectors_that_are_none_are_errors(stranger):
    for rows in ([], [{"embedding": []}], [{"embedding": ["x"]}], [{"embedding": [None, 1]}], "x"):
        stranger.answers["/v1/embeddings"] = (200, {"data": rows})
        with pytest.raises(ModelUnavailable):
            api.embed(texts=["a"])


def test_a_model_that_sees_reads_where_our_path_is_not_there(stranger):
    stranger.answers["/v1/chat/completions"] = (200, said("E = mc²\n\nF = ma"))
    read = api.read_picture(picture=PNG)
    assert read.text == "E = mc²\nF = ma"
    assert read.engine == "big-1"
    part = stranger.body()["messages"][0]["content"][1]
    assert part["image_url"]["url"].startswith("data:image/png;base64,iVBOR")
    before = [path for path, _ in stranger.asked].count("/v1/pictures/text")
    api.read_picture(picture=PNG)
    assert [path for path, _ in stranger.asked].count("/v1/pictures/text") == before


def test_a_model_that_sees_no_text_reads_none(stranger):
    stranger.answers["/v1/chat/completions"] = (200, said("NONE."))
    assert api.read_picture(picture=PNG).lines == []


def test_it_shows_a_picture_to_a_model_that_sees(stranger):
    stranger.answers["/v1/models"] = (200, {"data": []})
    stranger.answers["/v1/chat/completions"] = (200, said("A cell."))
    assert api.can_see()
    assert api.strong_chat()
    assert api.see(picture=b"\xff\xd8\xff....", prompt="What is it?").text == "A cell."
    parts = stranger.body()["messages"][0]["content"]
    assert parts[0] == {"type": "text", "text": "What is it?"}
    assert parts[1]["image_url"]["url"].startswith("data:image/jpeg;base64,")


def test_nothing_sees_where_no_server_for_it_is_set(settings):
    settings.EDU_SERVERS = settings.EDU_SERVERS | {"see": {"url": "", "key": "", "name": ""}}
    assert not api.can_see()
    with pytest.raises(ModelUnavailable, match="EDU_SEE_URL"):
        api.see(picture=PNG, prompt="?")


def test_a_transcript_without_segments_is_one(stranger):
    answer = {"text": " Water moves. ", "language": "english", "duration": 2.5}
    stranger.answers["/v1/audio/transcriptions"] = (200, answer)
    heard = api.transcribe(sound=b"OggS....", language="en")
    assert (heard.text, heard.language, heard.seconds) == ("Water moves.", "en", 2.5)
    assert [(part.start, part.end) for part in heard.segments] == [(0.0, 2.5)]
    sent = stranger.asked[-1][1]
    assert b'filename="sound.ogg"' in sent
    assert b'name="language"' in sent


def test_words_that_a_server_made_up_from_silence_are_left_out(stranger):
    answer = {
        "text": "Water moves. Thank you.",
        "language": "english",
        "segments": [
            {"start": 0, "end": 2, "text": "Water moves.", "no_speech_prob": 0.02},
            {"start": 8, "end": 10, "text": "Thank you.", "no_speech_prob": 0.9},
        ],
    }
    stranger.answers["/v1/audio/transcriptions"] = (200, answer)
    heard = api.transcribe(sound=b"ID3")
    assert (heard.text, [part.text for part in heard.segments]) == (
        "Water moves.",
        ["Water moves."],
    )
    answer["segments"] = answer["segments"][1:]
    stranger.answers["/v1/audio/transcriptions"] = (200, answer)
    heard = api.transcribe(sound=b"ID3")
    assert (heard.text, heard.segments) == ("", [])


def test_words_go_to_the_segments_in_which_they_are_said(stranger):
    answer = {
        "text": "One. Two.",
        "segments": [
            {"start": 0, "end": 1, "text": "One."},
            {"start": 1, "end": 2, "text": "Two."},
        ],
        "words": [
            {"word": "One.", "start": 0.1, "end": 0.9},
            {"word": " Two.", "start": 1.1, "end": 1.9},
        ],
    }
    stranger.answers["/v1/audio/transcriptions"] = (200, answer)
    heard = api.transcribe(sound=b"ID3")
    assert [[word.text for word in part.words] for part in heard.segments] == [["One."], ["Two."]]


def test_a_sound_that_a_server_cannot_read_is_unreadable(stranger):
    stranger.answers["/v1/audio/transcriptions"] = (400, {"error": {"message": "bad file"}})
    with pytest.raises(Unreadable):
        api.transcribe(sound=b"....")


def test_speech_in_stereo_or_with_a_streamed_header_becomes_a_whole_wav(stranger):
    import numpy as np

    wav = bytearray(make_wav(Pcm(np.arange(8000, dtype=np.int16), 8000)))
    wav[4:8] = wav[40:44] = b"\xff\xff\xff\xff"
    stranger.answers["/v1/audio/speech"] = (200, bytes(wav), {"Content-Type": "audio/wav"})
    speech = api.speak(text="hello", voice="nova")
    assert speech.seconds == pytest.approx(1.0)
    assert stranger.body()["voice"] == "nova"
    stranger.answers["/v1/audio/speech"] = (200, b"this is no sound")
    with pytest.raises(ModelUnavailable):
        api.speak(text="hello")


def test_a_server_that_is_not_there_is_down(settings):
    at = {"url": "http://127.0.0.1:9/v1", "key": "", "name": ""}
    settings.EDU_MODELS_INSIDE = ["127.0.0.1"]
    settings.EDU_SERVERS = dict.fromkeys(("model", "embed", "rerank", "see", "hear", "speak"), at)
    state.forget()
    assert {part.state for part in api.status()} == {"down"}
    assert not api.can_chat()
    with pytest.raises(ModelUnavailable, match="cannot be reached"):
        api.chat(messages=HELLO)


@pytest.mark.django_db
def test_an_address_that_is_none_is_an_error(settings):
    at = {"url": "nonsense", "key": "", "name": ""}
    settings.EDU_SERVERS = dict.fromkeys(("model", "embed", "rerank", "see", "hear", "speak"), at)
    state.forget()
    assert not api.can_chat()
    with pytest.raises(ModelUnavailable):
        api.chat(messages=HELLO)


def test_an_embedder_says_which_languages_it_knows_and_a_server_is_trusted(settings):
    own, set_ = {"url": "", "key": "", "name": ""}, {"url": "http://e", "key": "", "name": "e5"}
    settings.EDU_SERVERS = settings.EDU_SERVERS | {"embed": own}
    assert [api.embeds(language=each) for each in ("en", "", "tr")] == [True, True, True]
    settings.EDU_EMBED = "all-minilm-l6-v2"
    assert [api.embeds(language=each) for each in ("en", "", "tr")] == [True, True, False]
    settings.EDU_SERVERS = settings.EDU_SERVERS | {"embed": set_}
    assert api.embeds(language="tr")


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        ((404, {"error": {"message": "no such path"}}), None),
        ((200, {"voices": []}), None),
        ((200, {"voices": ["nova", "alloy"]}), ["alloy", "nova"]),
        ((200, [{"voice_id": "b"}, {"id": "a", "name": "A"}]), ["a", "b"]),
        ((200, {"voices": [7]}), None),
    ],
)
def test_a_server_may_tell_its_voices(stranger, answer, names):
    stranger.answers["/v1/audio/voices"] = answer
    found = api.voices()
    assert (found and [each.name for each in found]) == names


def test_passages_are_weighed_by_the_server_that_is_set(stranger, settings):
    stranger.answers["/v1/models"] = (200, {"data": []})
    told = [{"index": 2, "relevance_score": 0.9}, {"index": 0, "relevance_score": -3}]
    stranger.answers["/v1/rerank"] = (200, {"results": told})
    assert api.can_rerank()
    assert api.rerank(query="why?", texts=["a", "b", "c"]) == [-3.0, -4.0, 0.9]
    assert stranger.body()["documents"] == ["a", "b", "c"]
    for bad in ({}, {"results": []}, {"results": [{"index": 0, "relevance_score": "x"}]}):
        stranger.answers["/v1/rerank"] = (200, bad)
        with pytest.raises(ModelUnavailable):
            api.rerank(query="why?", texts=["a"])
    settings.EDU_SERVERS = settings.EDU_SERVERS | {"rerank": {"url": "", "key": "", "name": ""}}
    assert not api.can_rerank()
