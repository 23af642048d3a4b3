"""Text in pictures by RapidOCR (PP-OCR on onnxruntime): slower, and better on hard photos."""

import logging
from typing import Any

import numpy as np
from django.conf import settings

from edu.inference.base import READ, Backend
from edu.inference.base.order import lines_of
from edu.inference.base.pictures import box_of, load
from edu.inference.data import PictureText


class Rapid(Backend):
    """See the module."""

    name = "rapidocr"
    kinds = frozenset((READ,))
    rank = 20

    def __init__(self) -> None:
        super().__init__()
        self.engine: Any = None

    def load(self) -> None:
        """The models are in the wheel. The angle classifier stays off: it turns right words round."""
        from rapidocr import RapidOCR

        logging.getLogger("RapidOCR").setLevel(logging.ERROR)
        threads = settings.EDU_INFERENCE_THREADS
        self.engine = RapidOCR(
            params={
                "Global.use_cls": False,
                "Global.log_level": "error",
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            }
        )

    def unload(self) -> None:
        """See Backend."""
        self.engine = None

    def read(self, picture: bytes, languages: list[str]) -> PictureText:
        """See Backend; it does not know which way is up."""
        image = load(picture)
        found = self.engine(np.asarray(image)[:, :, ::-1])
        if found.boxes is None or not found.txts:
            return PictureText([], 0, self.name)
        corners = [[(float(x), float(y)) for x, y in box] for box in found.boxes]
        scores = (float(score) for score in found.scores)
        pieces = list(zip(corners, found.txts, scores, strict=True))
        size = image.size
        return PictureText(lines_of(pieces, lambda points: box_of(points, size)), 0, self.name)
