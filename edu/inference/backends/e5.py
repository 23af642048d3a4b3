"""Vectors by multilingual-e5-small (about a hundred languages) through transformers, from weights of 4 bits.

As they come, its vectors all point about the same way: unrelated texts have a cosine of .7 to .8. What
they have in common, the middle of questions and that of passages, is taken off, after which unrelated
texts in one language come to .1 and a question and its passage to .5, whichever the language.
`python -m benchmarks.embedding` measures it, and makes the middles anew.
"""

import os
from collections import OrderedDict
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from edu.inference.base import EMBED, Backend, Stopped
from edu.inference.base.batches import batches, has_bfloat16
from edu.inference.base.e5file import BLOCK, Packed, Shape, read, unpack
from edu.inference.base.files import absent, chosen, model_file
from edu.inference.base.pieces import Pieces

NAME = "multilingual-e5-small"
TOKENS = 400
REMEMBERED = 20_000  # texts whose vectors are kept: the sentences of a passage are asked for again
PREFIXES = {"passage": "passage: ", "query": "query: "}  # what it was trained with
MIDDLES = Path(__file__).with_name("e5_middles.npy")  # float16, (2, 384): of passages, of questions
_SQUARE = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value"}
_DENSE = {
    **_SQUARE,
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


class E5(Backend):
    """See the module."""

    name = "e5"
    kinds = frozenset((EMBED,))
    rests = False  # every search needs it

    def __init__(self) -> None:
        super().__init__()
        self.parts: tuple[Shape, Pieces, Any] | None = None
        self.remembered: OrderedDict[bytes, Any] = OrderedDict()

    @property
    def model(self) -> str:
        """The id that is stored beside every vector."""
        return NAME

    def chosen(self) -> bool:
        """Unless EDU_EMBED names another."""
        model = chosen(EMBED)
        return model is not None and model.name == NAME

    def absent(self) -> str:
        """See Backend."""
        return absent(EMBED, NAME)

    def load(self) -> None:
        """Unpack the weights, as bfloat16 where the processor computes with it; the table of words
        stays packed."""
        os.environ |= {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
        import torch

        torch.set_num_threads(settings.EDU_INFERENCE_THREADS)
        packed = read(model_file(EMBED, ".bin", NAME))
        middles = np.load(MIDDLES).astype(np.float32)
        self.middles = dict(zip(("passage", "query"), middles, strict=True))
        self.letters = str.maketrans(packed.normal)
        self.parts = (packed.shape, Pieces(packed.pieces, packed.shape.unknown), _encoder(packed))

    def unload(self) -> None:
        """See Backend."""
        self.parts = None
        self.remembered.clear()

    def embed(self, texts: list[str], purpose: str) -> list[list[float]]:
        """See Backend."""
        keys = [blake2b(f"{purpose} {text}".encode(), digest_size=16).digest() for text in texts]
        new = {
            key: text for key, text in zip(keys, texts, strict=True) if key not in self.remembered
        }
        made = dict(zip(new, self._vectors(list(new.values()), purpose), strict=True))
        rows = [made[key] if key in made else self._known(key) for key in keys]
        self.remembered |= {key: row.astype(np.float16) for key, row in made.items()}
        while len(self.remembered) > REMEMBERED:
            self.remembered.popitem(last=False)
        return [_unit(row.astype(np.float32)).tolist() for row in rows]

    def _known(self, key: bytes) -> Any:
        self.remembered.move_to_end(key)
        return self.remembered[key]

    def _vectors(self, texts: list[str], purpose: str) -> list[Any]:
        assert self.parts is not None  # noqa: S101  (load comes first)
        shape, pieces, encoder = self.parts
        told = [(PREFIXES[purpose] + each).translate(self.letters) for each in texts]
        read = [[shape.begin, *pieces.ids(each)[: TOKENS - 2], shape.end] for each in told]
        rows: list[Any] = [None] * len(texts)
        for some in batches([len(each) for each in read]):
            if self.stopped():
                raise Stopped
            for at, row in zip(
                some, _means([read[at] for at in some], shape.pad, encoder), strict=True
            ):
                rows[at] = _unit(_unit(row) - self.middles[purpose])
        return rows


def _means(read: list[list[int]], pad: int, encoder: Any) -> Any:
    """Return the mean state of each text's tokens: float32, (texts, 384)."""
    import torch

    longest = max(len(each) for each in read)
    tokens = torch.tensor([[*each, *[pad] * (longest - len(each))] for each in read])
    mask = torch.tensor([[1] * len(each) + [0] * (longest - len(each)) for each in read])
    with torch.inference_mode():
        states = encoder(input_ids=tokens, attention_mask=mask).last_hidden_state.float()
        there = mask.unsqueeze(-1).float()
        return ((states * there).sum(1) / there.sum(1)).numpy()


def _unit(row: Any) -> Any:
    return row / max(float(np.linalg.norm(row)), 1e-9)


def _encoder(packed: Packed) -> Any:
    """Return the encoder with its weights."""
    import torch
    import transformers

    transformers.utils.logging.set_verbosity_error()
    shape = packed.shape
    config = transformers.BertConfig(
        vocab_size=1,  # the table of words is ours, see _Words
        hidden_size=shape.width,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.inner,
        max_position_embeddings=shape.places,
        type_vocab_size=shape.kinds,
        layer_norm_eps=shape.epsilon,
        pad_token_id=0,
    )
    with torch.device("meta"):  # no memory for weights that are replaced at once
        model = transformers.BertModel(config, add_pooling_layer=False)
    weights = {
        "embeddings.position_embeddings.weight": "emb.pos",
        "embeddings.token_type_embeddings.weight": "emb.type",
        "embeddings.LayerNorm.weight": "emb.ln.w",
        "embeddings.LayerNorm.bias": "emb.ln.b",
    }
    for at in range(shape.layers):
        for short, name in {**_DENSE, **_NORMS}.items():
            weights[f"encoder.layer.{at}.{name}.weight"] = f"l{at}.{short}.w"
            weights[f"encoder.layer.{at}.{name}.bias"] = f"l{at}.{short}.b"
    dtype = torch.bfloat16 if has_bfloat16() else torch.float32
    state = {
        name: torch.from_numpy(packed.tensor(short)).to(dtype).reshape(like.shape)
        for name, like in model.state_dict().items()
        if (short := weights.get(name, ""))
    }
    model.embeddings.word_embeddings = _words(packed, dtype)
    places = torch.arange(shape.places).unsqueeze(0)
    model.embeddings.register_buffer("position_ids", places, persistent=False)
    kinds = torch.zeros_like(places)
    model.embeddings.register_buffer("token_type_ids", kinds, persistent=False)
    model.load_state_dict(state, assign=True)
    return model.eval()


def _words(packed: Packed, dtype: Any) -> Any:
    """Return the table of words as a module: rows are unpacked as they are asked for, as all of the
    quarter of a million would take 200 MB."""
    import torch

    rows = packed.blocks("emb.word").reshape(packed.shape.words, packed.shape.width // BLOCK, -1)

    class Words(torch.nn.Module):
        def forward(self, ids: Any) -> Any:
            found = unpack(rows[ids.numpy()]).reshape(*ids.shape, packed.shape.width)
            return torch.from_numpy(found).to(dtype)

    return Words()
