"""Archives with a part changed, which most hostile documents are."""

import io
import zipfile


def with_parts(content: bytes, changed: dict[str, bytes | str]) -> bytes:
    """Return the archive `content` with the parts of `changed` in place of its own, or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for each in source.infolist():
            if each.filename not in changed:
                target.writestr(each, source.read(each.filename))
        for name, data in changed.items():
            target.writestr(name, data)
    return out.getvalue()


def archive(parts: dict[str, bytes | str]) -> bytes:
    """Return an archive of `parts`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return out.getvalue()


def swollen(parts: dict[str, bytes | str], name: str, sign: bytes, megabytes: int) -> bytes:
    """Return an archive whose part `name` unpacks to `megabytes` of one sign."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for each, data in parts.items():
            target.writestr(each, data)
        with target.open(name, "w", force_zip64=True) as part:
            for _ in range(megabytes):
                part.write(sign * 1_000_000)
    return out.getvalue()


def office() -> dict[str, tuple[str, bytes, str]]:
    """Return the packed documents by their format: file name, bytes, the part that holds the text."""
    from tests.multimodal import samples
    from tests.multimodal.kinds import epub, odp, ods, odt, xlsx

    return {
        "docx": ("a.docx", samples.docx(), "word/document.xml"),
        "pptx": ("a.pptx", samples.pptx(), "ppt/slides/slide1.xml"),
        "xlsx": ("a.xlsx", xlsx.content(), "xl/worksheets/sheet1.xml"),
        "odt": ("a.odt", odt.content(), "content.xml"),
        "ods": ("a.ods", ods.content(), "content.xml"),
        "odp": ("a.odp", odp.content(), "content.xml"),
        "epub": ("a.epub", epub.content(), "book/text/one.xhtml"),
        "epub's list": ("a.epub", epub.content(), "book/my book.opf"),
        "imscc": ("a.imscc", _imscc(), "imsmanifest.xml"),
    }


def _imscc() -> bytes:
    from tests.multimodal.kinds import archive as packed

    return packed.content()
