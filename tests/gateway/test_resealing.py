"""What people say lies sealed in the tables, each value in its place, and is sealed anew by workers."""

import io
import json
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialApp
from cryptography.fernet import Fernet
from django.core.cache import cache
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.utils import timezone

from edu.common import sealedfields, vault
from edu.common.ids import new_id
from edu.events import api as events
from edu.events.models import DataKey
from edu.gateway import resealing
from edu.gateway.models import Once, Webhook
from edu.multimodal.logic import storage
from edu.orchestrator.models import Session, Turn, TurnMessage
from edu.users.logic import borrowed
from edu.users.models import User

NOW = timezone.now()
SAID = "What is osmosis, for a pupil?"


@pytest.fixture(autouse=True)
def keys(db, settings, tmp_path):
    """What a test does with keys is its own."""
    settings.EDU_OBJECTS = tmp_path / "objects"
    cache.delete(resealing.LOCK)
    yield
    vault.forget()


@pytest.fixture
def turn():
    """A turn of a session, as they are written."""
    return made()


def made(**more):
    """Write a session with one turn."""
    session = Session.objects.create(
        user=new_id(), course=new_id(), status="open", title=SAID, created_at=NOW, updated_at=NOW
    )
    values = {"text": SAID, "notebook": {"a": {"b": ["é", None]}}, "sentences": ["One.", "Two."]}
    return Turn.objects.create(
        session=session, user=session.user, course=session.course, ordinal=1, created_at=NOW,
        **values | more,
    )  # fmt: skip


def raw(row, column):
    """A column of a row as it lies in the table."""
    table = row._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [row.pk])  # noqa: S608
        return cursor.fetchone()[0]


def put(row, column, value):
    """Write a column behind the back of the rows."""
    with connection.cursor() as cursor:
        table = row._meta.db_table
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, row.pk])  # noqa: S608


def test_it_lies_sealed_and_is_read_as_it_was_written(turn):
    for column in ("text", "notebook", "sentences"):
        assert str(raw(turn, column)).strip('"').startswith(vault.PREFIX), column
    found = Turn.objects.select_related("session").get(id=turn.id)
    assert (found.text, found.sentences) == (SAID, ["One.", "Two."])
    assert found.notebook == {"a": {"b": ["é", None]}}
    assert found.session.title == SAID
    assert (found.answer, found.citations, found.heard, found.question) == ("", [], None, None)
    assert Turn.objects.only("id").get(id=turn.id).text == SAID
    found.refresh_from_db()
    found.save()
    assert Turn.objects.get(id=turn.id).text == SAID


def test_a_value_that_was_moved_to_another_row_or_column_is_not_read(turn):
    other = made(text="mine", heard="heard")
    put(other, "text", raw(turn, "text"))
    put(other, "heard", raw(turn, "text"))
    moved = Turn.objects.get(id=other.id)
    for column in ("text", "heard"):
        with pytest.raises(vault.Unreadable):
            getattr(moved, column)
    put(other, "text", raw(other, "text")[:-8])
    with pytest.raises(vault.Unreadable):
        Turn.objects.get(id=other.id).text  # noqa: B018  (reading it opens it)


def test_nothing_plain_slips_by_and_nothing_is_looked_for_in_vain(turn):
    mine = Turn.objects.filter(id=turn.id)
    for write in (
        lambda: mine.update(text="plain"),
        lambda: mine.update(notebook={"plain": 1}),
        lambda: Turn.objects.bulk_update([turn], ["text"]),
        lambda: Turn.objects.filter(text="plain").exists(),
        lambda: Turn.objects.filter(text__icontains="plain").exists(),
    ):
        with pytest.raises((TypeError, FieldError)), transaction.atomic():
            write()
    with pytest.raises(FieldError):
        list(Turn.objects.values_list("notebook__a"))
    changes = {"text": "new", "notebook": {}, "answer": "", "progress": 0.5}
    assert mine.update(**sealedfields.all_sealed_for(Turn, turn.id, changes)) == 1
    found = mine.get()
    assert (found.text, found.notebook, found.progress) == ("new", {}, 0.5)
    rows = [
        TurnMessage(turn=turn, seq=at, type="token", payload={"text": str(at)}) for at in (1, 2)
    ]
    TurnMessage.objects.bulk_create(rows)
    assert [each.payload["text"] for each in turn.messages.order_by("seq")] == ["1", "2"]


def old(seconds):
    """Let the newest key be made some time ago."""
    newest = DataKey.objects.order_by("-created_at").first()
    newest.created_at = timezone.now() - timedelta(seconds=seconds)
    newest.save()


