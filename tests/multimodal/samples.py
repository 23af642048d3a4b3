"""Small files of every kind, made in code: what materials look like before anybody has read them."""

import io
import math
import random
import struct
import wave
import zipfile
from pathlib import Path

FONTS = Path("/usr/share/fonts/truetype/dejavu")
SENTENCES = (
    "Osmosis is the movement of water through a semipermeable membrane.",
    "The water moves from the side with less solute to the side with more.",
    "Plant cells swell until their wall holds them back, which is called turgor.",
    "A cell without a wall bursts when it takes up too much water.",
    "Diffusion needs no membrane and brings particles from high to low concentration.",
    "Root hairs take water from the soil because their sap is rich in salts.",
)


def prose(seed: int, sentences: int = 6) -> str:
    """Return a paragraph that no other seed gives."""
    pick = random.Random(seed)
    said = [pick.choice(SENTENCES) for _ in range(sentences)]
    return " ".join(
        f"In case {seed}.{n} {each[0].lower()}{each[1:]}" for n, each in enumerate(said)
    )


def paper(*, width=595, height=842, font="DejaVuSans", compress=True):
    """Return (buffer, canvas) of a PDF to draw on; DejaVu when it is installed, else Helvetica."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, height), pageCompression=int(compress), invariant=1)
    for name in ("DejaVuSans", "DejaVuSans-Bold"):
        if (FONTS / f"{name}.ttf").exists() and name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))
    return out, canvas


def face(bold: bool = False) -> str:
    """Return the name of a font that exists."""
    name = "DejaVuSans-Bold" if bold else "DejaVuSans"
    return name if (FONTS / f"{name}.ttf").exists() else "Helvetica" + ("-Bold" if bold else "")


def wrap(text: str, width: float, size: float, font: str) -> list[str]:
    """Return `text` in lines no wider than `width` points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lines, now = [], ""
    for word in text.split():
        longer = f"{now} {word}".strip()
        if now and stringWidth(longer, font, size) > width:
            lines.append(now)
            now = word
        else:
            now = longer
    return [*lines, now]


def pdf(sections=None, *, header="", title="", outline=False) -> bytes:
    """Return a PDF: `sections` is a list of (heading, [paragraphs]), one page each."""
    if sections is None:
        sections = [
            ("Osmosis", [prose(1), prose(2)]),
            ("Turgor", [prose(3), prose(4)]),
        ]
    out, canvas = paper()
    canvas.setTitle(title)
    for number, (heading, paragraphs) in enumerate(sections, 1):
        if header:
            canvas.setFont(face(), 8)
            canvas.drawString(60, 812, header)
            canvas.drawCentredString(297, 28, f"Page {number} of {len(sections)}")
        if outline:
            canvas.bookmarkPage(f"s{number}")
            canvas.addOutlineEntry(heading, f"s{number}", 0)
        canvas.setFont(face(True), 18)
        canvas.drawString(60, 760, heading)
        y = 730
        for paragraph in paragraphs:
            canvas.setFont(face(), 10.5)
            for line in wrap(paragraph, 475, 10.5, face()):
                canvas.drawString(60, y, line)
                y -= 14
            y -= 10
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def two_columns(pages: int = 1, *, by_row: bool = True, title: bool = True, gutter: float = 22):
    """Return (PDF, texts): pages in two columns; `texts` has each page's paragraphs in reading order.

    `by_row` draws line by line across both columns, which makes the order in the file useless.
    """
    out, canvas = paper()
    texts = []
    width = (595 - 2 * 55 - gutter) / 2
    for page in range(pages):
        columns = [[prose(page * 10 + side * 3 + n, 4 + n) for n in range(3)] for side in (0, 1)]
        top = 770
        if title:
            canvas.setFont(face(True), 16)
            canvas.drawCentredString(297, 790, f"A title across both columns, page {page + 1}")
        laid = []
        for side, column in enumerate(columns):
            y = top
            for paragraph in column:
                for line in wrap(paragraph, width, 9.5, face()):
                    laid.append((y, 55 + side * (width + gutter), line))
                    y -= 12
                y -= 7
        laid.sort(key=(lambda each: (-each[0], each[1])) if by_row else (lambda each: each[1]))
        canvas.setFont(face(), 9.5)
        for y, x, line in laid:
            canvas.drawString(x, y, line)
        texts.append([paragraph for column in columns for paragraph in column])
        canvas.showPage()
    canvas.save()
    return out.getvalue(), texts


