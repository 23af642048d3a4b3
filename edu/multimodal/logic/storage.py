"""Where the bytes are: a folder, or a bucket that speaks S3. Both sides of one small interface, and what
lies there is sealed (see sealedparts.py) whichever it is.

Keys are made here, at random: they tell nothing, cannot be guessed, and no word of a user is in them.
"""

import contextlib
import hashlib
import io
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import IO, Protocol
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from edu.common import vault
from edu.common.errors import NotFound
from edu.multimodal.data import Stored
from edu.multimodal.logic import sealedparts
from edu.multimodal.logic.buckets import Bucket, StoreDown
from edu.multimodal.logic.keys import PART, Readable, checked, new_key
from edu.multimodal.logic.sealedparts import HEAD, Head, Sealing

__all__ = ["Bucket", "StoreDown", "new_key"]

INCOMING = (
    "incoming/"  # what browsers send straight here lies there until it is sealed under another key
)
APART = (
    "datakey/",
    "erased/",
    INCOMING,
)  # kinds of what is no file of ours: notes, and not yet one
DROPPED = 3600  # seconds for which what is being sealed anew remembers that it was dropped


class Store(Protocol):
    """Bytes under keys. Nothing is ever changed in place: a key is written as a whole, or removed."""

    def put(self, key: str, source: Readable) -> None:
        """Write all of `source` to `key`, or nothing."""

    def head(self, key: str) -> tuple[bytes, int]:
        """Return the first HEAD bytes under `key`, and how many there are in all; raise NotFound."""

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Yield the bytes from `start` up to, not including, `end`; raise NotFound."""

    def drop(self, key: str) -> None:
        """Remove `key`; nothing there is no error."""

    def keys(self, before: datetime, after: str = "") -> Iterator[str]:
        """Yield the keys of what was written before a time, in order, those after the key `after`."""


class Folder:
    """Objects as files under one folder, written beside their place and moved into it."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def _place(self, key: str) -> Path:
        return self.home / checked(key)

    def put(self, key: str, source: Readable) -> None:
        """See Store."""
        place = self._place(key)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, draft = tempfile.mkstemp(prefix=".", dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as target:
                while part := source.read(PART):
                    target.write(part)
                target.flush()
                os.fsync(target.fileno())
            Path(draft).replace(place)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise

    def head(self, key: str) -> tuple[bytes, int]:
        """See Store."""
        try:
            with self._place(key).open("rb") as file:
                return file.read(HEAD), os.fstat(file.fileno()).st_size
        except FileNotFoundError:
            raise NotFound from None

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """See Store."""
        try:
            file = self._place(key).open("rb")
        except FileNotFoundError:
            raise NotFound from None
        return _parts(file, start, end)

    def drop(self, key: str) -> None:
        """See Store."""
        self._place(key).unlink(missing_ok=True)

    def keys(self, before: datetime, after: str = "") -> Iterator[str]:
        """See Store."""
        for shelf in sorted(self.home.glob("*/*")):
            if shelf.relative_to(self.home).as_posix() < after.rpartition("/")[0]:
                continue
            for place in sorted(shelf.iterdir()):
                key = place.relative_to(self.home).as_posix()
                try:
                    if key <= after or place.stat().st_mtime >= before.timestamp():
                        continue
                except FileNotFoundError:  # it went meanwhile
                    continue
                if place.name.startswith("."):  # a draft whose writer died
                    place.unlink(missing_ok=True)
                else:
                    yield key


def _parts(file: IO[bytes], start: int, end: int | None) -> Iterator[bytes]:
    with file:
        file.seek(start)
        left = None if end is None else end - start
        while left is None or left > 0:
            part = file.read(PART if left is None else min(PART, left))
            if not part:
                return
            left = None if left is None else left - len(part)
            yield part


class Objects:
    """What the rest of us sees of a store: files as they are, sealed on the way in."""

    MOST_HEADS = 1000

    def __init__(self, store: Store) -> None:
        self.store = store
        self._heads: dict[str, Head] = {}  # known by key, so that the next stretch needs one call

    def put(self, key: str, source: Path) -> None:
        """Copy the file `source` to `key`; all of it or nothing."""
        with source.open("rb") as file:
            self.store.put(key, Sealing(key, file, os.fstat(file.fileno()).st_size))

    def size(self, key: str) -> int:
        """Return the number of bytes under `key`; raise NotFound, or Unreadable if it was cut short."""
        head, size = self._head(key)
        return head.length if head else size

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Yield the bytes from `start` up to, not including, `end`; raise NotFound, or Unreadable when
        they are not what was put there."""
        head = self._heads.get(key) or self._head(key)[0]
        if head is None:  # plain still; unless it was sealed between two looks
            found = self.store.read(key, start, end)
            head = self._head(key)[0]
            if head is None:
                return found
        end = head.length if end is None else min(end, head.length)
        if start >= end and head.length:
            return iter(())
        return self._opened(key, head, start, end)

    def _opened(self, key: str, head: Head, start: int, end: int) -> Iterator[bytes]:
        for last in (False, True):
            _first, begin, stop = head.span(start, end)
            try:
                for plain in sealedparts.opened(
                    head, self.store.read(key, begin, stop), start, end
                ):
                    start += len(plain)
                    yield plain
                return
            except vault.Unreadable:
                # It may have been sealed anew since we looked at its head.
                fresh = self._head(key)[0]
                if last or fresh is None or fresh.raw == head.raw:
                    raise
                head = fresh

    def _head(self, key: str) -> tuple[Head | None, int]:
        raw, size = self.store.head(key)
        if not sealedparts.is_head(raw):
            return None, size
        head = Head(raw, key)
        if head.size != size:
            raise vault.Unreadable
        if len(self._heads) >= self.MOST_HEADS:
            self._heads.clear()
        self._heads[key] = head
        return head, size

    def drop(self, key: str) -> None:
        """Remove `key`; nothing there is no error."""
        cache.set(f"dropped-{key}", 1, DROPPED)
        self.store.drop(key)
        self._heads.pop(key, None)

    def keys(self, before: datetime, after: str = "") -> Iterator[str]:
        """Yield the keys of what was written before a time, in order, those after the key `after`."""
        for key in self.store.keys(before, after):
            if not key.startswith(APART):
                yield key

    def note(self, key: str, text: str) -> None:
        """Write a note: as it is, because it has to be read when the database knows no key of it."""
        self.store.put(key, io.BytesIO(text.encode()))

    def notes(self, kind: str, texts: bool) -> dict[str, str]:
        """Return all notes of one kind, by their names; without `texts` they are not read."""
        found = {}
        for key in self.store.keys(datetime.max.replace(tzinfo=UTC), f"{kind}/"):
            if not key.startswith(f"{kind}/"):
                break
            with contextlib.suppress(NotFound):
                text = b"".join(self.store.read(key)).decode(errors="replace") if texts else ""
                found[key.rpartition("/")[2]] = text
        return found

    def reseal(self, key: str) -> bool:
        """Seal with the data key of now what is plain, or sealed with another; True if it was. Who reads
        it meanwhile reads on; what is dropped meanwhile does not come back."""
        head, size = self._head(key)
        if head is not None and head.key == vault.current().id:
            return False
        length = head.length if head else size
        self.store.put(key, Sealing(key, _Stream(self.read(key)), length))
        self._heads.pop(key, None)
        if cache.get(f"dropped-{key}"):
            self.store.drop(key)
        return True


class _Stream:
    """Bytes that come in pieces, to be read as from a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._held = pieces, bytearray()

    def read(self, size: int = -1) -> bytes:
        """See Readable."""
        while size < 0 or len(self._held) < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._held += piece
        size = len(self._held) if size < 0 else size
        found = bytes(self._held[:size])
        del self._held[:size]
        return found


@lru_cache(maxsize=4)
def _open(url: str, home: str, encryption: str, browser: str) -> Objects:
    return Objects(Bucket(url, encryption, browser) if url else Folder(Path(home)))


def objects() -> Objects:
    """Return the store that the settings name."""
    return _open(
        settings.EDU_S3_URL,
        str(settings.EDU_OBJECTS),
        settings.EDU_S3_ENCRYPTION,
        settings.EDU_S3_BROWSER,
    )


def bucket() -> Bucket | None:
    """Return the bucket that files are kept in; None where it is a folder."""
    store = objects().store
    return store if isinstance(store, Bucket) else None


def note_key(kind: str, name: str) -> str:
    """Return the key of a note; `name` is 32 hex digits."""
    return f"{kind}/{name[:2]}/{name}"


PAGE_WIDTHS = (700, 1400)  # pixels of the pictures of pages
SIGNS = 0  # stands for the words of a page with their places, which are no picture


def page_key(material: UUID, page: int, width: int) -> str:
    """Return the key of the picture of a page: it need not be kept in a row, nor can it be guessed."""
    mark = salted_hmac("edu.multimodal.page", f"{material}/{page}/{width}", algorithm="sha256")
    return f"page/{mark.hexdigest()[:2]}/{mark.hexdigest()[:48]}"


def page_keys(material: UUID, pages: int) -> Iterator[str]:
    """Yield the keys of all that may be kept of a material's pages: pictures, and words with places."""
    for page in range(1, pages + 1):
        for width in (*PAGE_WIDTHS, SIGNS):
            yield page_key(material, page, width)


def digest(source: Path) -> str:
    """Return the sha256 of a file, in hex."""
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep_file(kind: str, source: Path, media_type: str) -> Stored:
    """Store a file under a new key."""
    key, mark = new_key(kind), digest(source)
    objects().put(key, source)
    return Stored(key=key, media_type=media_type, bytes=source.stat().st_size, sha256=mark)


def keep(kind: str, data: bytes, media_type: str) -> Stored:
    """Store bytes under a new key."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        return keep_file(kind, Path(file.name), media_type)


def fetch(key: str) -> bytes:
    """Return all bytes under `key`; raise NotFound."""
    return b"".join(objects().read(key))


def fetch_part(key: str, start: int, end: int) -> bytes:
    """Return the bytes from `start` up to, not including, `end`; raise NotFound."""
    return b"".join(objects().read(key, start, end))


def fetch_to(key: str, target: Path) -> None:
    """Write the bytes under `key` to the file `target`; raise NotFound."""
    with target.open("wb") as file:
        for part in objects().read(key):
            file.write(part)


@contextlib.contextmanager
def on_disk(key: str) -> Iterator[Path]:
    """Give the path of a temporary file with the bytes under `key`; it is gone afterwards."""
    with tempfile.NamedTemporaryFile(prefix="edu-") as file:
        fetch_to(key, Path(file.name))
        yield Path(file.name)


def damage(key: str, sha256: str) -> str:
    """Return what is wrong with the bytes under `key`, in a sentence: they are gone, were changed, or do
    not open; "" when they have this digest."""
    digest = hashlib.sha256()
    try:
        for part in objects().read(key):
            digest.update(part)
    except NotFound:
        return "There is no such file."
    except vault.Unreadable:
        return "It was cut short or changed: it does not open."
    return "" if digest.hexdigest() == sha256 else "It is not the file that was brought."
