"""Speech to text by openai-whisper on the very same weights, converted once: a second opinion.

Chosen by EDU_HEAR_BACKEND=openai-whisper; needs `pip install --no-deps -r requirements-whisper.txt`.
"""

import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from edu.inference.base import HEAR, Backend, Stopped
from edu.inference.base.files import absent, model_file
from edu.inference.base.heard import made_up
from edu.inference.base.sound import decode
from edu.inference.data import Segment, Transcript, Word

RATE = 16_000
WINDOW = 10 * 60 * RATE  # samples in one call: between two it looks whether anybody still waits
UNSPOKEN = 0.6  # a segment that is less likely speech than this is none
QUIET = 0.002  # louder than this anywhere, or it is silence


class WhisperOpenAI(Backend):
    """See the module."""

    name = "openai-whisper"
    kinds = frozenset((HEAR,))
    rank = 20

    def __init__(self) -> None:
        super().__init__()
        self.whisper: Any = None

    @property
    def model(self) -> str:
        """The manifest's name of the weights."""
        return "whisper-base"

    def chosen(self) -> bool:
        """Only when EDU_HEAR_BACKEND names it."""
        return self.name == str(settings.EDU_HEAR_BACKEND)

    def absent(self) -> str:
        """See Backend."""
        if importlib.util.find_spec("whisper") is None:
            return "openai-whisper is not there: pip install --no-deps -r requirements-whisper.txt"
        return absent(HEAR)

    def load(self) -> None:
        """Convert the weights the first time (about six seconds), then load them."""
        import torch
        import whisper

        torch.set_num_threads(settings.EDU_INFERENCE_THREADS)
        source = model_file(HEAR, "model.bin")
        place = source.with_name("openai.pt")
        if not place.exists() or place.stat().st_mtime < source.stat().st_mtime:
            fresh = place.with_suffix(".new")
            torch.save(_checkpoint(_variables(source)), fresh)
            fresh.replace(place)
        # By path: a name such as "base" would be downloaded.
        self.whisper = whisper.load_model(str(place), device="cpu")
        self.whisper.set_alignment_heads(whisper._ALIGNMENT_HEADS["base"])

    def unload(self) -> None:
        """See Backend."""
        self.whisper = None

    def hear(self, sound: bytes, language: str) -> Transcript:
        """See Backend. What stands where nobody speaks is left out: silence becomes words else."""
        import whisper

        samples = decode(sound, RATE, settings.EDU_MAX_AUDIO_MINUTES)
        known = language if language in whisper.tokenizer.LANGUAGES else None
        segments: list[Segment] = []
        for start in range(0, len(samples), WINDOW):
            if self.stopped():
                raise Stopped
            window = samples[start : start + WINDOW]
            voices = _voices(window)
            if not voices:
                continue
            said = self.whisper.transcribe(
                window,
                language=known,
                fp16=False,
                word_timestamps=not self.fleeting,
                condition_on_previous_text=False,
                verbose=None,
            )
            known = known or str(said["language"])
            heard = [
                _segment(part, start / RATE)
                for part in said["segments"]
                if part["text"].strip()
                and part["no_speech_prob"] < UNSPOKEN
                and any(part["start"] < end and part["end"] > begin for begin, end in voices)
            ]
            segments += [each for each in heard if not made_up(each.words)]
        return Transcript(
            text=" ".join(each.text for each in segments),
            language=(known or "") if segments else language,
            seconds=len(samples) / RATE,
            segments=segments,
            model=self.model,
        )


def _voices(window: Any) -> list[tuple[float, float]]:
    """Return from when to when, in seconds, somebody speaks."""
    if float(np.abs(window).max(initial=0.0)) < QUIET:
        return []
    from faster_whisper.vad import get_speech_timestamps

    return [(each["start"] / RATE, each["end"] / RATE) for each in get_speech_timestamps(window)]


def _segment(part: dict[str, Any], shift: float) -> Segment:
    words = [
        Word(
            each["word"].strip(),
            float(each["start"]) + shift,
            float(each["end"]) + shift,
            float(each["probability"]),
        )
        for each in part.get("words") or []
    ]
    return Segment(
        float(part["start"]) + shift, float(part["end"]) + shift, part["text"].strip(), words
    )


_TYPES = {0: "<f4", 1: "i1", 2: "<i2", 3: "<i4", 4: "<f2"}


