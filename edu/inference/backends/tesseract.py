"""Text in pictures by Tesseract (the tesserocr wheel), whose language data comes from the system.

A picture is turned upright first (orientation by Tesseract too). When what is read is uncertain it is
read once more with shadows taken away and straightened.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from edu.inference.base import READ, Backend, Stopped
from edu.inference.base.order import Found, lines_of
from edu.inference.base.pictures import (
    box_of,
    certainty,
    dark_on_light,
    load,
    turned,
    turned_back,
    worth,
)
from edu.inference.data import Line, PictureText

SURE = 0.8  # below this the cleaned picture is tried too
CROOKED = 0.6  # degrees of tilt above which a page is straightened before it is read
WIDE = 1.8  # heights of a line: a wider gap parts columns or cells
LEAST = 0.45  # lines below this are noise
MOST_LANGUAGES = 4
HOMES = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata",
         "/usr/share/tessdata", "/usr/local/share/tessdata", "/opt/homebrew/share/tessdata")  # fmt: skip

CODES = {
    "af": "afr", "ar": "ara", "az": "aze", "be": "bel", "bg": "bul", "bn": "ben", "bs": "bos",
    "ca": "cat", "cs": "ces", "cy": "cym", "da": "dan", "de": "deu", "el": "ell", "en": "eng",
    "es": "spa", "et": "est", "eu": "eus", "fa": "fas", "fi": "fin", "fr": "fra", "ga": "gle",
    "gl": "glg", "he": "heb", "hi": "hin", "hr": "hrv", "hu": "hun", "hy": "hye", "id": "ind",
    "is": "isl", "it": "ita", "ja": "jpn", "ka": "kat", "kk": "kaz", "ko": "kor", "la": "lat",
    "lt": "lit", "lv": "lav", "mk": "mkd", "ms": "msa", "nl": "nld", "no": "nor", "nb": "nor",
    "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sk": "slk", "sl": "slv", "sq": "sqi",
    "sr": "srp", "sv": "swe", "sw": "swa", "ta": "tam", "te": "tel", "th": "tha", "tr": "tur",
    "uk": "ukr", "ur": "urd", "vi": "vie", "zh": "chi_sim",
}  # fmt: skip
SCRIPTS = {
    "Cyrillic": "rus ukr bel bul srp mkd kaz", "Arabic": "ara fas urd", "Greek": "ell",
    "Hebrew": "heb", "Devanagari": "hin", "Bengali": "ben", "Tamil": "tam", "Telugu": "tel",
    "Thai": "tha", "Armenian": "hye", "Georgian": "kat", "Han": "chi_sim jpn", "Hangul": "kor",
    "Hiragana": "jpn", "Katakana": "jpn", "Japanese": "jpn", "Korean": "kor",
}  # fmt: skip
_OTHERS = {code for codes in SCRIPTS.values() for code in codes.split()}


class Tesseract(Backend):
    """See the module."""

    name = "tesseract"
    kinds = frozenset((READ,))

    def __init__(self) -> None:
        super().__init__()
        self.engines: dict[str, Any] = {}

    def absent(self) -> str:
        """See Backend."""
        if not languages_in(home()):
            packages = "tesseract-ocr-eng tesseract-ocr-osd"
            return f"Tesseract's language data are not there: apt-get install {packages}"
        return ""

    def load(self) -> None:
        """Its data are loaded by language, at the first picture in it."""
        import tesserocr

        self.engines = {}
        self._engine("osd" if "osd" in languages_in(home()) else self._codes([], ""))
        tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)

    def unload(self) -> None:
        """See Backend."""
        for engine in self.engines.values():
            engine.End()
        self.engines = {}

    def read(self, picture: bytes, languages: list[str]) -> PictureText:
        """See Backend."""
        image = dark_on_light(load(picture))
        turn, script = self._orientation(image)
        upright = turned(image, turn)
        engine = self._engine(self._codes(languages, script))
        tilt = _tilt(np.asarray(upright.convert("L")))
        lines = _read(engine, *_straight(upright, tilt if abs(tilt) >= CROOKED else 0.0))
        if certainty(lines) < SURE or _shaded(upright):
            if self.stopped():
                raise Stopped
            again = _read(engine, *_straight(_cleaned(upright), None))
            if worth(again) > worth(lines):
                lines = again
        lines = [
            Line(each.text, turned_back(each.box, turn), each.confidence)
            for each in lines
            if each.confidence >= LEAST
        ]
        return PictureText(lines, turn, self.name)

    def _engine(self, codes: str) -> Any:
        import tesserocr

        if codes not in self.engines:
            mode = tesserocr.PSM.OSD_ONLY if codes == "osd" else tesserocr.PSM.AUTO
            self.engines[codes] = tesserocr.PyTessBaseAPI(path=str(home()), lang=codes, psm=mode)
        return self.engines[codes]

    def _codes(self, languages: list[str], script: str) -> str:
        """Return the installed data to read with: those asked for, else those of the script seen."""
        installed = languages_in(home())
        asked = [CODES.get(each.split("-")[0].lower(), each) for each in languages]
        codes = [code for code in dict.fromkeys(asked) if code in installed]
        if not codes and script in SCRIPTS:
            codes = [code for code in SCRIPTS[script].split() if code in installed]
        if not codes:
            common = ["eng", "deu", "fra", "spa", *CODES.values()]
            latin = [code for code in common if code in installed and code not in _OTHERS]
            codes = list(dict.fromkeys(latin))
        codes = codes or sorted(installed - {"osd", "equ"})
        return "+".join(codes[:MOST_LANGUAGES])

    def _orientation(self, image: Image.Image) -> tuple[int, str]:
        """Return the clockwise turn that makes the picture upright, and its script; (0, "") when
        there is too little text to tell."""
        if "osd" not in languages_in(home()):
            return 0, ""
        engine = self._engine("osd")
        small = image.convert("L")
        small.thumbnail((2000, 2000))
        engine.SetImage(small)
        engine.SetSourceResolution(150)
        found = engine.DetectOrientationScript()
        engine.Clear()
        if not found or found["orient_conf"] < 2:
            return 0, ""
        script = found["script_name"] if found["script_conf"] > 1 else ""
        return (360 - int(found["orient_deg"])) % 360, script


def home() -> Path:
    """Return the folder of the language data: TESSDATA_PREFIX, or the first that exists."""
    given = os.environ.get("TESSDATA_PREFIX", "")
    places = [Path(given), Path(given) / "tessdata"] if given else []
    places += [Path(each) for each in HOMES]
    return next((each for each in places if any(each.glob("*.traineddata"))), Path(HOMES[0]))


def languages_in(place: Path) -> set[str]:
    """Return the names of the language data in `place`."""
    return {file.stem for file in place.glob("*.traineddata")}


def _read(engine: Any, image: Image.Image, back: Callable[[Any], list[float]]) -> list[Line]:
    import tesserocr

    engine.SetImage(image)
    pieces: list[Found] = []
    try:
        engine.Recognize()
        words, rows = tesserocr.RIL.WORD, tesserocr.RIL.TEXTLINE
        fresh = True
        for each in tesserocr.iterate_level(engine.GetIterator(), words):
            fresh = fresh or each.IsAtBeginningOf(rows)
            text, edges = (each.GetUTF8Text(words) or "").strip(), each.BoundingBox(words)
            if text and edges:
                _add(pieces, fresh, text, edges, float(each.Confidence(words)) / 100)
                fresh = False
    except RuntimeError:
        pass  # it raises this for a page on which it finds nothing
    finally:
        engine.Clear()
    return lines_of(pieces, back)


def _add(pieces: list[Found], fresh: bool, text: str, edges: Any, sure: float) -> None:
    """Add a word to the piece before it, or begin a new one: with a line, and after a wide gap, as
    between two columns or cells."""
    x0, y0, x1, y1 = edges
    if pieces and not fresh:
        corners, said, certain = pieces[-1]
        (left, top), (right, _), (_, bottom), _ = corners
        if x0 - right < WIDE * max(bottom - top, y1 - y0):
            top, bottom = min(top, y0), max(bottom, y1)
            letters = len(said) + len(text)
            mean = (certain * len(said) + sure * len(text)) / letters
            around = [(left, top), (x1, top), (x1, bottom), (left, bottom)]
            pieces[-1] = (around, f"{said} {text}", mean)
            return
    pieces.append(([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], text, sure))


def _shaded(image: Image.Image) -> bool:
    """Whether the paper is not of one tone, as on a photo: what lies in the shade is passed over, and
    the confidence of the rest does not tell."""
    import cv2

    small = image.convert("L")
    small.thumbnail((400, 400))
    paper = cv2.medianBlur(cv2.dilate(np.asarray(small), np.ones((9, 9), np.uint8)), 21)
    low, high = np.percentile(paper, (5, 95))
    return bool(high - low > 25)


def _cleaned(image: Image.Image) -> Image.Image:
    """Return the picture grey and without shadows."""
    import cv2

    grey = np.asarray(image.convert("L"))
    smooth = cv2.medianBlur(cv2.dilate(grey, np.ones((7, 7), np.uint8)), 31)
    flat = 255 - cv2.absdiff(grey, smooth)
    flat = cv2.normalize(flat, np.empty_like(flat), 0, 255, cv2.NORM_MINMAX)
    return Image.fromarray(cv2.GaussianBlur(flat, (3, 3), 0))


def _straight(
    image: Image.Image, tilt: float | None
) -> tuple[Image.Image, Callable[[Any], list[float]]]:
    """Return the picture turned by `tilt` degrees (None: by its own), and what makes the box in the
    given picture of points in the turned one."""
    import cv2

    size = image.size
    if tilt is None:
        tilt = _tilt(np.asarray(image.convert("L")))
    if not tilt:
        return image, lambda points: box_of(points, size)
    matrix = cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), tilt, 1.0)
    straight = cv2.warpAffine(
        np.asarray(image),
        matrix,
        size,
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(255, 255, 255),
    )
    inverse = cv2.invertAffineTransform(matrix)

    def back(points: Any) -> list[float]:
        return box_of([tuple(inverse @ (x, y, 1.0)) for x, y in points], size)

    return Image.fromarray(straight), back


def _tilt(grey: Any) -> float:
    """Return the turn in degrees (counter-clockwise) that makes lines level: at it, the rows of the
    page differ most from each other."""
    import cv2

    scale = 600 / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    _threshold, ink = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    high, wide = ink.shape

    def sharpness(angle: float) -> float:
        matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
        rows = cv2.warpAffine(ink, matrix, (wide, high)).sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(rows)).sum())

    best = max((float(angle) for angle in np.arange(-15, 15.5, 1.0)), key=sharpness)
    return max((best + float(step) for step in np.arange(-0.8, 0.9, 0.2)), key=sharpness)
