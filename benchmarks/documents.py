"""PDFs and pictures of text, read by edu and beside it by others: how fast, and how many signs wrong.

The pages are made here from known text (XQuAD's English paragraphs where they lie beside the checkout,
else prose of our own), so that every sign can be counted. Each reader is a process of its own, started for
each file: what it costs is processor time of all it does, its start included.

    python -m benchmarks.documents                 what is on this machine
    EDU_PEERS=/path/to/venv python -m ...          markitdown and pypdf too, from a virtual environment of
                                                   their own (`pip install 'markitdown[pdf]' pypdf`)
"""

import io
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

from benchmarks.reading import prose
from benchmarks.table import machine, show
from tests.multimodal import samples
from tests.places import DATA

DPI = 200


def main() -> None:
    """Make the files, have each read by each, and print what they cost and miss."""
    from jiwer import cer, wer

    paragraphs = texts()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for title, made, unit in (
            ("PDF", pdfs(paragraphs, folder), "pages"),
            ("Pictures", pictures(paragraphs, folder), "pictures"),
        ):
            rows = []
            for name, path, truth, size in made:
                for reader, command in readers(path):
                    text, spent = run(command)
                    wrong = cer(plain(truth), plain(text) or "-")
                    words = wer(plain(truth), plain(text) or "-")
                    rows.append(
                        (name, reader, f"{size / spent:.1f}", f"{wrong:.3f}", f"{words:.3f}")
                    )
            head = ("file", "reader", f"{unit} a processor second", "signs wrong", "words wrong")
            show(f"{title} ({machine()})", head, rows)


