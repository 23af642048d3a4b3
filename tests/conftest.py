"""Every test runs on a real PostgreSQL and a real Valkey, started here before Django wakes up."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from edu.gateway.stack.children import free_port
from edu.gateway.stack.postgres import Postgres
from edu.gateway.stack.valkey import Valkey


def _stores() -> None:
    home = Path(tempfile.mkdtemp(prefix="edu-test-"))
    home.chmod(0o755)
    postgres = Postgres(home / "postgres", free_port(), "test", fast=True)
    valkey = Valkey(home / "valkey", free_port(), "test", fast=True)
    postgres.start()
    valkey.start()

    def stop() -> None:
        postgres.child.halt()
        valkey.child.halt()
        shutil.rmtree(home, ignore_errors=True)

    atexit.register(stop)
    os.environ |= {
        # Named here and not in pyproject.toml: the settings may be read only now.
        "DJANGO_SETTINGS_MODULE": "edu.settings",
        "EDU_TESTING": "1",
        "EDU_DATA": str(home),
        "DATABASE_URL": postgres.url,
        "REDIS_URL": valkey.url,
        "CELERY_BROKER_URL": valkey.url,
        **{f"EDU_{kind}_URL": "echo" for kind in ("MODEL", "EMBED", "SEE", "HEAR", "SPEAK")},
    }


_stores()

import django  # noqa: E402

import edu.celery  # noqa: E402,F401  (binds the shared tasks)

django.setup()

import pytest  # noqa: E402

from tests.cast import (  # noqa: E402,F401
    api_of,
    client_of,
    course,
    fresh_counts,
    learner,
    quick_passwords,
    stranger,
    teacher,
)
from tests.house.guard import watch  # noqa: E402


def pytest_configure(config):
    """Let the workers of xdist read the settings after this file: they inherit what stands in the
    environment, and would all go by the stores of this process."""
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)


@pytest.fixture
def work(settings, django_capture_on_commit_callbacks):
    """Run what a test does with its Celery tasks done at once: `with work(): api.something(...)`.

    Tasks enqueue others on commit; each layer runs when the one above it is done.
    """
    from edu.celery import app

    before = app.conf.task_always_eager
    app.conf.task_always_eager = True
    yield lambda: django_capture_on_commit_callbacks(execute=True)
    app.conf.task_always_eager = before


@pytest.fixture(autouse=True)
def one_app_per_transaction(request):
    """Whatever a test does with the database: no transaction writes the tables of two apps."""
    marker, names = request.node.get_closest_marker("django_db"), request.fixturenames
    if not marker and not {"db", "transactional_db"} & set(names):
        yield
        return
    over = bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in names
    request.getfixturevalue("transactional_db" if over else "db")
    with watch():
        yield
