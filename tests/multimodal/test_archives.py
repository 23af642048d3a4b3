"""Archives: each file becomes a material of its own, and nothing gets out of its place."""

import io
import zipfile

import pytest

from edu.multimodal import api, tasks
from edu.multimodal.base import Limits, Locked, TooMuchInside
from edu.multimodal.data import TooLarge, Unreadable
from edu.multimodal.formats.archive import Archive
from edu.multimodal.models import Material
from tests.multimodal.helpers import bring
from tests.multimodal.kinds import archive


def read(content, folder, **limits):
    place = folder / "file"
    place.write_bytes(content)
    return Archive().read(place, folder, Limits(**limits), lambda share, stage: None)


@pytest.mark.django_db
def test_each_file_of_a_packed_course_becomes_a_material(
    work, teacher, course, tmp_path, client_of, api_of
):
    made = bring(work, teacher, course, archive.content(), tmp_path, archive.FILE)
    assert (made.kind, made.status, made.words_only) == ("archive", "ready", False)
    with work():
        tasks.sweep()
    told = api_of(teacher).get(f"/api/v1/materials/{made.id}").json()
    why = {each["name"]: each["why"] for each in told["left"]}
    assert set(why) == {"q/quiz.txt", "inner.zip", "run.exe"}
    assert all(each.endswith(".") for each in why.values())
    found = api.materials(user=teacher.id, course=course.id, archive=made.id).items
    assert [(each.title, each.inside, each.kind, each.status) for each in found] == [
        ("Osmosis & salt", "w/second.html", "html", "ready"),
        ("first", "first.txt", "text", "ready"),
    ]
    page = client_of(teacher).get(f"/materials/{made.id}/").content.decode()
    assert f"/materials/{found[0].id}/" in page and "not brought" in page
    # Whoever goes on after a worker that died makes none a second time.
    Material.objects.filter(id=made.id).update(status="queued", lease=None)
    with work():
        tasks.read_material.delay(made.id)
    assert Material.objects.filter(archive=made.id).count() == 2


@pytest.mark.parametrize(
    "name", ["../x.txt", "/etc/x.txt", "a/../../x.txt", "c:/x.txt", "..\\x.txt"]
)
def test_places_outside_of_the_archive_are_refused(tmp_path, name):
    with pytest.raises(Unreadable, match="outside"):
        read(archive.content({name: "x", "y.txt": "y"}), tmp_path)


def test_links_locks_and_bombs_are_refused(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    with pytest.raises(Unreadable, match="links"):
        read(out.getvalue(), tmp_path)
    locked = bytearray(archive.content({"a.txt": "x"}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Locked):
        read(bytes(locked), tmp_path)
    with pytest.raises(TooMuchInside):
        read(archive.content({"a.txt": "x" * 100_000}), tmp_path, unpacked=50_000)
    with pytest.raises(TooLarge, match="501 files"):
        read(archive.content({f"{n}.txt": "x" for n in range(501)}), tmp_path)
