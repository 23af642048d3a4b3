"""Between our data and the JSON of the OpenAI protocol."""

import base64
import math
import re
import time
from collections.abc import Iterator
from typing import Any

from edu.inference.base import Body
from edu.inference.data import Message, Reply, Segment, Transcript, Word

CHOICES = "guided_choice"
"""The body's key for the only answers allowed, as vLLM names it; others ignore it or refuse it by
name, and the client then leaves it out."""

PATIENT = "X-Edu-Patient"
"""The header by which a caller of our own process lets others go first."""

FLEETING = "X-Edu-Fleeting"
"""The header by which a caller of our own process says that it is dropped when anybody else is there."""

STRANGE = (KeyError, IndexError, TypeError, ValueError, AttributeError)
"""What reading an answer raises that is not in the protocol."""

UNSPOKEN = 0.6
"""How sure a server may be that a segment is no speech, for its words still to count."""

_FENCE = re.compile(r"^\s*```[a-z]*\s*\n(.*?)\n?```\s*$", re.S)


def clean(text: str) -> str:
    """Return `text` without halves of surrogate pairs, which no encoding can write."""
    return text.encode("utf-8", "replace").decode()


def picture_type(picture: bytes) -> str:
    """Return the media type that the first bytes of `picture` tell; PNG when they tell none."""
    if picture[:3] == b"\xff\xd8\xff":
        return "image/jpeg"
    if picture[:4] == b"GIF8":
        return "image/gif"
    if picture[:4] == b"RIFF" and picture[8:12] == b"WEBP":
        return "image/webp"
    return "image/png"


def sound_name(sound: bytes) -> str:
    """Return a file name whose ending tells the container of `sound`: servers go by it."""
    head = sound[:16]
    if head[:4] == b"OggS":
        ending = "ogg"
    elif head[:4] == b"fLaC":
        ending = "flac"
    elif head[:4] == b"\x1aE\xdf\xa3":
        ending = "webm"
    elif head[4:8] == b"ftyp":
        ending = "m4a"
    elif head[:3] == b"ID3" or (head[:1] == b"\xff" and len(head) > 1 and head[1] & 0xE0 == 0xE0):
        ending = "mp3"
    else:
        ending = "wav"
    return f"sound.{ending}"


def chat_body(
    *,
    messages: list[Message],
    model: str,
    max_tokens: int,
    temperature: float,
    schema: dict[str, Any] | None = None,
    choices: list[str] | None = None,
    stop: list[str] | None = None,
) -> Body:
    """Return the body of a chat request."""
    body: Body = {
        "model": model,
        "messages": [_message(each) for each in messages],
        "max_tokens": max_tokens,
        "temperature": temperature,
    }
    if stop:
        body["stop"] = stop
    if schema is not None:
        body["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": "answer", "schema": schema},
        }
    if choices:
        body |= {CHOICES: choices, "logprobs": True, "top_logprobs": 20}
    return body


def _message(message: Message) -> Body:
    if not message.pictures:
        return {"role": message.role, "content": clean(message.content)}
    parts: list[Body] = [{"type": "text", "text": clean(message.content)}]
    for picture in message.pictures:
        data = base64.b64encode(picture).decode()
        url = f"data:{picture_type(picture)};base64,{data}"
        parts.append({"type": "image_url", "image_url": {"url": url}})
    return {"role": message.role, "content": parts}


def text_of(message: Body) -> str:
    """Return the words of one message of a body; pictures in it are passed over."""
    content = message.get("content") or ""
    if isinstance(content, str):
        return content
    return "\n".join(str(part.get("text", "")) for part in content if isinstance(part, dict))


def reply_of(answer: Body, model: str, choices: list[str] | None, json: bool = False) -> Reply:
    """Return what `answer` says; raise one of STRANGE when it is not an answer of the protocol."""
    choice = answer["choices"][0]
    text = choice["message"].get("content") or ""
    if not isinstance(text, str):
        raise TypeError("content is not a text")
    if json and (fenced := _FENCE.match(text)):
        text = fenced[1]
    first: dict[str, float] = {}
    if choices:
        first = chances(((choice.get("logprobs") or {}).get("content")) or [], choices)
        said = said_choice(text, choices)
        if not first and said:
            first = {each: float(each == said) for each in choices}
        if first:
            text = said if said else max(choices, key=lambda each: first[each])
    return Reply(
        text=text,
        model=str(answer.get("model") or model),
        finish=str(choice.get("finish_reason") or "stop"),
        first=first,
    )


def said_choice(text: str, choices: list[str]) -> str:
    """Return the one of `choices` that `text` names, "" when it names none."""
    bare = text.strip().strip("\"'`*.()[]: \n").casefold()
    for each in choices:
        if bare == each.casefold():
            return each
    longest_first = sorted(choices, key=len, reverse=True)
    for each in longest_first:
        if re.match(re.escape(each.casefold()) + r"\b", bare):
            return each
    return ""


