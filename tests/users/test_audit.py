"""The audit trail: what is written, and that nobody changes it."""

import threading
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from edu.users import api
from edu.users.data import AUDITED, BadToken
from edu.users.logic import resets
from edu.users.models import AuditRecord, User
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def actions(person):
    return [each.action for each in api.history(user=person.id).items]


def test_it_tells_of_sign_ins_passwords_and_blocks(client_of, learner, teacher):
    api.issue_tokens(email=learner.email, password=PASSWORD, address="192.0.2.7")
    client_of(learner)
    api.change_password(user=learner.id, old=PASSWORD, new="another-lantern-7-violet")
    api.set_active(users=[learner.id], active=False, by=teacher.id)
    assert actions(learner) == ["blocked", "password", "sign-in", "sign-in"]
    assert "sign-in" not in actions(teacher)
    latest = api.history(user=learner.id).items
    assert latest[0].actor == teacher.id
    assert latest[0].actor_name == teacher.display_name
    assert latest[-1].detail == {"for": "program", "address": "192.0.2.7"}
    assert {each.action for each in latest} <= set(AUDITED)


def test_a_forgotten_password_is_told(learner):
    row = User.objects.get(id=learner.id)
    key = resets.link(row).rstrip("/").rpartition("/")[2]
    api.reset_password(key=key, new="another-lantern-7-violet")
    assert actions(learner) == ["password"]


def test_a_refresh_token_that_comes_twice_is_told(learner):
    first = api.issue_tokens(email=learner.email, password=PASSWORD)
    api.refresh_tokens(refresh=first.refresh)
    for _each in range(2):
        with pytest.raises(BadToken):
            api.refresh_tokens(refresh=first.refresh)
    assert actions(learner).count("family-killed") == 1


def test_no_record_can_be_changed_or_taken_out(learner):
    number = api.audit(action="password", about=learner.id)
    for change in (
        lambda: AuditRecord.objects.filter(number=number).update(action="sign-in"),
        lambda: AuditRecord.objects.all().delete(),
        lambda: connection.cursor().execute("DELETE FROM users_auditrecord"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert AuditRecord.objects.get(number=number).action == "password"


def past_the_trigger(statement):
    """What somebody could do who owns the database."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE users_auditrecord DISABLE TRIGGER append_only")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE users_auditrecord ENABLE TRIGGER append_only")


@pytest.mark.parametrize(
    "statement",
    [
        'UPDATE users_auditrecord SET detail = \'{"address": "elsewhere"}\' WHERE number = 2',
        "UPDATE users_auditrecord SET at = at + interval '1 day' WHERE number = 2",
        "UPDATE users_auditrecord SET about = NULL WHERE number = 2",
        "DELETE FROM users_auditrecord WHERE number = 2",
        "DELETE FROM users_auditrecord WHERE number = 1",
    ],
)
def test_the_chain_shows_what_was_done_past_the_trigger(learner, capsys, statement):
    for each in range(4):
        api.audit(action="sign-in", by=learner.id, about=learner.id, detail={"n": each, "ü": "ß"})
    call_command("check_audit")
    assert "4 records" in capsys.readouterr().out
    past_the_trigger(statement)
    assert api.check_audit().broken in (1, 2)
    with pytest.raises(CommandError):
        call_command("check_audit")


def test_the_end_cannot_be_cut_off_unseen(learner):
    for _each in range(3):
        api.audit(action="sign-in", about=learner.id)
    noted = api.check_audit()
    past_the_trigger("DELETE FROM users_auditrecord WHERE number = 3")
    now = api.check_audit()
    assert (now.broken, now.count) == (None, 2)
    assert now.digest != noted.digest


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_chain(learner):
    start = threading.Barrier(6)

    def go():
        start.wait()
        for _each in range(5):
            api.audit(action="sign-in", about=learner.id)
        connection.close()

    threads = [threading.Thread(target=go) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert (api.check_audit().broken, api.check_audit().count) == (None, 30)


def test_what_is_rolled_back_leaves_no_record(learner):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        api.audit(action="password", about=learner.id)
        raise ZeroDivisionError
    assert actions(learner) == []


def test_times_are_kept_whole(learner):
    before = datetime.now(UTC)
    api.audit(action="password", about=learner.id)
    assert before <= api.history(user=learner.id).items[0].at <= datetime.now(UTC)


def test_people_read_their_own(client_of, learner, stranger, teacher):
    api.audit(action="blocked", by=teacher.id, about=learner.id)
    page = client_of(learner).get("/profile/history/").content.decode()
    assert "The account was blocked" in page
    assert teacher.display_name in page
    assert (
        "The account was blocked"
        not in client_of(stranger).get("/profile/history/").content.decode()
    )
    assert client_of().get("/profile/history/").status_code == 302