def test_rows_and_files_of_before_are_read_and_then_sealed(turn, tmp_path):
    put(turn, "text", SAID)
    put(turn, "notebook", json.dumps({"plain": True}))
    key = storage.new_key("turn")
    storage.objects().store.put(key, io.BytesIO(b"a recording"))
    found = Turn.objects.get(id=turn.id)
    assert (found.text, found.notebook) == (SAID, {"plain": True})
    assert storage.fetch(key) == b"a recording"

    old(0)
    assert resealing.run() and raw(turn, "text") == SAID  # some process may not know the key yet
    old(3 * vault.REFRESH)
    assert resealing.run() and events.data_keys()[0].done_at
    assert raw(turn, "text").startswith(vault.PREFIX)
    assert b"recording" not in storage.objects().store._place(key).read_bytes()
    found = Turn.objects.get(id=turn.id)
    assert (found.text, found.notebook) == (SAID, {"plain": True})
    assert storage.fetch(key) == b"a recording"


def test_a_new_key_takes_over_step_by_step(turn, django_capture_on_commit_callbacks):
    spoilt = made()
    put(spoilt, "text", raw(turn, "text"))
    with django_capture_on_commit_callbacks(execute=True):
        name = events.make_data_key()
    assert vault.key_of(raw(turn, "text")) != name
    old(-1)
    DataKey.objects.exclude(id=name).update(created_at=NOW - timedelta(days=9))
    old(3 * vault.REFRESH)
    assert not resealing.run(seconds=-1)  # no time for one step: stopped, and gone on from
    assert resealing.run()
    assert vault.key_of(raw(turn, "text")) == vault.key_of(raw(turn.session, "title")) == name
    assert vault.key_of(raw(spoilt, "text")) != name  # what does not open stays as it is
    assert Turn.objects.get(id=turn.id).text == SAID
    assert DataKey.objects.get(id=name).progress["orchestrator.turn"] is None
    assert resealing.run()


def test_secrets_of_the_gateway_from_before_still_open(settings):
    import base64
    import hmac

    digest = hmac.digest(settings.SECRET_KEY.encode(), b"edu.gateway.webhooks", "sha256")
    sealed = Fernet(base64.urlsafe_b64encode(digest)).encrypt(b"k" * 32)
    row = Webhook.objects.create(
        user=new_id(), url="https://a.example", secret=b"x", events=[], created_at=NOW
    )
    put(row, "secret", sealed)
    assert Webhook.objects.get(id=row.id).secret == b"k" * 32
    sealedfields.reseal(Webhook, "")
    assert bytes(raw(row, "secret")).startswith(vault.PREFIX.encode())
    assert Webhook.objects.get(id=row.id).secret == b"k" * 32
    once = Once.objects.create(person="a", path="/", key="k", fingerprint="", started_at=NOW)
    assert Once.objects.get(id=once.id).body == b""


def test_secrets_of_second_steps_and_accounts_elsewhere_lie_sealed(settings, learner, stranger):
    import base64
    import hashlib

    row = Authenticator.objects.create(
        user_id=learner.id, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"}
    )
    assert row.data["secret"] == "JBSWY3DPEHPK3PXP"
    assert raw(row, "data::text")[12:].strip('"').startswith(vault.PREFIX)
    assert Authenticator.objects.get(pk=row.pk).data["secret"] == "JBSWY3DPEHPK3PXP"
    digest = hashlib.sha256(b"second-steps:" + settings.SECRET_KEY.encode()).digest()
    sealed = Fernet(base64.urlsafe_b64encode(digest)).encrypt(b"OLDSECRET").decode()
    put(row, "data", json.dumps({"secret": sealed}))
    borrowed.reseal(Authenticator, "")
    assert "gAAAA" not in raw(row, "data::text")
    assert Authenticator.objects.get(pk=row.pk).data["secret"] == "OLDSECRET"
    stolen = Authenticator.objects.create(
        user=User.objects.get(id=stranger.id), type="totp", data={}
    )
    put(stolen, "data", raw(row, "data::text"))
    assert Authenticator.objects.get(pk=stolen.pk).data["secret"] != "OLDSECRET"

    app = SocialApp.objects.create(
        provider="openid_connect", provider_id="school", name="School", client_id="edu",
        secret="s" * 190, settings={"server_url": "https://id.example"},
    )  # fmt: skip
    assert raw(app, "secret") == "" and "sss" not in raw(app, "settings::text")
    found = SocialApp.objects.get(pk=app.pk)
    assert found.secret == "s" * 190 and found.settings == {"server_url": "https://id.example"}


def test_the_command_rotates_wraps_and_seals(
    settings, turn, capsys, django_capture_on_commit_callbacks
):
    def said(*words):
        with django_capture_on_commit_callbacks(execute=True):
            call_command("data_keys", *words)
        return capsys.readouterr().out

    first = vault.current().id
    assert "A new key seals" in said("rotate")
    assert vault.current().id != first
    settings.EDU_MASTER_KEYS = ["another-master-key-0123456789-abcdef", *settings.EDU_MASTER_KEYS]
    assert "data_keys rewrap" in said()
    assert "wrapped anew" in said("rewrap")
    old(3 * vault.REFRESH)
    DataKey.objects.filter(id=first).update(created_at=NOW - timedelta(days=9))
    assert "All is sealed" in said("reseal")
    settings.EDU_MASTER_KEYS = ["a-wrong-master-key-0123456789-abcdef"]
    with pytest.raises(CommandError, match="EDU_MASTER_KEY_OLD"):
        said()
