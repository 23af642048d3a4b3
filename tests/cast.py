"""The cast of all stories: a teacher, a learner of her course, and a stranger to it.

`client_of(person)` is a browser that is signed in, `api_of(person)` a program with a token.
"""

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from rest_framework.test import APIClient

from edu.courses import api as courses
from edu.users import api as users

PASSWORD = "violet-harbour-41-lantern"


class Program(APIClient):
    """A program that speaks JSON to /api/v1/."""

    default_format = "json"


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Hash passwords fast: a story does not wait for argon2. The tests of sign-in set it back."""
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]


@pytest.fixture(autouse=True)
def fresh_counts(quick_passwords):
    """No test inherits another one's failures, limits or stored answers."""
    cache.clear()


def sign_up(name):
    """Make an account for one of the cast."""
    email = f"{name.lower()}@example.org"
    return users.register(email=email, password=PASSWORD, display_name=name)


@pytest.fixture
def teacher(db):
    """She made the course."""
    return sign_up("Tamara")


@pytest.fixture
def learner(db):
    """He is in the course."""
    return sign_up("Levko")


@pytest.fixture
def stranger(db):
    """She has an account and nothing to do with the course."""
    return sign_up("Sonja")


@pytest.fixture
def course(teacher, learner):
    """The teacher's course (as she sees it), with the learner in it."""
    made = courses.create_course(user=teacher.id, title="Cells", description="How cells live.")
    courses.join(user=learner.id, join_code=made.join_code)
    return made


@pytest.fixture
def client_of():
    """A function: person -> a browser in which that person is signed in (None: nobody is)."""

    def make(person=None):
        client = Client()
        if person is not None:
            client.force_login(get_user_model().objects.get(id=person.id))
        return client

    return make


@pytest.fixture
def api_of():
    """A function: person -> a program with that person's access token (None: without one)."""

    def make(person=None):
        program = Program()
        if person is not None:
            tokens = users.issue_tokens(email=person.email, password=PASSWORD)
            program.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens.access}")
        return program

    return make