def readers(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Give each reader that is here and reads such a file: its name, and its command."""
    me = [sys.executable, "-m", "benchmarks.documents"]
    yield "edu", [*me, "--edu", str(path)]
    if path.suffix == ".pdf":
        if shutil.which("pdftotext"):
            yield "pdftotext", ["pdftotext", str(path), "-"]
        peers = Path(os.environ.get("EDU_PEERS", "nowhere")) / "bin"
        if (peers / "markitdown").exists():
            yield "markitdown", [str(peers / "markitdown"), str(path)]
            code = "import pypdf,sys;[print(p.extract_text()) for p in pypdf.PdfReader(sys.argv[1]).pages]"
            yield "pypdf", [str(peers / "python"), "-c", code, str(path)]
    if shutil.which("tesseract") and ("scan" in path.name or path.suffix == ".png"):
        yield "tesseract", [*me, "--tesseract", str(path)]


def run(command: list[str]) -> tuple[str, float]:
    """Return what a command says, and the seconds of processor time that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if done.returncode:
        print(done.stderr.decode()[-500:], file=sys.stderr)
    return done.stdout.decode("utf-8", "replace"), spent


def plain(text: str) -> str:
    """Return `text` without what marks a heading, a cell or a page, with words that a line's end broke
    made whole, and with single blanks."""
    text = re.sub(r"(?<=[a-z])-\s*\n\s*(?=[a-z])", "", text)
    text = unicodedata.normalize("NFKC", text).replace("|", " ")
    text = re.sub(r"^\s*#+\s|\*\*|(?:^|\s)[-:]{3,}(?=\s|$)|\f", " ", text, flags=re.MULTILINE)
    return " ".join(text.split())


# --- the files -----------------------------------------------------------------------------------


def texts() -> list[str]:
    """Return paragraphs to fill pages with."""
    home = DATA / "xquad" / "xquad.en.json"
    if not home.exists():
        return [" ".join(prose(number, 6)) for number in range(120)]
    articles = json.loads(home.read_text())["data"]
    found = [part["context"] for article in articles for part in article["paragraphs"]]
    kept = [plain(each) for each in found if each.isascii()]
    random.Random(1).shuffle(kept)
    return kept


def pdfs(paragraphs: list[str], folder: Path) -> Iterator[tuple[str, Path, str, int]]:
    """Give (name, path, text, pages) of PDFs with one column, two columns, tables, and scanned."""
    for name, make, pages in (
        ("one column", _column, 100),
        ("two columns", _columns, 60),
        ("ruled tables", _tables, 30),
    ):
        content, truth = make(paragraphs, pages)
        path = folder / f"{name.replace(' ', '-')}.pdf"
        path.write_bytes(content)
        yield name, path, truth, pages
    for name, make, tilt in (("scanned", _column, 0.0), ("scanned askew", _columns, 2.0)):
        content, truth = make(paragraphs, 4)
        path = folder / f"{name.replace(' ', '-')}.pdf"
        path.write_bytes(_scan(content, tilt))
        yield name, path, truth, 4


def _column(paragraphs: list[str], pages: int) -> tuple[bytes, str]:
    sections = [
        (f"Chapter {page + 1}", [paragraphs[(page * 3 + n) % len(paragraphs)] for n in range(3)])
        for page in range(pages)
    ]
    truth = "\n".join(f"{heading}\n" + "\n".join(said) for heading, said in sections)
    return samples.pdf(sections), truth


def _columns(paragraphs: list[str], pages: int) -> tuple[bytes, str]:
    """Two columns of 60 lines; the file has them line by line across both."""
    out, canvas = samples.paper()
    width, said = 230.0, []
    flow = (
        line
        for text in cycle(paragraphs)
        for line in samples.wrap(text, width, 9.5, samples.face())
    )
    for _page in range(pages):
        canvas.setFont(samples.face(), 9.5)
        left, right = [next(flow) for _ in range(58)], [next(flow) for _ in range(58)]
        for at, (one, two) in enumerate(zip(left, right, strict=True)):
            canvas.drawString(55, 780 - at * 12.5, one)
            canvas.drawString(55 + width + 25, 780 - at * 12.5, two)
        said += left + right
        canvas.showPage()
    canvas.save()
    return out.getvalue(), " ".join(said)


def _tables(paragraphs: list[str], pages: int) -> tuple[bytes, str]:
    out, canvas = samples.paper()
    chance, said = random.Random(2), []
    words = " ".join(paragraphs[:40]).split()
    for page in range(pages):
        canvas.setFont(samples.face(), 9.5)
        said.append(f"Table {page + 1}: {' '.join(chance.sample(words, 5))}")
        canvas.drawString(60, 790, said[-1])
        for row in range(24):
            for column in range(4):
                x, y = 60 + column * 118, 750 - row * 24
                cell = " ".join(chance.choice(words) for _ in range(1 + (column == 0)))[:20].strip()
                canvas.rect(x, y, 118, 24)
                canvas.drawString(x + 5, y + 8, cell)
                said.append(cell)
        canvas.showPage()
    canvas.save()
    return out.getvalue(), " ".join(said)


def _scan(content: bytes, tilt: float) -> bytes:
    """Return a PDF of the pictures of another's pages, turned by `tilt` degrees, with some noise."""
    from PIL import Image

    pages = [
        _noisy(each.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255))
        for each in _drawn(content)
    ]
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=DPI)
    return out.getvalue()


def _drawn(content: bytes) -> list:
    import pypdfium2

    file = pypdfium2.PdfDocument(content)
    return [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in file]


def _noisy(image, strength: float = 12.0):
    import numpy as np
    from PIL import Image

    noise = np.random.default_rng(3).normal(0, strength, (image.height, image.width))
    return Image.fromarray(np.clip(np.asarray(image, float) + noise, 0, 255).astype(np.uint8))


