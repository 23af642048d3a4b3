"""What is sealed opens with its key, in its place, and nowhere else."""

import pytest

from edu.common import vault


@pytest.fixture
def keys():
    """Two data keys, of which the second seals."""
    known = [vault.Key("b" * 32, b"2" * 32), vault.Key("a" * 32, b"1" * 32)]
    before = vault._load
    vault.provide(lambda: known)
    vault.forget()
    yield known
    vault.provide(before)
    vault.forget()


@pytest.mark.parametrize("text", ["a", "Grüße 学生 \x01", "sealed1.", "x" * 100_000])
def test_what_is_sealed_opens_again(keys, text):
    closed = vault.seal(text, "table/column/1")
    assert vault.is_sealed(closed) and text[:1000] not in closed.replace("sealed1.", "") * (
        len(text) > 1
    )
    assert vault.unseal(closed, "table/column/1") == text
    assert vault.seal(text, "table/column/1") != closed


def test_a_value_that_was_moved_does_not_open(keys):
    closed = vault.seal("mine", "table/column/1")
    for place in ("table/column/2", "table/other/1", "other/column/1"):
        with pytest.raises(vault.Unreadable):
            vault.unseal(closed, place)


def test_a_value_that_was_changed_does_not_open(keys):
    closed = vault.seal_bytes(b"mine", "here")
    changed = [
        bytes([*closed[:at], closed[at] ^ 1, *closed[at + 1 :]]) for at in range(len(closed))
    ]
    for each in (*changed, closed[:-1], closed[:41], b"", closed + b"x"):
        with pytest.raises(vault.Unreadable):
            vault.open_bytes(each, "here")
    with pytest.raises(vault.Unreadable):
        vault.unseal(vault.seal("a", "here")[:-2] + "*", "here")


def test_keys_take_over_from_each_other(keys):
    first = vault.seal("old", "here")
    keys.insert(0, vault.Key("c" * 32, b"3" * 32))
    vault.forget()
    second = vault.seal("new", "here")
    assert (vault.key_of(first), vault.key_of(second)) == ("b" * 32, "c" * 32)
    assert vault.unseal(first, "here") == "old" and vault.unseal(second, "here") == "new"
    del keys[1]
    vault.forget()
    with pytest.raises(vault.Unreadable):
        vault.unseal(first, "here")


def test_a_key_that_another_process_made_is_looked_for_once(keys):
    keys.insert(0, vault.Key("c" * 32, b"3" * 32))
    vault.forget()
    closed = vault.seal("new", "here")
    vault.provide(lambda: keys[1:])
    vault.forget()
    vault.current()
    vault.provide(lambda: keys)
    assert vault.unseal(closed, "here") == "new"
