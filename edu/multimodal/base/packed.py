"""Files that are archives of XML: opened after their declared sizes were found to be sane."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import IO, Any
from urllib.parse import unquote, urlsplit


def parser(kind: Any = None, **more: Any) -> Any:
    """Return an XML parser that fetches nothing and unfolds nothing."""
    from lxml import etree

    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    return (kind or etree.XMLParser)(remove_comments=True, remove_pis=True, **safe, **more)


class Package:
    """An archive while it is read. Use within base.office.opened, which turns errors into words."""

    def __init__(self, path: str | Path) -> None:
        self.archive = zipfile.ZipFile(path)
        self.names = set(self.archive.namelist())

    def __enter__(self) -> "Package":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.archive.close()

    def read(self, name: str) -> bytes:
        """Return the bytes of a part; none when there is no such part."""
        return self.archive.read(name) if name in self.names else b""

    def open(self, name: str) -> IO[bytes]:
        """Return a part to be read bit by bit."""
        return self.archive.open(name)

    def xml(self, name: str) -> Any:
        """Return the root of a part; None when there is no such part."""
        from lxml import etree

        content = self.read(name)
        return etree.fromstring(content, parser()) if content.strip() else None

    def each(self, name: str, *tags: str) -> Iterator[Any]:
        """Yield elements of a part, whatever their namespace, one after the other; each is emptied
        when the next one is asked for."""
        from lxml import etree

        if name not in self.names:
            return
        with self.archive.open(name) as file:
            found = etree.iterparse(
                file,
                tag=[f"{{*}}{tag}" for tag in tags],
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
            for _event, element in found:
                yield element
                element.clear()
                while element.getprevious() is not None and element.getparent() is not None:
                    del element.getparent()[0]

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Return what a part of an Office file points at inside: id -> (last word of its kind, name)."""
        home, last = posixpath.split(name)
        root = self.xml(posixpath.join(home, "_rels", f"{last}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for each in root if root is not None else ():
            if (each.get("TargetMode") or "").lower() != "external":
                kind = (each.get("Type") or "").rpartition("/")[2]
                found[each.get("Id") or ""] = kind, joined(home, each.get("Target") or "")
        return found


def joined(home: str, target: str) -> str:
    """Return the name of the part that `target` means in a part of the folder `home`; never one
    outside of the archive."""
    path = unquote(urlsplit(target).path)
    whole = path if path.startswith("/") else posixpath.join(home, path)
    return re.sub(r"^(?:\.\./|/)+", "", posixpath.normpath(whole))


def local(node: Any) -> str:
    """Return the name of an element without its namespace; "" for what is no element."""
    return _local(node.tag)


@lru_cache(maxsize=4096)
def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(node: Any, name: str) -> str:
    """Return an attribute whatever its namespace."""
    for key, value in node.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def children(node: Any, *names: str) -> Iterator[Any]:
    """Yield the elements right inside `node` that are called so."""
    for each in node if node is not None else ():
        if local(each) in names:
            yield each
