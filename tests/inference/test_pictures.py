"""Boxes, turns and reading order, without any engine."""

import io
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from edu.inference.base.order import lines_of
from edu.inference.base.pictures import (
    blank,
    box_of,
    certainty,
    dark_on_light,
    load,
    turned,
    turned_back,
)
from edu.inference.data import Line, PictureText, Unreadable
from edu.inference.logic.reading import read_with

SIZE = (1000, 1000)


def piece(left: float, top: float, text: str, tilt: float = 0.0, sure: float = 0.9):
    """A piece of text 30 high and 15 a letter wide, its corners turned by `tilt` degrees."""
    wide, high = 15 * len(text), 30
    corners = [(left, top), (left + wide, top), (left + wide, top + high), (left, top + high)]
    c, s = math.cos(math.radians(tilt)), math.sin(math.radians(tilt))
    return [(x * c - y * s, x * s + y * c) for x, y in corners], text, sure


def read(pieces) -> list[str]:
    return [line.text for line in lines_of(pieces, lambda points: box_of(points, SIZE))]


LEFT = ["the cell is the unit of", "life and every plant is", "built of many of such cells"]
RIGHT = ["in that year a law fixed", "the wages and the workers", "asked their lords for more"]


@pytest.mark.parametrize("tilt", [0, -7, 5, 12])
def test_columns_are_read_one_after_the_other_however_the_page_is_tilted(tilt):
    pieces = [piece(100, 50, "a heading over both of the two columns", tilt)]
    for at in range(3):
        pieces.append(piece(520, 150 + 50 * at, RIGHT[at], tilt))
        pieces.append(piece(60, 152 + 50 * at, LEFT[at], tilt))
    assert read(pieces) == [pieces[0][1], *LEFT, *RIGHT]


@pytest.mark.parametrize("tilt", [0, -6])
def test_a_table_is_read_row_by_row_with_its_cells_apart(tilt):
    rows = [["Planet", "Mass", "Moons"], ["Earth", "5.97", "1"], ["Mars", "0.64", "2"]]
    pieces = [
        piece(60 + 250 * column, 80 + 90 * row, rows[row][column], tilt)
        for column in (2, 0, 1)
        for row in (1, 2, 0)
    ]
    assert read(pieces) == ["\t".join(row) for row in rows]


def test_pieces_of_one_line_are_joined_by_a_space():
    assert read([piece(200, 52, "moves"), piece(100, 50, "Water")]) == ["Water moves"]


def test_no_pieces_make_no_lines():
    assert read([]) == []


def test_a_line_is_as_sure_as_its_letters():
    lines = lines_of(
        [piece(0, 0, "aaaaaaaaa", sure=1.0), piece(150, 0, "b", sure=0.0)], lambda _: []
    )
    assert lines[0].confidence == pytest.approx(0.9)


@given(st.sampled_from([0, 90, 180, 270]), st.tuples(*[st.floats(0, 0.4)] * 4))
def test_a_turn_back_undoes_a_turn(turn, at):
    x0, y0, x1, y1 = at[0], at[1], at[0] + 0.1 + at[2], at[1] + 0.1 + at[3]
    image = Image.new("L", (100, 80))
    for x, y in ((x0, y0), (x1, y1)):
        image.putpixel((min(99, int(x * 100)), min(79, int(y * 80))), 255)
    found = turned(image, turn).getbbox()
    assert found is not None
    wide, high = turned(image, turn).size
    box = [found[0] / wide, found[1] / high, found[2] / wide, found[3] / high]
    for got, true in zip(turned_back(box, turn), (x0, y0, x1, y1), strict=True):
        assert got == pytest.approx(true, abs=0.03)


