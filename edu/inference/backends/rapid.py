"""Text in pictures by RapidOCR (PP-OCR on onnxruntime): slower, and better on hard photos."""

import logging
from typing import Any

import numpy as np
from django.conf import settings

from edu.inference.base import READ, Backend
from edu.inference.base.pictures import box_of, in_order, load
from edu.inference.data import Line, PictureText

GAP = "\t"  # between pieces of one line that stand far apart, as the cells of a table


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
        pieces = zip(corners, found.txts, (float(score) for score in found.scores), strict=True)
        lines = []
        for line in in_order(list(pieces)):
            points = [point for corner, _text, _sure in line for point in corner]
            sure = sum(score for _corner, _text, score in line) / len(line)
            lines.append(Line(_joined(line), box_of(points, image.size), round(sure, 4)))
        return PictureText(lines, 0, self.name)


def _joined(line: list[Any]) -> str:
    text = ""
    end = 0.0
    for corners, piece, _sure in line:
        left, high = corners[0][0], abs(corners[3][1] - corners[0][1])
        if text:
            text += GAP if left - end > 2 * high else " "
        text += piece.strip()
        end = corners[1][0]
    return text
