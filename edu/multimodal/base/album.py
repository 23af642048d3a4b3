"""Pictures that stand in a file, as its reader comes by them: kept where they can be drawn, and told of
where they cannot, with what the file's author says that they show."""

import base64
import re
import struct
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from edu.common.sources import Locator
from edu.multimodal.base import Limits, TooManyPixels, tidy
from edu.multimodal.base.pictures import upright
from edu.multimodal.data import Picture

LEAST = 120  # pixels of the shorter side: smaller pictures are ornaments
LEAST_SAID = 40  # of one that its author describes
LONGEST = 1000  # signs of a description
_DRAWN = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
_ENDING = r"\.(?:png|jpe?g|jfif|gif|bmp|tiff?|webp|svgz?|emf|wmf|heic|avif|ico|pdf|eps|psd|ai)"
_FILE = re.compile(rf"(?:\w+:)?[^\n]{{0,200}}{_ENDING}(?:\?\S*)?", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?|file|data|cid|attachment):\S+", re.IGNORECASE)
# What programs write of their own accord: "Picture 3".
_NUMBERED = re.compile(
    r"(?:image|picture|pic|photo|img|figure|fig|graphic|graphics|object|shape|chart|diagram|logo|icon|"
    r"bild|grafik|abbildung|objekt|diagramm|foto|imagen|gráfico|figura|immagine|grafico|oggetto|imagem|"
    r"objeto|illustration|graphique|objet|afbeelding|obraz|rysunek|obrázek|kép|slika|resim|рисунок|"
    r"изображение|малюнок|εικόνα|صورة|תמונה|图片|圖片|图像|图|画像|図|그림)[\W_]*\d*",
    re.IGNORECASE,
)
# What office programs add to what a model of theirs has said.
_BY_MODEL = re.compile(
    r"\(?(?:description (?:automatically generated|générée automatiquement)|"
    r"automatisch generierte beschreibung|descripción generada automáticamente|"
    r"descrizione generata automaticamente|descrição gerada automaticamente|"
    r"automatisch gegenereerde beschrijving|ai-generated content may be incorrect|"
    r"ki-generierte inhalte können fehlerhaft sein|"
    r"le contenu généré par l[’']ia peut être incorrect|"
    r"el contenido generado por ia puede ser incorrecto|"
    r"il contenuto generato dall[’']ia potrebbe non essere corretto|"
    r"o conteúdo gerado por ia pode estar incorreto|"
    r"door ai gegenereerde inhoud is mogelijk onjuist)"
    r"(?: (?:with|mit|avec|con|com|met) [\w -]{1,40})?\)?\.?\s*",
    re.IGNORECASE,
)


def said_of(*texts: str | None) -> tuple[str, bool]:
    """Return what an author says of a picture ("" for the name of its file, or what programs number
    pictures by), from a title and a description if there are both; and whether it was rather said by a
    model of the program that the file was made with."""
    kept: list[str] = []
    guessed = False
    for text in texts:
        said = tidy(text or "")
        plain = tidy(_BY_MODEL.sub(" ", said))
        guessed = guessed or plain != said
        nameless = any(each.fullmatch(plain) for each in (_FILE, _ADDRESS, _NUMBERED))
        if plain and not nameless and not any(plain in each for each in kept):
            kept = [each for each in kept if each not in plain] + [plain]
    return ": ".join(kept)[:LONGEST], guessed and bool(kept)


def bytes_in(address: str) -> bytes:
    """Return the bytes of a picture that stands in its own address ("data:image/png;base64,..."); none
    for other addresses."""
    head, _comma, coded = address.partition(",")
    if not re.fullmatch(r"data:image/[\w.+-]+;base64", head.strip(), re.IGNORECASE):
        return b""
    try:
        return base64.b64decode("".join(unquote(coded).split()), validate=True)
    except ValueError:
        return b""


class Album:
    """The pictures of one file while it is read."""

    def __init__(self, work: Path, limits: Limits) -> None:
        self.work, self.limits = work, limits
        self.pictures: list[Picture] = []

    def add(
        self,
        blob: bytes,
        where: Locator,
        after: int,
        *alt: str | None,
        name: str = "",
        alone: bool = True,
    ) -> bool:
        """Keep a picture that stands at `where`, after the block number `after`; False when it is left
        out: an ornament, or one too many. One that cannot be drawn (as it has no bytes here, or is of
        another kind) is told of all the same where its author says what it shows, or it is large.
        `name` tells those apart that have no bytes. One that does not stand `alone` but amid words is
        only kept when it is large: a small one is a sign or a formula, and what it says a word."""
        if len(self.pictures) >= self.limits.pictures:
            return False
        said, guessed = said_of(*alt)
        number = len(self.pictures) + 1
        drawn, large = _keep(
            blob, self.work / f"figure-{number}.png", self.limits, bool(said) and alone
        )
        if drawn:
            made = Picture(f"figure-{number}.png", where, False, after, alt=said, guessed=guessed)
        elif alone and (said or large):
            mark = sha256(blob or f"{name}\n{said}".encode()).hexdigest()[:32]
            look = {"mark": mark}
            made = Picture("", where, False, after, look, said, guessed, kind_of(blob))
        else:
            return False
        self.pictures.append(made)
        return True


def _keep(blob: bytes, place: Path, limits: Limits, said: bool) -> tuple[bool, bool]:
    """Write a picture anew to `place`, and tell whether that was done; and if not, whether it is a large
    one of a kind that cannot be drawn."""
    if not blob:
        return False, False
    try:
        image = upright(blob, limits.pixels, _DRAWN)
    except TooManyPixels:
        return False, True
    except ValueError:
        return False, min(_size(blob)) >= LEAST
    if min(image.size) < (LEAST_SAID if said else LEAST):
        return False, False
    image.save(place)
    return True, False


def kind_of(blob: bytes) -> str:
    """Return the media type of a picture that cannot be drawn; "" where nothing is known of it."""
    if blob[40:44] == b" EMF":
        return "image/emf"
    if blob.startswith((b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00", b"\x02\x00\x09\x00")):
        return "image/wmf"
    if re.search(rb"<svg[\s>:]", blob[:4000]) or blob.startswith(b"\x1f\x8b"):
        return "image/svg+xml"
    return "image/*" if blob else ""


def _size(blob: bytes) -> tuple[float, float]:
    """Return the size in pixels, of 96 to an inch, that a drawing made of lines says it has."""
    try:
        if blob[40:44] == b" EMF":  # the frame, in hundredths of a millimetre
            left, top, right, bottom = struct.unpack_from("<4i", blob, 24)
            return (right - left) * 96 / 2540, (bottom - top) * 96 / 2540
        if blob.startswith(b"\xd7\xcd\xc6\x9a"):
            left, top, right, bottom, inch = struct.unpack_from("<4hH", blob, 6)
            return (right - left) * 96 / (inch or 1440), (bottom - top) * 96 / (inch or 1440)
    except struct.error:
        return 0.0, 0.0
    if kind_of(blob) == "image/svg+xml":
        box = re.search(
            rb"viewBox\s*=\s*[\"']\s*[\d.eE+-]+[\s,]+[\d.eE+-]+[\s,]+(\d+)[\d.]*[\s,]+(\d+)",
            blob[:4000],
        )
        return (float(box[1]), float(box[2])) if box else (0.0, 0.0)
    return 0.0, 0.0