def pictures(paragraphs: list[str], folder: Path) -> Iterator[tuple[str, Path, str, int]]:
    """Give (name, path, text, 1) of pictures: clean, skewed, blurred, dark, lit from one side, a slide."""
    from PIL import Image, ImageFilter, ImageOps

    content, truth = _column(paragraphs[7:], 1)
    page = _drawn(content)[0]

    def lit(image):
        shade = Image.linear_gradient("L").resize(image.size).point(lambda v: 110 + v * 145 // 255)
        return _noisy(Image.composite(image, Image.new("L", image.size, 0), shade))

    ways: list[tuple[str, Callable]] = [
        ("clean", lambda image: image),
        ("skewed by 4 degrees", lambda i: i.rotate(4, Image.Resampling.BICUBIC, fillcolor=255)),
        ("blurred", lambda image: image.filter(ImageFilter.GaussianBlur(1.8))),
        ("small, 100 dpi", lambda image: image.resize((image.width // 2, image.height // 2))),
        ("lit from one side, noisy", lit),
        ("white on black", ImageOps.invert),
        ("upside down", lambda image: image.rotate(180)),
    ]
    for name, change in ways:
        path = folder / f"{re.sub('[^a-z0-9]+', '-', name)}.png"
        change(page).save(path)
        yield name, path, truth, 1
    path, said = (
        folder / "slide.png",
        ["Osmosis in plant cells", *(f"{t[:52]}" for t in paragraphs[20:25])],
    )
    _slide(path, said)
    yield "slide", path, "\n".join(said), 1
    if (DATA / "ocr" / "linn.png").exists():
        yield "linn.png", DATA / "ocr" / "linn.png", (DATA / "ocr" / "linn.txt").read_text(), 1


def _slide(path: Path, said: list[str]) -> None:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (1280, 720), "#0b3d5c")
    draw = ImageDraw.Draw(image)
    face = str(samples.FONTS / "DejaVuSans.ttf")
    for at, line in enumerate(said):
        font = ImageFont.truetype(face, 54 if at == 0 else 34)
        draw.text((70, 60 + at * 90 + 30 * bool(at)), line, "#ffd966" if at == 0 else "white", font)
    image.save(path)


# --- the readers that are started from here --------------------------------------------------------


def edu(path: Path) -> str:
    """Return what edu reads: the format's text, with what stands in pictures put in."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "edu.settings")
    import django

    django.setup()
    from edu.inference.backends.tesseract import Tesseract
    from edu.multimodal.base import Limits, formats
    from edu.multimodal.base.detect import detect
    from edu.multimodal.logic import pictures as seen

    kind, _media_type = detect(path, path.name)
    form = next(each for each in formats() if each.name == kind.name)
    with tempfile.TemporaryDirectory() as work:
        document = form.read(path, Path(work), Limits(), lambda share, sentence: None)
        parts: dict[int, list[str]] = {}
        engine = Tesseract()
        if document.pictures:
            engine.load()
        for picture in document.pictures:
            found = engine.read((Path(work) / picture.path).read_bytes(), ["en"]).lines
            lines = [{"text": each.text, "box": each.box} for each in found]
            parts.setdefault(picture.after, []).extend(
                block.text for block in seen.blocks(picture, lines)
            )
    said = list(parts.get(-1, []))
    for at, block in enumerate(document.blocks):
        said += [block.text, *parts.get(at, [])]
    return "\n".join(said)


def tesseract(path: Path) -> str:
    """Return what Tesseract's own program reads, page by page."""
    from PIL import Image

    pages = _drawn(path.read_bytes()) if path.suffix == ".pdf" else [Image.open(path)]
    said = []
    with tempfile.TemporaryDirectory() as work:
        for number, page in enumerate(pages):
            place = Path(work) / f"{number}.png"
            page.save(place, dpi=(DPI, DPI))
            command = ["tesseract", str(place), "-", "-l", "eng"]
            said.append(subprocess.run(command, capture_output=True, check=True).stdout.decode())
    return "\n".join(said)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print({"--edu": edu, "--tesseract": tesseract}[sys.argv[1]](Path(sys.argv[2])))
    else:
        begun = time.monotonic()
        main()
        print(f"{time.monotonic() - begun:.0f} s in all")
