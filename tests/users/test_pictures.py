"""Pictures of people: what is taken, what is kept of it, and who sees it."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from edu.common.errors import Invalid
from edu.users import api
from edu.users.data import initials

pytestmark = pytest.mark.django_db
MINE = "/api/v1/me/picture"


def photo(kind="JPEG", size=(300, 200), **more):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **more)
    return out.getvalue()


def told():
    """A photo that says where it was taken, with a comment and a profile."""
    exif = Image.Exif()
    exif[0x010F] = "Camera of Levko"
    exif.get_ifd(0x8825)[1] = "N"
    return photo(exif=exif, comment=b"at home", icc_profile=b"profile of a camera")


def bomb(wide=60_000, high=60_000):
    """A PNG of a few bytes that says it has billions of pixels."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_squares_of_three_sizes(learner, kind):
    kept = api.set_picture(user=learner.id, data=photo(kind))
    assert len(kept.picture) == 16
    for size, pixels in (("small", 64), ("middle", 160), ("large", 512)):
        with Image.open(io.BytesIO(api.picture(user=learner.id, size=size))) as image:
            assert (image.format, image.size) == ("WEBP", (pixels, pixels))


def test_nothing_that_came_with_it_is_kept(learner):
    data = told()
    assert b"Camera of Levko" in data
    api.set_picture(user=learner.id, data=data)
    kept = api.picture(user=learner.id, size="large")
    for chunk in (b"EXIF", b"ICCP", b"XMP ", b"Levko", b"at home", b"camera"):
        assert chunk not in kept


def test_it_is_turned_as_the_camera_says(learner):
    exif, image, out = Image.Exif(), Image.new("RGB", (200, 200), "black"), io.BytesIO()
    exif[0x0112] = 6  # the camera was held on its side
    image.paste("white", (0, 0, 200, 100))
    image.save(out, "JPEG", exif=exif)
    api.set_picture(user=learner.id, data=out.getvalue())
    with Image.open(io.BytesIO(api.picture(user=learner.id, size="small"))) as kept:
        assert kept.getpixel((58, 32))[0] > 200 > 60 > kept.getpixel((6, 32))[0]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        photo("GIF"),
        photo()[:300],
        bomb(),
        bomb(7000, 7000),
        b"\xff\xd8\xff" + b"\0" * (8 << 20),
    ],
    ids=["nothing", "svg", "gif", "cut", "bomb", "large", "heavy"],
)
def test_what_is_no_sane_picture_is_refused(learner, data):
    with pytest.raises(Invalid) as refused:
        api.set_picture(user=learner.id, data=data)
    assert set(refused.value.fields) == {"picture"}
    assert api.person(user=learner.id).picture == ""


def test_it_is_set_shown_and_removed_by_programs(api_of, learner):
    program = api_of(learner)
    file = SimpleUploadedFile("me.txt", photo(), "text/plain")  # told by its content, not its name
    me = program.post(MINE, {"picture": file}, format="multipart").json()
    seen = program.get(me["picture"])
    assert (seen.status_code, seen["Content-Type"]) == (200, "image/webp")
    assert "private" in seen["Cache-Control"]
    bad = SimpleUploadedFile("me.jpg", b"no picture")
    assert program.post(MINE, {"picture": bad}, format="multipart").status_code == 400
    assert program.delete(MINE).status_code == 204
    assert program.get("/api/v1/me").json()["picture"] is None
    assert program.get(me["picture"]).status_code == 404


def test_only_those_who_share_a_course_see_it(
    api_of, client_of, learner, teacher, stranger, course
):
    api.set_picture(user=learner.id, data=photo())
    for place in (
        f"/people/{learner.id}/picture/?size=small",
        f"/api/v1/people/{learner.id}/picture",
    ):
        for person, status in ((learner, 200), (teacher, 200), (stranger, 404)):
            assert client_of(person).get(place).status_code == status
    assert api_of(stranger).get(f"/api/v1/people/{stranger.id}/picture").status_code == 404
    assert client_of(teacher).get(f"/people/{learner.id}/picture/?size=vast").status_code == 404


def test_pages_show_it_or_the_initials(client_of, learner, teacher, course):
    browser = client_of(learner)
    assert ">L</span>" in browser.get("/profile/").content.decode()
    sent = {"picture": SimpleUploadedFile("me.jpg", photo())}
    assert browser.post("/profile/picture/", sent).status_code == 302
    people = client_of(teacher).get(f"/courses/{course.id}/people/").content.decode()
    assert f"/people/{learner.id}/picture/?size=middle" in people
    assert f"/people/{learner.id}/picture/?size=small" in browser.get("/about/").content.decode()
    browser.post("/profile/picture/", {"remove": "1"})
    assert api.person(user=learner.id).picture == ""
    assert "Choose a picture" in browser.post("/profile/picture/", follow=True).content.decode()


@pytest.mark.parametrize(
    ("name", "short"), [("Levko", "L"), ("ann marie de Wit", "AW"), ("", ""), ("李 明", "李明")]
)
def test_initials(name, short):
    assert initials(name) == short