def saved(image: Image.Image, kind: str = "PNG", **more) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_pictures_of_every_mode_become_rgb_within_limits(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = load(saved(Image.new(mode, (3000, 1500)), kind))
    assert image.mode == "RGB"
    assert image.size == (2600, 1300)


def test_what_is_clear_is_white():
    assert load(saved(Image.new("RGBA", (10, 10), (0, 0, 0, 0)))).getpixel((0, 0)) == (
        255,
        255,
        255,
    )


def test_a_small_picture_is_enlarged():
    assert load(saved(Image.new("L", (300, 200)))).size == (600, 400)


def test_its_exif_turns_it():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert load(saved(Image.new("RGB", (2000, 1000)), "JPEG", exif=exif)).size == (1000, 2000)


def test_too_many_pixels_are_refused_before_they_are_decoded():
    with pytest.raises(Unreadable, match="40 million"):
        load(saved(Image.new("1", (8000, 8000))))
    assert load(saved(Image.new("L", (8000, 8000)), "JPEG")).size[0] <= 2600


def test_blank_paper_is_blank_and_a_dot_of_ink_is_not():
    paper = Image.new("RGB", (200, 200), "#eee")
    assert blank(paper)
    paper.paste("black", (50, 50, 60, 60))
    assert not blank(paper)


def test_the_thorough_engine_is_asked_only_where_the_quick_one_is_unsure():
    ink = Image.new("RGB", (1200, 400), "white")
    ink.paste("black", (50, 50, 300, 90))
    asked = []

    def engine(name: str, text: str, sure: float):
        def run(_picture: bytes) -> PictureText:
            asked.append(name)
            return PictureText([Line(text, [0, 0, 1, 1], sure)] if text else [], 0, name)

        return run

    sure = engine("quick", "Water moves through it", 0.95)
    unsure = engine("quick", "VVater rnoves thr0ugh", 0.5)
    thorough = engine("thorough", "Water moves through it", 0.97)
    nothing = engine("thorough", "", 0.0)
    assert read_with([sure, thorough], saved(ink)).engine == "quick"
    assert asked == ["quick"]
    assert read_with([unsure, thorough], saved(ink)).text == "Water moves through it"
    assert read_with([unsure, nothing], saved(ink)).lines == []
    assert certainty([]) == 0.0


@pytest.mark.parametrize("up", [90, 180, 270])
def test_a_picture_that_tells_nothing_is_tried_each_way_up(up):
    page = Image.new("RGB", (1200, 800), "white")
    page.paste("black", (100, 80, 500, 140))
    lying = turned(page, 360 - up)
    upright = page.tobytes()

    def engine(picture: bytes) -> PictureText:
        image = Image.open(io.BytesIO(picture)).convert("RGB")
        if image.size == page.size and image.tobytes() == upright:
            return PictureText([Line("Water moves", [0.1, 0.1, 0.4, 0.2], 0.95)], 0, "quick")
        return PictureText([Line("sanoui jajeM", [0.6, 0.8, 0.9, 0.9], 0.5)], 0, "quick")

    found = read_with([engine], saved(lying))
    assert (found.text, found.rotation) == ("Water moves", up)
    assert found.lines[0].box == pytest.approx(turned_back([0.1, 0.1, 0.4, 0.2], up))


@pytest.mark.parametrize(("text", "seen"), [("A4", ""), ("Water moves", "Water moves")])
def test_a_few_letters_must_be_sure(text, seen):
    ink = Image.new("RGB", (1200, 400), "white")
    ink.paste("black", (50, 50, 300, 90))
    unsure = PictureText([Line(text, [0, 0, 1, 1], 0.7)], 0, "quick")
    assert read_with([lambda _: unsure], saved(ink)).text == seen


def test_a_dark_ground_becomes_a_light_one():
    board = Image.new("RGB", (400, 300), "#203a30")
    board.paste("#eee", (50, 50, 90, 60))
    light = dark_on_light(board)
    assert sum(light.getpixel((200, 200))) > 3 * 128 > sum(light.getpixel((60, 55)))
    assert dark_on_light(light) is light


def test_the_thorough_engine_sees_the_picture_upright():
    page = Image.new("RGB", (1200, 1600), "white")
    page.paste("black", (100, 100, 500, 140))
    lying = page.transpose(Image.Transpose.ROTATE_90)  # to the left: a turn of 90 makes it upright
    sizes = []

    def thorough(picture: bytes) -> PictureText:
        image = Image.open(io.BytesIO(picture))
        sizes.append(image.size)
        return PictureText(
            [Line("Water moves through", [0.1, 0.06, 0.4, 0.09], 0.9)], 0, "thorough"
        )

    found = read_with([lambda _: PictureText([], 90, "quick"), thorough], saved(lying))
    assert sizes == [(1200, 1600)]
    assert found.rotation == 90
    x0, y0, x1, y1 = found.lines[0].box
    assert (x1 - x0, y1 - y0) == pytest.approx((0.03, 0.3))
    assert x0 < 0.1
    assert y0 > 0.5
