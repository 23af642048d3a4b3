"""Data keys: made once, wrapped by the master key, taken over by the next one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from edu.common import vault
from edu.events import api
from edu.events.data import WrongMasterKey
from edu.events.models import DataKey

OLD, NEW = "the-master-key-of-before-0123456789", "the-master-key-of-now-0123456789abc"


@pytest.fixture(autouse=True)
def keys(db, settings):
    """One data key, wrapped by OLD; other tests know nothing of it."""
    DataKey.objects.all().delete()
    settings.EDU_MASTER_KEYS = [OLD]
    api.ensure_data_key()
    yield
    vault.forget()


def test_the_first_key_is_made_once():
    first = api.data_keys()
    api.ensure_data_key()
    assert api.data_keys() == first and len(first) == 1
    assert first[0].wrapped_by_current and first[0].done_at is None


def test_no_secret_lies_open_in_the_table():
    secret = vault.current().secret
    assert secret not in bytes(DataKey.objects.get().wrapped)


@pytest.mark.parametrize("given", [[NEW], ["x" * 32, NEW]])
def test_a_wrong_master_key_is_named(settings, given):
    settings.EDU_MASTER_KEYS = given
    for asked in (api.ensure_data_key, api.check_data_keys, api.rewrap_data_keys, vault.current):
        with pytest.raises(WrongMasterKey) as told:
            vault.forget()
            asked()
        assert "EDU_MASTER_KEY " in told.value.detail and "EDU_MASTER_KEY_OLD" in told.value.detail


def test_a_wrapped_key_that_was_put_in_the_row_of_another_does_not_open(settings):
    other = DataKey(wrapped=DataKey.objects.get().wrapped, created_at=timezone.now())
    other.master = DataKey.objects.get().master
    other.save()
    with pytest.raises(WrongMasterKey):
        api.check_data_keys()


def test_a_new_master_key_takes_over(settings):
    closed = vault.seal("words", "here")
    settings.EDU_MASTER_KEYS = [NEW, OLD]
    assert [each.wrapped_by_current for each in api.data_keys()] == [False]
    assert (api.rewrap_data_keys(), api.rewrap_data_keys()) == (1, 0)
    settings.EDU_MASTER_KEYS = [NEW]
    vault.forget()
    assert vault.unseal(closed, "here") == "words"


def test_a_new_data_key_seals_and_the_old_one_still_opens(
    django_capture_on_commit_callbacks,
):
    closed = vault.seal("words", "here")
    with django_capture_on_commit_callbacks(execute=True):
        name = api.make_data_key()
    assert vault.key_of(vault.seal("new", "here")) == name != vault.key_of(closed)
    assert vault.unseal(closed, "here") == "words"


def test_progress_waits_until_no_process_seals_with_the_key_before():
    assert api.sealing_progress() is None
    DataKey.objects.update(created_at=timezone.now() - vault_settles())
    assert api.sealing_progress() == {}
    api.note_sealing(place="a.table", at="17")
    api.note_sealing(place="b.table", at=None)
    assert api.sealing_progress() == {"a.table": "17", "b.table": None}
    api.finish_sealing()
    assert api.sealing_progress() is None and api.data_keys()[0].done_at


def vault_settles():
    """Longer than any process goes by what it read of the keys."""
    return timedelta(seconds=3 * vault.REFRESH)
