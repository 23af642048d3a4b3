"""For operators: files brought into a course in bulk, by somebody who sits at the machine."""

from pathlib import Path

from edu.common.ids import parse_id
from edu.courses import api as courses
from edu.multimodal import data
from edu.multimodal.api import bringing
from edu.multimodal.logic import imports, storage


def import_file(
    *, user: str, course: str, file_name: str, path: str, title: str = ""
) -> data.Imported:
    """Bring the file at `path` into a course for `user`, unless the course has these bytes already. It is
    read after what anybody waits for. Raises as `add_material`."""
    courses.course(user=user, course=course, need="bring")
    sha256 = storage.digest(Path(path))
    known = imports.there(parse_id(course), sha256)
    if known is not None:
        return data.Imported(str(known), False, sha256)
    made = bringing.add(user, course, file_name, Path(path), title, bulk=True)
    return data.Imported(made.id, True, sha256)


def readings(*, materials: list[str]) -> list[data.Reading]:
    """Return how far the reading of materials is; those that were removed are left out. No access
    check."""
    return imports.readings([parse_id(each) for each in materials])