def _variables(place: Path) -> dict[str, Any]:
    """Return the arrays of a CTranslate2 file (binary version 6) by their names."""
    data = memoryview(place.read_bytes())
    at = 0

    def number(size: int) -> int:
        nonlocal at
        at += size
        return int.from_bytes(data[at - size : at], "little")

    def text() -> str:
        nonlocal at
        size = number(2)
        at += size
        return bytes(data[at - size : at]).rstrip(b"\0").decode()

    version = number(4)
    spec, _revision = text(), number(4)
    if version != 6 or spec != "WhisperSpec":
        raise ValueError(f"{place} is not a Whisper model of CTranslate2's format 6.")
    found: dict[str, Any] = {}
    for _ in range(number(4)):
        name = text()
        shape = [number(4) for _dimension in range(number(1))]
        kind, size = number(1), number(4)
        found[name] = np.frombuffer(data[at : at + size], _TYPES[kind]).reshape(shape)
        at += size
    for _ in range(number(4)):
        alias = text()
        found[alias] = found[text()]
    return found


def _checkpoint(found: dict[str, Any]) -> dict[str, Any]:
    """Return the checkpoint that openai-whisper loads: the same numbers under its own names, with
    the joined projections of the attentions taken apart."""
    import torch

    state: dict[str, Any] = {}

    def tensor(name: str) -> Any:
        return torch.from_numpy(np.array(found[name]))

    def norm(to: str, name: str) -> None:
        state[f"{to}.weight"], state[f"{to}.bias"] = tensor(f"{name}/gamma"), tensor(f"{name}/beta")

    def linear(to: str, name: str) -> None:
        state[f"{to}.weight"], state[f"{to}.bias"] = (
            tensor(f"{name}/weight"),
            tensor(f"{name}/bias"),
        )

    def parted(to: str, name: str, parts: tuple[str, ...]) -> None:
        weights = tensor(f"{name}/weight").chunk(len(parts))
        biases = tensor(f"{name}/bias").chunk(len(parts))
        for part, weight, bias in zip(parts, weights, biases, strict=True):
            state[f"{to}.{part}.weight"] = weight.clone()
            if part != "key":  # Whisper's keys have no bias
                state[f"{to}.{part}.bias"] = bias.clone()

    def layers(side: str) -> int:
        numbers = [name.split("/")[1] for name in found if name.startswith(f"{side}/layer_")]
        return 1 + max(int(each[6:]) for each in numbers if each[6:].isdigit())

    def block(to: str, name: str, crossed: bool) -> None:
        norm(f"{to}.attn_ln", f"{name}/self_attention/layer_norm")
        parted(f"{to}.attn", f"{name}/self_attention/linear_0", ("query", "key", "value"))
        linear(f"{to}.attn.out", f"{name}/self_attention/linear_1")
        if crossed:
            norm(f"{to}.cross_attn_ln", f"{name}/attention/layer_norm")
            linear(f"{to}.cross_attn.query", f"{name}/attention/linear_0")
            parted(f"{to}.cross_attn", f"{name}/attention/linear_1", ("key", "value"))
            linear(f"{to}.cross_attn.out", f"{name}/attention/linear_2")
        norm(f"{to}.mlp_ln", f"{name}/ffn/layer_norm")
        linear(f"{to}.mlp.0", f"{name}/ffn/linear_0")
        linear(f"{to}.mlp.2", f"{name}/ffn/linear_1")

    for conv in ("conv1", "conv2"):
        linear(f"encoder.{conv}", f"encoder/{conv}")
    state["encoder.positional_embedding"] = tensor("encoder/position_encodings/encodings")
    state["decoder.positional_embedding"] = tensor("decoder/position_encodings/encodings")
    state["decoder.token_embedding.weight"] = tensor("decoder/embeddings/weight")
    norm("encoder.ln_post", "encoder/layer_norm")
    norm("decoder.ln", "decoder/layer_norm")
    for side in ("encoder", "decoder"):
        for layer in range(layers(side)):
            block(f"{side}.blocks.{layer}", f"{side}/layer_{layer}", crossed=side == "decoder")
    heard, said = found["encoder/position_encodings/encodings"], found["decoder/embeddings/weight"]
    dims = {
        "n_mels": found["encoder/conv1/weight"].shape[1],
        "n_audio_ctx": heard.shape[0],
        "n_audio_state": heard.shape[1],
        "n_audio_head": int(found["encoder/num_heads"]),
        "n_audio_layer": layers("encoder"),
        "n_vocab": said.shape[0],
        "n_text_ctx": found["decoder/position_encodings/encodings"].shape[0],
        "n_text_state": said.shape[1],
        "n_text_head": int(found["decoder/num_heads"]),
        "n_text_layer": layers("decoder"),
    }
    return {"dims": dims, "model_state_dict": state}
