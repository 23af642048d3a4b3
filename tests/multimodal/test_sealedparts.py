"""Objects lie sealed, are read in stretches, and show when they are not what was put there."""

import io
import os
from datetime import UTC, datetime, timedelta

import pytest

from edu.common import vault
from edu.events import api as events
from edu.events.models import DataKey
from edu.multimodal.logic import storage
from edu.multimodal.logic.sealedparts import HEAD, PART, TAG, Sealing

LATER = datetime.now(UTC) + timedelta(days=3)
WHOLE = PART + TAG
STEP = 40_000


@pytest.fixture
def objects(tmp_path, db):
    """A store in a folder; the keys that a test makes are not known to the next one."""
    yield storage.Objects(storage.Folder(tmp_path / "objects"))
    vault.forget()


def put(objects, content, tmp_path):
    """Put bytes; return their key and their file."""
    key = storage.new_key("turn")
    (tmp_path / "source").write_bytes(content)
    objects.put(key, tmp_path / "source")
    return key, objects.store._place(key)


@pytest.mark.parametrize("size", [0, 1, PART - 1, PART, PART + 1, 3 * PART, 3 * PART + 7])
def test_every_stretch_is_what_was_put(objects, tmp_path, size):
    content = os.urandom(size)
    key, file = put(objects, content, tmp_path)
    assert objects.size(key) == size
    assert file.stat().st_size == HEAD + size + TAG * max(1, -(-size // PART))
    for start in (0, 1, PART - 1, PART, 2 * PART + 5, size):
        for end in (None, 0, start, start + 1, PART, PART + 1, size - 1, size, size + 9):
            if end is None or end >= 0:
                found = b"".join(objects.read(key, start, end))
                assert found == content[start:end], (start, end)


def test_only_the_parts_that_are_needed_are_read(objects, tmp_path):
    key, file = put(objects, os.urandom(8 * PART), tmp_path)
    spoilt = bytearray(file.read_bytes())
    spoilt[HEAD + 5 * WHOLE] ^= 1
    file.write_bytes(spoilt)
    assert len(b"".join(objects.read(key, PART, 3 * PART))) == 2 * PART
    with pytest.raises(vault.Unreadable):
        b"".join(objects.read(key, 5 * PART, 5 * PART + 1))


def swapped(raw, one, two):
    """An object in which two parts changed places."""
    parts = [raw[HEAD + at * WHOLE : HEAD + (at + 1) * WHOLE] for at in range(4)]
    parts[one], parts[two] = parts[two], parts[one]
    return raw[:HEAD] + b"".join(parts)


SPOILT = {
    "cut at a part": lambda raw, other: raw[: HEAD + 3 * WHOLE],
    "cut within a part": lambda raw, other: raw[:-1],
    "cut to the head": lambda raw, other: raw[:HEAD],
    "longer": lambda raw, other: raw + b"x",
    "parts in another order": lambda raw, other: swapped(raw, 0, 1),
    "a part of another object": lambda raw, other: raw[:HEAD] + other[HEAD:],
    "another object": lambda raw, other: other,
    "cut, and the head says so": lambda raw, other: (
        raw[:48] + (3 * PART).to_bytes(8) + raw[56 : HEAD + 3 * WHOLE]
    ),
    "a bit of the head": lambda raw, other: raw[:63] + b"\1" + raw[64:],
    "of a key that nobody has": lambda raw, other: raw[:8] + bytes(16) + raw[24:],
}  # fmt: skip


@pytest.mark.parametrize("how", SPOILT)
def test_what_was_tampered_with_is_not_read(objects, tmp_path, how):
    key, file = put(objects, os.urandom(4 * PART), tmp_path)
    _other, beside = put(objects, os.urandom(4 * PART), tmp_path)
    file.write_bytes(SPOILT[how](file.read_bytes(), beside.read_bytes()))
    with pytest.raises(vault.Unreadable):
        b"".join(objects.read(key))


def test_no_word_lies_open(objects, tmp_path):
    _key, file = put(objects, b"what a learner said " * 9000, tmp_path)
    assert b"learner" not in file.read_bytes()


def test_plain_objects_of_before_are_read_and_sealed(objects, tmp_path):
    content, key = os.urandom(200_000), storage.new_key("material")
    objects.store.put(key, io.BytesIO(content))
    assert objects.size(key) == len(content)
    assert b"".join(objects.read(key, 5, 70_000)) == content[5:70_000]
    reading = objects.read(key, 5)
    first = next(reading)
    assert objects.reseal(key) and not objects.reseal(key)
    assert first + b"".join(reading) == content[5:]
    assert b"".join(objects.read(key, 5, 70_000)) == content[5:70_000]
    assert content[:64] not in objects.store._place(key).read_bytes()


def test_what_another_key_sealed_is_sealed_anew_while_it_is_read(
    objects, tmp_path, django_capture_on_commit_callbacks
):
    content = os.urandom(5 * PART)
    key, _file = put(objects, content, tmp_path)
    reading = objects.read(key)
    found = next(reading)
    with django_capture_on_commit_callbacks(execute=True):
        name = events.make_data_key()
    assert objects.reseal(key)
    assert objects.store.head(key)[0][8:24].hex() == name
    assert found + b"".join(reading) == content == b"".join(objects.read(key))
    assert DataKey.objects.count() >= 2


def test_what_is_dropped_while_it_is_sealed_anew_does_not_come_back(objects, tmp_path):
    key = storage.new_key("turn")
    objects.store.put(key, io.BytesIO(b"x" * 100))
    put_back = objects.store.put

    def slow(name, source):
        """Write when the object is gone already."""
        objects.drop(name)
        put_back(name, source)

    objects.store.put = slow
    objects.reseal(key)
    objects.store.put = put_back
    assert key not in list(objects.keys(LATER))


def test_keys_come_in_order_from_any_on(objects, tmp_path):
    keys = sorted(put(objects, b"x", tmp_path)[0] for _ in range(9))
    assert list(objects.keys(LATER)) == keys
    assert [list(objects.keys(LATER, each)) for each in keys] == [
        keys[at + 1 :] for at in range(len(keys))
    ]


def test_sealing_reads_like_a_file(db):
    content = os.urandom(2 * PART + 3)
    one = Sealing("turn/ab/x", io.BytesIO(content), len(content))
    pieces = []
    while piece := one.read(STEP):
        assert len(piece) <= STEP
        pieces.append(piece)
    assert len(b"".join(pieces)) == HEAD + len(content) + 3 * TAG
    with pytest.raises(OSError, match="changed"):
        Sealing("turn/ab/x", io.BytesIO(content), len(content) + 1).read()
