"""Vectors by all-MiniLM-L6-v2 through transformers: mean of the tokens, cut at 256, length 1."""

import os
from typing import Any

from django.conf import settings

from edu.inference.base import EMBED, Backend, Stopped
from edu.inference.base.batches import batches, has_bfloat16
from edu.inference.base.files import absent, chosen, model_file

NAME = "all-minilm-l6-v2"
TOKENS = 256


class MiniLM(Backend):
    """See the module."""

    name = "minilm"
    kinds = frozenset((EMBED,))
    rests = (
        False  # every search needs it, and of its memory only the tenth that is weights comes back
    )

    def __init__(self) -> None:
        super().__init__()
        self.parts: tuple[Any, Any] | None = None

    @property
    def model(self) -> str:
        """The id that is stored beside every vector."""
        return "all-MiniLM-L6-v2"

    def chosen(self) -> bool:
        """Only when EDU_EMBED names it."""
        model = chosen(EMBED)
        return model is not None and model.name == NAME

    def absent(self) -> str:
        """See Backend."""
        return absent(EMBED, NAME)

    def load(self) -> None:
        """Load the weights as bfloat16 where the processor computes with it, else as float32."""
        os.environ |= {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
        import torch
        import transformers

        transformers.utils.logging.disable_progress_bar()
        transformers.utils.logging.set_verbosity_error()
        torch.set_num_threads(settings.EDU_INFERENCE_THREADS)
        dtype = torch.bfloat16 if has_bfloat16() else torch.float32
        home = str(model_file(EMBED, "model.safetensors", NAME).parent)
        tokenizer = transformers.AutoTokenizer.from_pretrained(home, local_files_only=True)
        model = transformers.BertModel.from_pretrained(
            home, dtype=dtype, local_files_only=True, add_pooling_layer=False
        )
        self.parts = (tokenizer, model.eval())

    def unload(self) -> None:
        """See Backend."""
        self.parts = None

    def embed(self, texts: list[str], purpose: str) -> list[list[float]]:
        """See Backend."""
        import torch

        assert self.parts is not None  # noqa: S101  (load comes first)
        tokenizer, model = self.parts
        rows: list[list[float]] = [[] for _ in texts]
        read = tokenizer(texts, truncation=True, max_length=TOKENS)["input_ids"]
        for some in batches([len(each) for each in read]):
            if self.stopped():
                raise Stopped
            tokens = tokenizer.pad({"input_ids": [read[at] for at in some]}, return_tensors="pt")
            with torch.inference_mode():
                states = model(**tokens).last_hidden_state.float()
                mask = tokens["attention_mask"].unsqueeze(-1).float()
                means = (states * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
                units = torch.nn.functional.normalize(means, dim=1)
            for at, row in zip(some, units.tolist(), strict=True):
                rows[at] = row
        return rows