def chances(content: list[Body], choices: list[str]) -> dict[str, float]:
    """Return how probable each of `choices` is by the first token's alternatives, summing to 1;
    {} when no alternative begins any of them. A token that begins several counts a share for each."""
    if not content:
        return {}
    first = content[0]
    seen = list(first.get("top_logprobs") or [])
    if not any(each.get("token") == first.get("token") for each in seen):
        seen.append(first)
    weights = dict.fromkeys(choices, 0.0)
    for each in seen:
        token = str(each.get("token", "")).strip().strip("\"'").casefold()
        if not token or each.get("logprob") is None:
            continue
        begins = [one for one in choices if one.casefold().startswith(token)]
        if not begins:
            begins = [one for one in choices if token.startswith(one.casefold())]
        for one in begins:
            weights[one] += math.exp(min(0.0, float(each["logprob"]))) / len(begins)
    total = sum(weights.values())
    return {one: weight / total for one, weight in weights.items()} if total > 0 else {}


def answer_body(text: str, model: str, finish: str = "stop", logprobs: Any = None) -> Body:
    """Return the answer of `/v1/chat/completions` that says `text`."""
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": finish, "logprobs": logprobs}
    return {
        "id": f"chatcmpl-{time.time_ns():x}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": model,
        "choices": [choice],
        "usage": {"prompt_tokens": 0, "completion_tokens": len(text.split()), "total_tokens": 0},
    }


def chunk_body(text: str, model: str, finish: str | None = None) -> Body:
    """Return one chunk of a streamed answer."""
    delta = {"content": text} if text or finish is None else {}
    return {
        "id": "chatcmpl-stream",
        "object": "chat.completion.chunk",
        "created": int(time.time()),
        "model": model,
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }


def transcript_body(heard: Transcript) -> Body:
    """Return the `verbose_json` of a transcription."""
    return {
        "task": "transcribe",
        "language": heard.language,
        "duration": heard.seconds,
        "text": heard.text,
        "model": heard.model,
        "segments": [
            {"id": number, "start": each.start, "end": each.end, "text": each.text}
            for number, each in enumerate(heard.segments)
        ],
        "words": [
            {
                "word": word.text,
                "start": word.start,
                "end": word.end,
                "probability": word.probability,
            }
            for each in heard.segments
            for word in each.words
        ],
    }


def transcript_of(answer: Body, model: str) -> Transcript:
    """Undo `transcript_body`; servers that send no segments or words get one segment, no words. What
    a server itself holds for no speech is left out: such words are made up from silence."""
    text = str(answer.get("text") or "").strip()
    words = [
        Word(
            str(each.get("word") or each.get("text") or "").strip(),
            float(each["start"]),
            float(each["end"]),
            float(each.get("probability", 1.0)),
        )
        for each in answer.get("words") or []
    ]
    seconds = float(answer.get("duration") or (words[-1].end if words else 0.0))
    segments = []
    given = answer.get("segments") or []
    heard = [each for each in given if float(each.get("no_speech_prob") or 0.0) < UNSPOKEN]
    if len(heard) < len(given):
        text = " ".join(str(each["text"]).strip() for each in heard)
    for each in heard:
        start, end = float(each["start"]), float(each["end"])
        within = [
            word for word in words if start - 0.01 <= (word.start + word.end) / 2 < end + 0.01
        ]
        said = str(each["text"]).strip()
        if said:
            segments.append(Segment(start, end, said, within))
    if text and not segments:
        segments = [Segment(0.0, seconds, text, words)]
    language = language_code(str(answer.get("language") or ""))
    return Transcript(text, language, seconds, segments, str(answer.get("model") or model))


_LANGUAGES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it",
    "portuguese": "pt", "dutch": "nl", "russian": "ru", "chinese": "zh", "japanese": "ja",
    "korean": "ko", "arabic": "ar", "turkish": "tr", "polish": "pl", "ukrainian": "uk",
    "greek": "el", "hindi": "hi", "thai": "th", "vietnamese": "vi", "romanian": "ro",
    "swedish": "sv", "danish": "da", "norwegian": "no", "finnish": "fi", "czech": "cs",
    "hungarian": "hu", "hebrew": "he", "indonesian": "id", "catalan": "ca", "croatian": "hr",
}  # fmt: skip


def language_code(name: str) -> str:
    """Return the ISO 639-1 code for a language named in English or by a code such as `en-US`."""
    lower = name.strip().lower()
    return _LANGUAGES.get(lower, lower.split("-")[0].split("_")[0])


def gathered(chunks: Iterator[Body]) -> Body:
    """Return the whole answer that `chunks` make together."""
    text: list[str] = []
    content: list[Any] = []
    last: Body = {}
    finish, usage = "stop", None
    for last in chunks:
        usage = last.get("usage") or usage
        for choice in last.get("choices") or []:
            text.append((choice.get("delta") or {}).get("content") or "")
            content += (choice.get("logprobs") or {}).get("content") or []
            finish = choice.get("finish_reason") or finish
    answer = answer_body("".join(text), str(last.get("model", "")), finish)
    answer["choices"][0]["logprobs"] = {"content": content} if content else None
    return answer | ({"usage": usage} if usage else {})
