"""Pictures of each kind, drawn at random, with the lines that a reader would find in them."""

import io
import math
import random
from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = "/usr/share/fonts"
PRINT = (
    f"{FONTS}/truetype/dejavu/DejaVuSans.ttf",
    f"{FONTS}/truetype/dejavu/DejaVuSerif.ttf",
)
HAND = f"{FONTS}/opentype/urw-base35/Z003-MediumItalic.otf"
SAID = (
    "water cell energy membrane osmosis light plant sugar growth time value number result sample "
    "pressure heat speed model input output start check finish north south river border"
)
WORDS = SAID.split()
INKS = ("#1f77b4", "#d62728", "#2ca02c", "#ff7f0e", "#9467bd", "#17becf", "#8c564b")
KINDS = ("photo", "chart", "diagram", "formula", "table", "handwriting", "text")


class Sheet:
    """A picture in the making."""

    def __init__(self, rng, wide, high, ground="white", sure=(0.88, 0.98)):
        self.rng, self.wide, self.high, self.sure = rng, wide, high, sure
        self.image = Image.new("RGB", (wide, high), ground)
        self.draw = ImageDraw.Draw(self.image)
        self.lines = []

    def write(self, x, y, text, size=18, ink="black", font=None, sure=None):
        """Write a line of print; it is one that a reader finds."""
        face = ImageFont.truetype(font or PRINT[0], size)
        self.draw.text((x, y), text, fill=ink, font=face)
        box = self.draw.textbbox((x, y), text, font=face)
        self.found(text, box, sure)

    def found(self, text, box, sure=None):
        scale = (self.wide, self.high, self.wide, self.high)
        self.lines.append(
            {
                "text": text,
                "box": [round(edge / whole, 4) for edge, whole in zip(box, scale, strict=True)],
                "sure": self.rng.uniform(*(sure or self.sure)),
            }
        )


def some(rng, count):
    return " ".join(rng.choice(WORDS) for _ in range(count))


def photo(rng):
    wide, high = rng.choice([(640, 480), (480, 640), (900, 600)])
    noise = np.random.default_rng(rng.randrange(10**6))
    field = np.zeros((high, wide, 3))
    for size in (4, 9, 24, 60):
        rough = noise.uniform(0, 255, (size, size, 3)).astype(np.uint8)
        layer = Image.fromarray(rough).resize((wide, high), Image.Resampling.BICUBIC)
        field += np.asarray(layer) * (0.45 if size == 4 else 0.25 if size == 9 else 0.15)
    field += noise.normal(0, rng.uniform(3, 9), field.shape)
    image = Image.fromarray(np.clip(field, 0, 255).astype(np.uint8))
    sheet = Sheet(rng, wide, high)
    sheet.image = image
    sheet.draw = ImageDraw.Draw(image)
    for _ in range(rng.randint(1, 5)):  # things in front
        x, y, r = rng.randrange(wide), rng.randrange(high), rng.randint(30, 140)
        sheet.draw.ellipse(
            (x - r, y - r, x + r, y + r), fill=tuple(rng.randrange(40, 220) for _ in "rgb")
        )
    sheet.image = image.filter(ImageFilter.GaussianBlur(1.2))
    grain = np.asarray(sheet.image, dtype=float) + noise.normal(0, 5, (high, wide, 3))
    sheet.image = Image.fromarray(np.clip(grain, 0, 255).astype(np.uint8))
    if rng.random() < 0.3:
        sheet.found(rng.choice(WORDS).upper(), (40, 40, 140, 70), (0.3, 0.8))
    return sheet