def scanned_pdf(pages: int = 1) -> bytes:
    """Return a PDF whose pages are pictures of text."""
    from reportlab.lib.utils import ImageReader

    out, canvas = paper()
    for page in range(pages):
        canvas.drawImage(ImageReader(io.BytesIO(png(prose(page)))), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def locked_pdf() -> bytes:
    """Return a PDF that wants a password."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(60, 700, "Nobody reads this.")
    canvas.save()
    return out.getvalue()


def empty_pages_pdf(pages: int) -> bytes:
    """Return a PDF of many blank pages, quickly."""
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(pages))
    parts = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Count %d/Kids[%s]>>endobj\n" % (pages, kids),
    ]
    parts += [
        b"%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n" % (number + 3)
        for number in range(pages)
    ]
    out, places = b"%PDF-1.4\n", []
    body = [out]
    at = len(out)
    for part in parts:
        places.append(at)
        body.append(part)
        at += len(part)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, at)
    return b"".join(body) + table + trailer


def png(text: str = "Osmosis moves water.", *, size=(1240, 1754), kind: str = "PNG") -> bytes:
    """Return a picture of black text on white."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    path = FONTS / "DejaVuSans.ttf"
    font = ImageFont.truetype(str(path), 30) if path.exists() else ImageFont.load_default(30)
    y, now = 100, ""
    for word in text.split():
        if draw.textlength(f"{now} {word}", font=font) > size[0] - 200:
            draw.text((100, y), now, "black", font)
            y, now = y + 44, word
        else:
            now = f"{now} {word}".strip()
    draw.text((100, y), now, "black", font)
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def turned_jpeg() -> bytes:
    """Return a JPEG that lies on its side and says so, with a place on the earth in it."""
    from PIL import Image

    image = Image.new("RGB", (300, 200), "white")
    image.paste("red", (0, 0, 150, 200))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise by a quarter
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (47.0, 30.0, 0.0)
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def docx() -> bytes:
    """Return a Word file: headings, text, a list, a table and a picture."""
    import docx as word

    file = word.Document()
    file.core_properties.title = "Water in plants"
    file.add_heading("Water in plants", 0)
    file.add_heading("Chapter 1", 1)
    file.add_heading("Osmosis", 2)
    file.add_paragraph(prose(1))
    file.add_paragraph(prose(2))
    file.add_heading("Turgor", 2)
    file.add_paragraph("firm cells", style="List Bullet")
    file.add_paragraph("upright stems", style="List Bullet")
    table = file.add_table(rows=2, cols=2)
    for at, text in enumerate(("Substance", "Mass", "Water", "18")):
        table.cell(at // 2, at % 2).text = text
    file.add_picture(io.BytesIO(png("A figure", size=(600, 400))))
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def pptx() -> bytes:
    """Return slides: a title, bullets with notes, a table, a chart and a picture."""
    from pptx import Presentation
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    show = Presentation()
    first = show.slides.add_slide(show.slide_layouts[0])
    first.shapes.title.text = "Water in plants"
    first.placeholders[1].text = "A short course"
    second = show.slides.add_slide(show.slide_layouts[1])
    second.shapes.title.text = "Osmosis"
    frame = second.placeholders[1].text_frame
    frame.text = "Water moves through a membrane"
    line = frame.add_paragraph()
    line.text = "from less solute to more solute"
    line.level = 1
    second.notes_slide.notes_text_frame.text = "Ask what happens to a cell in salt water."
    third = show.slides.add_slide(show.slide_layouts[5])
    third.shapes.title.text = "Measured"
    table = third.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
    for at, text in enumerate(("Substance", "Mass", "Water", "18")):
        table.cell(at // 2, at % 2).text = text
    data = CategoryChartData()
    data.categories = ["Monday", "Tuesday"]
    data.add_series("Uptake", (3.5, 4.25))
    place = Inches(5), Inches(2), Inches(4), Inches(3)
    third.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, data)
    third.shapes.add_picture(io.BytesIO(png("A figure", size=(600, 400))), Inches(1), Inches(4))
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


MARKDOWN = """---
title: Water in plants
---
# Water in plants

Osmosis is the movement of **water** through a [membrane](https://example.org).

## Turgor

- firm cells
- upright stems
  1. in the morning

| Substance | Mass |
|---|---|
| Water | 18 |

```python
# not a heading
print("turgor")
```

<script>alert(1)</script> A cell <b>without</b> a wall bursts.
"""

HTML = """<!doctype html><html lang="en"><head><title>Water in plants</title>
<style>p { color: red }</style><script>alert("never")</script></head>
<body><nav><a href="/">Home</a><a href="/about">About us</a></nav>
<main><h1>Water in plants</h1><p>Osmosis is the movement of <em>water</em> through a membrane.</p>
<h2>Turgor</h2><ul><li>firm cells</li><li>upright stems<ul><li>in the morning</li></ul></li></ul>
<table><tr><th>Substance</th><th>Mass</th></tr><tr><td>Water</td><td>18</td></tr></table>
<pre>a = 1
b = 2</pre><p onclick="alert(1)">A cell without a wall bursts.<br>It is gone.</p>
<p hidden>never seen</p></main>
<footer>Imprint</footer></body></html>"""


def tone(
    seconds: float = 1.0, *, rate: int = 44100, channels: int = 2, silent: bool = False
) -> bytes:
    """Return a WAV file of a tone, or of silence."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        size = 0 if silent else 8000
        frames = bytearray()
        for at in range(int(seconds * rate)):
            value = int(size * math.sin(at * 2 * math.pi * 440 / rate))
            frames += struct.pack("<h", value) * channels
        file.writeframes(bytes(frames))
    return out.getvalue()


CODECS = {
    "mp3": ("mp3", "libmp3lame", 44100),
    "m4a": ("ipod", "aac", 44100),
    "ogg": ("ogg", "libopus", 48000),
    "webm": ("webm", "libopus", 48000),
    "flac": ("flac", "flac", 44100),
}


def sound(ending: str, seconds: float = 1.0, wav: bytes | None = None) -> bytes:
    """Return a recording as a file with `ending`: wav, mp3, m4a, ogg, webm or flac."""
    wav = wav or tone(seconds)
    if ending == "wav":
        return wav
    import av

    kind, codec, rate = CODECS[ending]
    out = io.BytesIO()
    with av.open(io.BytesIO(wav)) as source, av.open(out, "w", format=kind) as target:
        stream = target.add_stream(codec, rate=rate, layout="mono")
        turn = av.AudioResampler(format=stream.format, layout="mono", rate=rate)
        for frame in source.decode(audio=0):
            for each in turn.resample(frame):
                target.mux(stream.encode(each))
        for each in turn.resample(None):
            target.mux(stream.encode(each))
        target.mux(stream.encode(None))
    return out.getvalue()


def film(seconds: float = 1.0, *, with_sound: bool = True) -> bytes:
    """Return an MP4 with pictures, and with sound unless told otherwise."""
    import av
    import numpy as np

    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as target:
        video = target.add_stream("mpeg4", rate=10)
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        audio = target.add_stream("aac", rate=44100, layout="mono") if with_sound else None
        for number in range(int(seconds * 10)):
            picture = np.full((48, 64, 3), number % 255, np.uint8)
            target.mux(video.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        target.mux(video.encode(None))
        if audio is not None:
            with av.open(io.BytesIO(tone(seconds))) as source:
                turn = av.AudioResampler(format=audio.format, layout="mono", rate=44100)
                for frame in source.decode(audio=0):
                    for each in turn.resample(frame):
                        target.mux(audio.encode(each))
                target.mux(audio.encode(None))
    return out.getvalue()


def packed_bomb(inside: bytes | None = None, *, megabytes: int = 300) -> bytes:
    """Return a small DOCX that unpacks to very much."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(megabytes):
                part.write(b" " * 1_000_000)
    return out.getvalue()


def with_entities(content: bytes, part: str = "word/document.xml") -> bytes:
    """Return an Office file whose `part` is a billion laughs."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><x>&l9;</x>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for each in source.infolist():
            data = xml.encode() if each.filename == part else source.read(each.filename)
            target.writestr(each.filename, data)
    return out.getvalue()
