"""A database that is put back to an earlier state: the erased are erased again, the keys come back."""

import os
import subprocess
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from edu.common import vault
from edu.events import api as events
from edu.events.models import DataKey
from edu.gateway import keysafe
from edu.gateway.stack.postgres import Postgres
from edu.multimodal import api as multimodal
from edu.multimodal.logic import storage
from edu.orchestrator import api
from edu.orchestrator.logic import leaving
from edu.orchestrator.models import Erasure
from edu.users import api as users
from edu.users.models import User
from tests.cast import PASSWORD


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """A store of files of one's own; keys that a test made are not known to the next."""
    settings.EDU_OBJECTS = tmp_path / "objects"
    yield
    vault.forget()


@pytest.mark.django_db
def test_whoever_comes_back_is_closed_out_and_erased_again(work, learner, stranger):
    row = User.objects.get(id=learner.id)
    with work():
        api.erase_person(user=learner.id, password=PASSWORD)
    assert not users.people(users=[learner.id])
    assert api.erase_again() == 0
    row.save(force_insert=True)  # an older state of the table
    assert api.erase_again() == 1
    assert not User.objects.get(id=learner.id).is_active
    again = Erasure.objects.get(user=learner.id)
    leaving.run(again.id, timezone.now)
    assert not users.people(users=[learner.id])
    assert users.people(users=[stranger.id])
    assert learner.email not in str(multimodal.remembered(kind="erased"))


@pytest.mark.django_db
def test_keys_that_an_older_database_does_not_know_come_back(django_capture_on_commit_callbacks):
    keysafe.keep()
    with django_capture_on_commit_callbacks(execute=True):
        name = events.make_data_key()
    stored = multimodal.keep(kind="turn", data=b"said later", media_type="text/plain")
    keysafe.keep()
    secret = vault.key(name).secret
    assert secret.hex() not in str(multimodal.remembered(kind="datakey"))
    DataKey.objects.filter(id=name).delete()
    storage._open.cache_clear()
    vault.forget()
    with pytest.raises(vault.Unreadable):
        multimodal.fetch(key=stored.key)
    multimodal.remember(kind="datakey", name="f" * 32, text="not a key")
    assert keysafe.bring_back() == (1, 0)
    assert multimodal.fetch(key=stored.key) == b"said later"
    assert keysafe.bring_back() == (0, 0)
    assert stored.key in list(storage.objects().keys(timezone.now() + timedelta(days=1)))


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_a_dump_that_is_put_back_brings_nobody_back(tmp_path, learner, stranger, settings):
    about = connection.settings_dict
    address = [f"--host={about['HOST']}", f"--port={about['PORT']}", f"--username={about['USER']}"]
    environment = os.environ | {"PGPASSWORD": about["PASSWORD"]}

    def run(program, *words):
        place = Postgres(tmp_path / "none", 1, "x").programs / program
        subprocess.run([str(place), *address, *words], env=environment, check=True)

    keysafe.keep()
    run("pg_dump", "--format=custom", f"--file={tmp_path / 'dump'}", about["NAME"])
    assert learner.email.encode() in subprocess.run(
        [str(Postgres(tmp_path / "none", 1, "x").programs / "pg_restore"), str(tmp_path / "dump"), "-f-"],
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    later = events.make_data_key()
    stored = multimodal.keep(kind="turn", data=b"said later", media_type="text/plain")
    keysafe.keep()
    row = leaving.begin(User.objects.get(id=learner.id).id, timezone.now())
    leaving.run(row.id, timezone.now)
    assert not users.people(users=[learner.id])

    connection.close()
    run("pg_restore", "--clean", "--if-exists", f"--dbname={about['NAME']}", str(tmp_path / "dump"))
    vault.forget()
    assert users.people(users=[learner.id]) and not DataKey.objects.filter(id=later).exists()
    call_command("migrate", interactive=False, verbosity=0)
    assert keysafe.bring_back() == (1, 1)
    for each in leaving.due(timezone.now() + 2 * leaving.LEASE):
        leaving.run(each, timezone.now)
    assert not users.people(users=[learner.id]) and users.people(users=[stranger.id])
    assert multimodal.fetch(key=stored.key) == b"said later"
