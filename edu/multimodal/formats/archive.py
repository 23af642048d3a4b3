"""Archives of files: ZIP, and courses packed as Common Cartridge. Each file is read for itself."""

import stat
import zipfile
from pathlib import Path
from typing import Any

from edu.common.text import gettext_noop as _
from edu.multimodal.base import Format, Limits, Progress, questions, tidy
from edu.multimodal.base.office import opened
from edu.multimodal.base.packed import Package, children, joined
from edu.multimodal.data import (
    KEYLESS,
    OPENING,
    QUESTIONS,
    UNPACKING,
    Document,
    Left,
    Member,
    TooLarge,
    Unreadable,
)

_MANIFEST = "imsmanifest.xml"
_MOST_FILES = 500
_UNSEEN = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_PART = 1 << 20

OUTSIDE = _(
    "This archive wants to write outside of its own folder, so it is not opened. Unpack it and bring the "
    "files."
)
LINKS = _(
    "This archive holds links to other files, so it is not opened. Unpack it and bring the files."
)
ELSEWHERE = _("Discussions and links of a packed course are not brought.")


class TooManyFiles(TooLarge):
    """More files than are brought at once."""

    detail = _("This archive has %(found)s files; the limit is %(limit)s. Bring it in parts.")


class Archive(Format):
    """See the module."""

    name = "archive"
    label = "ZIP"
    brought = "ZIP, IMSCC"
    called = _("Archive")
    view = "contents"
    media_types = ("application/zip", "application/vnd.ims.imsccv1p3+zip")
    extensions = ("zip", "imscc")
    marks = (_MANIFEST,)
    score = 1

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Unpack the files into the work folder; see Format.read."""
        progress(0.0, OPENING)

        def reading(place: str) -> Document:
            with Package(place) as package:
                return _read(package, work, progress)

        return opened(path, limits, reading)


def _read(package: Package, work: Path, progress: Progress) -> Document:
    parts = {}
    for part in package.archive.infolist():
        _check(part)
        seen = not part.is_dir() and not any(each in part.filename for each in _UNSEEN)
        if (
            seen
            and part.filename != _MANIFEST
            and not part.filename.rpartition("/")[2].startswith(".")
        ):
            parts[part.filename] = part
    if len(parts) > _MOST_FILES:
        raise TooManyFiles(found=len(parts), limit=_MOST_FILES)
    titles, kinds = _contents(package)
    order = [name for name in titles if name in parts]
    order += sorted(name for name in parts if name not in titles)
    members: list[Member] = []
    left: list[Left] = []
    for number, name in enumerate(order, 1):
        progress(number / len(order), UNPACKING % {"number": number, "count": len(order)})
        target = f"member-{number}"
        if why := _why(kinds.get(name, "")) or _holds_questions(package, name):
            asked = _asked(package, name) if why == QUESTIONS else None
            if asked:
                (work / target).write_text(questions.markdown(*asked))
                title = titles.get(name, "") or asked[0]
                members.append(Member(target, f"{name.rpartition('.')[0] or name}.md", title))
                why = KEYLESS
            left.append(Left(name, why))
            continue
        with package.open(name) as source, (work / target).open("wb") as file:
            while piece := source.read(_PART):
                file.write(piece)
        members.append(Member(target, name, titles.get(name, "")))
    return Document("", members=members, left=left)


def _holds_questions(package: Package, name: str) -> str:
    """Return QUESTIONS for a file of them that no table of contents names as one, else ""."""
    if not name.lower().endswith((".xml", ".qti")):
        return ""
    with package.open(name) as file:
        begin = file.read(4096).lower()
    marks = (b"questestinterop", b"assessmentitem", b"assessment-item", b"assessmenttest")
    return QUESTIONS if any(mark in begin for mark in marks) else ""


def _asked(package: Package, name: str) -> tuple[str, list[questions.Question]] | None:
    """Return the title and the questions of a file; None where it holds none that can be read."""
    from lxml import etree

    try:
        root = package.xml(name) if name.lower().endswith((".xml", ".qti")) else None
    except etree.XMLSyntaxError:
        return None
    found = questions.questions(root) if root is not None else []
    return (questions.title_of(root), found) if found else None


def _check(part: zipfile.ZipInfo) -> None:
    """Raise Unreadable for what leads out of the archive."""
    name = part.filename
    whole = name.replace("\\", "/")
    if whole.startswith("/") or ".." in whole.split("/") or whole[1:2] == ":" or "\0" in name:
        raise Unreadable(OUTSIDE)
    if stat.S_ISLNK(part.external_attr >> 16):
        raise Unreadable(LINKS)


def _contents(package: Package) -> tuple[dict[str, str], dict[str, str]]:
    """Return the titles of files in the order of a course's contents, and the kind of each file."""
    root: Any = package.xml(_MANIFEST)
    if root is None:
        return {}, {}
    resources = {}
    kinds: dict[str, str] = {}
    for each in root.iter("{*}resource"):
        files = [joined("", file.get("href") or "") for file in children(each, "file")]
        first = joined("", each.get("href")) if each.get("href") else (files[0] if files else "")
        resources[each.get("identifier") or ""] = first
        kinds |= dict.fromkeys([*files, first], (each.get("type") or "").lower())
    titles: dict[str, str] = {}
    for item in root.iter("{*}item"):
        name = resources.get(item.get("identifierref") or "", "")
        title = next((tidy("".join(each.itertext())) for each in children(item, "title")), "")
        if name:
            titles.setdefault(name, title[:200])
    return titles, kinds


def _why(kind: str) -> str:
    """Return why a file of a packed course is not brought; "" for one that is."""
    if kind.startswith(("imsqti", "assessment")) or "learning-application-resource" in kind:
        return QUESTIONS
    return ELSEWHERE if kind.startswith(("imsdt", "imswl", "imsbasiclti")) else ""
