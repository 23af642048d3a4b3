"""manage.py set_password and make_admin."""

import io

import pytest
from django.core.management import CommandError, call_command

from edu.users import api
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def run(*words):
    said = io.StringIO()
    call_command(*words, stdout=said)
    return said.getvalue()


def test_a_lost_password_is_replaced_by_a_random_one(learner):
    said = run("set_password", learner.email)
    password = said.rsplit(" ", 1)[1].strip()
    assert api.sign_in(email=learner.email, password=password).id == learner.id


def test_a_given_password_is_not_printed(learner):
    said = run("set_password", learner.email, "--password", "another-lantern-7")
    assert "lantern" not in said
    api.sign_in(email=learner.email, password="another-lantern-7")


def test_it_names_what_is_wrong(learner):
    with pytest.raises(CommandError, match="No account"):
        run("set_password", "nobody@example.org")
    with pytest.raises(CommandError, match="too short"):
        run("set_password", learner.email, "--password", "short")


def test_an_account_becomes_an_admin(learner):
    assert "password" not in run("make_admin", learner.email)
    assert api.person(user=learner.id).roles == ["learner", "admin"]
    api.sign_in(email=learner.email, password=PASSWORD)


def test_an_admin_is_made_with_a_password_that_is_shown_once():
    said = run("make_admin", "root@example.org")
    password = said.rsplit(" ", 1)[1].strip()
    assert api.sign_in(email="root@example.org", password=password).roles == ["learner", "admin"]
    with pytest.raises(CommandError, match="not an e-mail address"):
        run("make_admin", "root")
