"""Who may open which WebSocket: the rows of matrix.py for what is not in the URL table of pages."""

from datetime import timedelta

import pytest
from channels.auth import AuthMiddlewareStack
from channels.routing import URLRouter
from django.contrib.auth import get_user_model
from django.utils import timezone

from edu.courses import api as courses
from edu.gateway.urls import brought
from edu.orchestrator import api as orchestrator
from edu.users import api as users
from edu.users.data import SCOPES
from edu.users.logic import access
from edu.users.models import TokenFamily
from tests.cast import PASSWORD, sign_up
from tests.gateway.world import NOWHERE
from tests.house import matrix
from tests.house.people import BLOCKED, EXPIRED, LEARNER, LEFT, OTHER_LEARNER, TEACHER, WRONG_SCOPE
from tests.orchestrator.lines import Line

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = (4401, 4403, 4404)
PATHS = [str(each.pattern) for each in brought("websocket")]


def token(person):
    return users.issue_tokens(email=person.email, password=PASSWORD).access


def late(person):
    family = TokenFamily.objects.filter(user_id=person.id).latest("id")
    return access.make(family.user_id, family.id, timezone.now() - timedelta(days=1))


def limited(person):
    scopes = [each for each in SCOPES if not each.startswith("learning:")]
    return users.make_token(user=person.id, name="Script", scopes=scopes, days=1).token


@pytest.fixture
def lines(teacher, learner, stranger, course):
    """who -> (their token, the session that they ask for)."""
    gone, barred = sign_up("Gerda"), sign_up("Bruno")
    found = {}
    for person in (gone, barred):
        courses.join(user=person.id, join_code=course.join_code)
    places = {
        each.id: orchestrator.start_session(user=each.id, course=course.id).id
        for each in (learner, gone, barred)
    }
    mine = places[learner.id]
    for who, person in ((LEARNER, learner), (TEACHER, teacher), (OTHER_LEARNER, stranger)):
        found[who] = (token(person), mine)
    found[EXPIRED], found[WRONG_SCOPE] = (late(learner), mine), (limited(learner), mine)
    found[LEFT], found[BLOCKED] = (token(gone), places[gone.id]), (token(barred), places[barred.id])
    courses.leave(user=gone.id, course=course.id)
    get_user_model().objects.filter(id=barred.id).update(is_active=False)
    return found


async def opened(path, session, bearer):
    """Return the code that the line was shut with, or 0 when it let them in."""
    place = "/" + path.replace("<str:session>", session)
    line = Line(AuthMiddlewareStack(URLRouter(brought("websocket"))), place)
    assert await line.connect()
    await line.send_json_to({"type": "auth", "access": bearer})
    while True:
        frame = await line.receive_output(20)
        if frame["type"] == "websocket.close":
            return frame["code"]
        if '"ready"' in frame["text"]:
            await line.disconnect()
            return 0


def test_every_socket_has_a_row_and_every_row_its_socket():
    assert set(PATHS) == set(matrix.SOCKETS)


@pytest.mark.parametrize("path", PATHS)
async def test_nobody_gets_past_the_table(lines, path):
    for who, (bearer, session) in lines.items():
        code = await opened(path, session, bearer)
        if who in matrix.SOCKETS[path]:
            assert code == 0, who
        else:
            assert code in REFUSED, who
            if who in (TEACHER, OTHER_LEARNER, LEFT):
                assert code == await opened(path, NOWHERE, bearer), who


@pytest.mark.parametrize("path", PATHS)
async def test_who_says_nothing_right_is_shut_out(path):
    assert await opened(path, NOWHERE, "") == 4401