def chart(rng):
    sheet = Sheet(rng, 640, rng.choice([420, 480]))
    form = rng.choice(["bars", "lines", "points", "pie"])
    if rng.random() < 0.7:
        sheet.write(180, 12, some(rng, 3).capitalize(), 20)
    left, top, right, floor = 70, 50, 600, sheet.high - 60
    if form == "pie":
        at, inks = 0, rng.sample(INKS, 4)
        for ink in inks:
            step = rng.randint(50, 110) if ink != inks[-1] else 360 - at
            sheet.draw.pieslice((180, 70, 460, 350), at, at + step, fill=ink)
            angle = math.radians(at + step / 2)
            sheet.write(
                320 + 170 * math.cos(angle) - 20, 210 + 160 * math.sin(angle), f"{step // 4} %", 15
            )
            at += step
        return sheet
    sheet.draw.line((left, top, left, floor), fill="black", width=2)
    sheet.draw.line((left, floor, right, floor), fill="black", width=2)
    steps, top_value = rng.randint(4, 6), rng.choice([10, 50, 100, 400])
    for step in range(steps + 1):
        y = floor - step * (floor - top - 10) / steps
        sheet.draw.line((left - 5, y, left, y), fill="black")
        if form != "points" and rng.random() < 0.8:
            sheet.draw.line((left, y, right, y), fill="#dddddd")
        sheet.write(left - 45, y - 9, str(top_value * step // steps), 14)
    count = rng.randint(4, 8)
    for series in range(rng.randint(1, 2)):
        ink = INKS[series] if rng.random() < 0.85 else "#333333"
        values = [rng.uniform(0.1, 0.95) * (floor - top - 10) for _ in range(count)]
        places = [left + (at + 0.5) * (right - left) / count for at in range(count)]
        dots = list(zip(places, [floor - value for value in values], strict=True))
        if form == "bars":
            for x, y in dots:
                sheet.draw.rectangle((x - 14 + 14 * series, y, x + 14 * series, floor), fill=ink)
        elif form == "lines":
            sheet.draw.line(dots, fill=ink, width=3)
        else:
            for x, y in [(rng.uniform(left, right), rng.uniform(top, floor)) for _ in range(25)]:
                sheet.draw.ellipse((x - 4, y - 4, x + 4, y + 4), fill=ink)
    for at in range(count):
        label = str(2015 + at) if rng.random() < 0.6 else rng.choice(WORDS)[:5]
        sheet.write(left + (at + 0.2) * (right - left) / count, floor + 8, label, 14)
    return sheet


def diagram(rng):
    sheet = Sheet(rng, 640, 440)
    across, down = rng.randint(2, 3), rng.randint(2, 3)
    fill = rng.choice(["white", "#e8eef8", "#fdf2d0", "white"])
    spots = [(60 + 200 * x, 50 + 130 * y) for y in range(down) for x in range(across)]
    spots = rng.sample(spots, max(3, len(spots) - rng.randint(0, 2)))
    spots.sort(key=lambda each: (each[1], each[0]))
    for (x0, y0), (x1, y1) in pairwise(spots):
        sheet.draw.line((x0 + 65, y0 + 28, x1 + 65, y1 + 28), fill="black", width=2)
        tip = ((x0 + x1) / 2 + 65, (y0 + y1) / 2 + 28)
        sheet.draw.polygon(
            [tip, (tip[0] - 10, tip[1] - 5), (tip[0] - 10, tip[1] + 5)], fill="black"
        )
    round_ones = rng.random() < 0.4
    for x, y in spots:
        shape = sheet.draw.ellipse if round_ones else sheet.draw.rectangle
        shape((x, y, x + 130, y + 56), fill=fill, outline="black", width=2)
        sheet.write(x + 18, y + 18, rng.choice(WORDS).capitalize(), 17)
    return sheet


def formula(rng):
    said = rng.choice(
        [
            "E = mc²",
            "a² + b² = c²",
            "x = (-b ± √(b² - 4ac)) / 2a",
            "∫ f(x) dx = F(b) - F(a)",
            "F = G · m₁m₂ / r²",
            "lim (1 + 1/n)ⁿ = e",
            "∑ 1/n² = π²/6",
            "pV = nRT",
        ]
    )
    size = rng.randint(26, 44)
    sheet = Sheet(rng, int(size * len(said) * 0.62) + 80, size * 2 + rng.randint(10, 50))
    sheet.write(36, size // 2, said, size, font=PRINT[rng.randint(0, 1)], sure=(0.4, 0.9))
    return sheet


def table(rng):
    rows, columns = rng.randint(4, 8), rng.randint(3, 5)
    wide, high = 120 * columns + 40, 38 * rows + 40
    sheet = Sheet(rng, wide, high)
    ruled = rng.random() < 0.85
    for row in range(rows + 1):
        if ruled or row in (0, 1, rows):
            sheet.draw.line((20, 20 + 38 * row, wide - 20, 20 + 38 * row), fill="black", width=1)
    for column in range(columns + 1):
        if ruled:
            sheet.draw.line(
                (20 + 120 * column, 20, 20 + 120 * column, high - 20), fill="black", width=1
            )
    for row in range(rows):
        for column in range(columns):
            word = rng.choice(WORDS) if not row or not column else str(rng.randrange(1000))
            sheet.write(30 + 120 * column, 28 + 38 * row, word, 17)
    return sheet


def handwriting(rng):
    wide, high = rng.choice([(640, 480), (700, 900)])
    shade = rng.randrange(215, 256)
    sheet = Sheet(rng, wide, high, (shade, shade, shade - rng.randrange(12)))
    ink = rng.choice(["#1b2a6b", "#222222", "#0b3d91"])
    if rng.random() < 0.4:
        for y in range(60, high, 44):
            sheet.draw.line((0, y + 40, wide, y + 40), fill="#b8c8e0")
    y = 40
    while y < high - 60:
        text, x, size = some(rng, rng.randint(3, 6)), 40 + rng.randint(-8, 8), rng.randint(30, 38)
        if rng.random() < 0.4:
            text = f"{rng.randint(2, 9)}x + {rng.randint(1, 9)} = {rng.randint(10, 40)}"
        start = x
        for sign in text:
            face = ImageFont.truetype(HAND, size + rng.randint(-2, 2))
            tile = Image.new("L", (60, 70), 0)
            ImageDraw.Draw(tile).text((12, 10), sign, fill=255, font=face)
            tile = tile.rotate(rng.uniform(-9, 9))
            sheet.image.paste(ink, (int(x) - 12, int(y + rng.uniform(-3, 3)) - 10), tile)
            x += face.getlength(sign) + rng.uniform(-0.5, 2.5)
            if x > wide - 60:
                break
        sheet.found(text, (start, y, x, y + size), (0.6, 0.88))
        y += rng.randint(44, 58)
    if rng.random() < 0.5:  # taken with a phone: shaded, grainy
        grain = np.random.default_rng(rng.randrange(10**6)).normal(0, 4, (high, wide, 1))
        slope = np.linspace(1.0, rng.uniform(0.6, 0.9), wide)[None, :, None]
        shaded = np.asarray(sheet.image, dtype=float) * slope + grain
        sheet.image = Image.fromarray(np.clip(shaded, 0, 255).astype(np.uint8))
    return sheet


def text(rng):
    wide, high = rng.choice([(700, 900), (800, 500)])
    shade = rng.randrange(235, 256)
    sheet = Sheet(rng, wide, high, (shade, shade, shade))
    size, y = rng.randint(15, 20), 40
    font = PRINT[rng.randint(0, 1)]
    while y < high - 50:
        words, line = "", rng.randint(46, 56) * 18 // size
        while len(words) < line:
            words += rng.choice(WORDS) + " "
        sheet.write(40, y, words[:line].strip(), size, font=font)
        y += int(size * 1.6) + (20 if rng.random() < 0.1 else 0)
    return sheet


def one(kind, seed):
    """Return (picture, lines) of a kind; the same for the same seed."""
    sheet = globals()[kind](random.Random(f"{kind} {seed}"))
    return sheet.image, sheet.lines


def png(image):
    """Return a picture as the bytes of a PNG."""
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
