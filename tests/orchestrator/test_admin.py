"""Staff read sessions, turns and the run log; nobody changes them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from edu.agents.models import AgentRun
from edu.orchestrator.models import Session, Turn
from edu.users import api as users
from edu.users.models import AuditRecord
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
LISTS = ["/admin/orchestrator/session/", "/admin/orchestrator/turn/", "/admin/agents/agentrun/"]


@pytest.fixture
def staff(client_of):
    person = users.make_admin(email="ada@example.org", password=PASSWORD, display_name="Ada")
    return client_of(person)


@pytest.mark.parametrize("url", LISTS)
def test_lists_take_few_queries_however_many_rows(staff, ask, url, no_chat):
    for text in ("What is osmosis?", "What is diffusion?", "hello"):
        ask(text)
    staff.get(url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert staff.get(url).status_code == 200
    assert len(queries) <= 15


@pytest.mark.parametrize("url", LISTS)
def test_nothing_is_added_changed_or_deleted(staff, ask, url, no_chat):
    ask("What is osmosis?")
    assert staff.get(f"{url}add/").status_code == 403
    model = {"session": Session, "turn": Turn, "agentrun": AgentRun}[url.strip("/").split("/")[-1]]
    row = model.objects.first()
    page = staff.get(f"{url}{row.pk}/change/")
    assert page.status_code == 200
    assert b'name="_save"' not in page.content
    assert staff.post(f"{url}{row.pk}/delete/", {"post": "yes"}).status_code == 403


def test_rows_are_found_by_id_and_person_and_never_show_words(staff, ask, learner, no_chat):
    turn = ask("What is osmosis?")
    for term in (turn.id, learner.email):
        page = staff.get("/admin/orchestrator/turn/", {"q": term}).content
        assert turn.id.encode() in page
        assert b"osmosis" not in page
    for term in ("osmosis", "no@body.example", "sealed1"):
        assert b"0 results" in staff.get("/admin/orchestrator/turn/", {"q": term}).content
    log = staff.get("/admin/agents/agentrun/", {"q": turn.id})
    assert b"understand" in log.content


def test_words_are_for_whom_a_role_names_and_each_look_is_written_down(
    staff, ask, learner, no_chat
):
    turn = ask("What is osmosis?")
    pages = [f"/admin/orchestrator/turn/{turn.id}/change/"]
    pages += [f"/admin/orchestrator/session/{turn.session}/change/"]
    for page in pages:
        assert b"osmosis" not in staff.get(page).content
    assert not AuditRecord.objects.filter(action="talks-seen").exists()
    users.set_site_role(role="admin", permissions=["administer", "read_conversations"])
    for page in pages:
        assert b"osmosis" in staff.get(page).content
    told = [each.action for each in users.history(user=learner.id).items]
    assert told.count("talks-seen") == 2


def test_filters_work_and_bad_ones_do_no_harm(staff, ask, no_chat):
    ask("What is osmosis?")
    for url in (
        "/admin/orchestrator/turn/?status=ready",
        "/admin/orchestrator/turn/?status=nonsense",
        "/admin/orchestrator/session/?mode=tutor",
        "/admin/agents/agentrun/?agent=tutor&status=done",
    ):
        assert staff.get(url).status_code == 200
