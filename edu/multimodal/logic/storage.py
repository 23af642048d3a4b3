"""Where the bytes are: a folder, or a bucket that speaks S3. Both sides of one small interface, and what
lies there is sealed (see sealedparts.py) whichever it is.

Keys are made here, at random: they tell nothing, cannot be guessed, and no word of a user is in them.
"""

import contextlib
import hashlib
import io
import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from edu.common import vault
from edu.common.environment import BadSetting
from edu.common.errors import NotFound, Unavailable
from edu.common.text import gettext_noop as _
from edu.multimodal.data import Stored
from edu.multimodal.logic import sealedparts
from edu.multimodal.logic.sealedparts import HEAD, Head, Sealing

PART = 1 << 18
NOTES = ("datakey/", "erased/")  # kinds of what is no file of anybody
DROPPED = 3600  # seconds for which what is being sealed anew remembers that it was dropped
_KEY = re.compile(r"[a-z]{1,20}/[A-Za-z0-9_-]{2}/[A-Za-z0-9_-]{20,60}")


class StoreDown(Unavailable):
    """The object store does not answer."""

    detail = _("The store of files does not answer. Try again in a moment.")


class Readable(Protocol):
    """What bytes are read from, one after the other."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most so many bytes more; b"" at the end."""


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


def _checked(key: str) -> str:
    """Return `key` if it can be one of ours: a row that was tampered with leads nowhere."""
    if not _KEY.fullmatch(key):
        raise NotFound
    return key


class Folder:
    """Objects as files under one folder, written beside their place and moved into it."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def _place(self, key: str) -> Path:
        return self.home / _checked(key)

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


class Bucket:
    """Objects in a bucket of any server that speaks S3."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.bucket = parts.path.strip("/")
        if parts.scheme != "s3" or not parts.hostname or not self.bucket or not parts.username:
            raise BadSetting(
                "EDU_S3_URL does not name a bucket. "
                "Use EDU_S3_URL=s3://key:secret@host:port/bucket?region=us-east-1&tls=1"
            )
        more = {name: values[0] for name, values in parse_qs(parts.query).items()}
        import boto3
        from botocore.config import Config

        place = parts.netloc.rpartition("@")[2]
        scheme = "http" if more.get("tls") in ("0", "false", "no") else "https"
        self.client: Any = boto3.client(
            "s3",
            endpoint_url=f"{scheme}://{place}",
            aws_access_key_id=unquote(parts.username),
            aws_secret_access_key=unquote(parts.password or ""),
            region_name=more.get("region", "us-east-1"),
            config=Config(
                retries={"max_attempts": 3, "mode": "standard"},
                connect_timeout=5,
                read_timeout=60,
                s3={"addressing_style": "path"},
            ),
        )

    def _call(self, name: str, **arguments: Any) -> Any:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            return getattr(self.client, name)(Bucket=self.bucket, **arguments)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in ("404", "NoSuchKey", "NotFound"):
                raise NotFound from None
            raise StoreDown from error
        except BotoCoreError as error:
            raise StoreDown from error

    def put(self, key: str, source: Readable) -> None:
        """See Store. Large files go in several parts; boto3 sees to that."""
        from boto3.exceptions import Boto3Error
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            self.client.upload_fileobj(source, self.bucket, _checked(key))
        except (Boto3Error, BotoCoreError, ClientError) as error:
            raise StoreDown from error

    def head(self, key: str) -> tuple[bytes, int]:
        """See Store."""
        found = self._call("get_object", Key=_checked(key), Range=f"bytes=0-{HEAD - 1}")
        raw = bytes(found["Body"].read())
        told = str(found.get("ContentRange", "")).rpartition("/")[2]
        return raw, int(told) if told.isdigit() else len(raw)

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """See Store."""
        if end is not None and end <= start:
            return iter(())
        last = "" if end is None else str(end - 1)
        span = {"Range": f"bytes={start}-{last}"} if start or end is not None else {}
        body = self._call("get_object", Key=_checked(key), **span)["Body"]
        return iter(body.iter_chunks(PART))

    def drop(self, key: str) -> None:
        """See Store."""
        self._call("delete_object", Key=_checked(key))

    def keys(self, before: datetime, after: str = "") -> Iterator[str]:
        """See Store."""
        onward = {"StartAfter": after} if after else {}
        while True:
            page = self._call("list_objects_v2", **onward)
            for entry in page.get("Contents", []):
                if entry["LastModified"] < before:
                    yield str(entry["Key"])
            if not page.get("IsTruncated"):
                return
            onward = {"ContinuationToken": page["NextContinuationToken"]}


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
            if not key.startswith(NOTES):
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
def _open(url: str, home: str) -> Objects:
    return Objects(Bucket(url) if url else Folder(Path(home)))


def objects() -> Objects:
    """Return the store that the settings name."""
    return _open(settings.EDU_S3_URL, str(settings.EDU_OBJECTS))


def new_key(kind: str) -> str:
    """Return a key that nobody can guess; `kind` is a word of ours, such as "material"."""
    mark = secrets.token_urlsafe(24)
    return f"{kind}/{mark[:2]}/{mark}"


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
