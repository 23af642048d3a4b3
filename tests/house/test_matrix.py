"""Who may do what, tried at every address that there is, by everybody who may come: see matrix.py."""

import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from edu.gateway import scopes
from tests.gateway.world import NOWHERE
from tests.house import matrix, people
from tests.house.people import ADMIN, EXPIRED, WRONG_SCOPE, taken_back

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
A_FEW = (people.NOBODY, people.LEARNER, people.TEACHER)  # try what no row says is there
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# What differs from one answer to the next, whatever was asked for.
CHANGING = re.compile(r'(nonce="|csrf\w*"[^>]*value="|"X-CSRFToken": "|"request_id": ")[^"]+')
MADE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[\d:.]+Z"
)  # ids and times of new things
ANSWERS_EACH_WAY = {"readyz"}  # 503 tells that a part is not there, whoever asks


def addresses(patterns, before="", space=""):
    """Yield (name, path with its parameters, view) of every address."""
    for each in patterns:
        path = before + str(each.pattern)
        if hasattr(each, "url_patterns"):
            inside = f"{space}{each.namespace}:" if each.namespace else space
            yield from addresses(each.url_patterns, path, inside)
        else:
            yield space + (each.name or path), path, each.callback


EVERY = [*addresses(get_resolver().url_patterns)]
PLAIN = [each for each in EVERY if not each[0].startswith("admin:")]
ADMINS = [each for each in EVERY if each[0].startswith("admin:")]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Two courses and their people, made once."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield people.build(tmp_path_factory.mktemp("world"))
        transaction.set_rollback(True)


@pytest.fixture
def one_app_per_transaction():
    """What goes before a call is taken back together with it; other tests look at transactions."""


def path_of(name, route, ids):
    words = matrix.WORDS | ({"table": matrix.TABLES[name]} if name in matrix.TABLES else {})
    return "/" + PARAMETER.sub(lambda found: ids.get(found[1]) or words[found[1]], route)


def sent(name, method, ids):
    body = matrix.SENT.get((name, method), {})
    return dict(body(ids) if callable(body) else body)


def call(world, who, method, path, body, bearer=""):
    """Ask as `who`: a program for the API, a browser for the rest."""
    client = Client(raise_request_exception=False)
    api = path.startswith("/api/")
    if not api and who in world.browsers:
        client.cookies = world.browsers[who].cookies.copy()
    if not bearer and api and who in world.tokens:
        bearer = world.tokens[who]
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    form = not api or any(isinstance(each, SimpleUploadedFile) for each in body.values())
    kind = {} if form or method == "GET" else {"content_type": "application/json"}
    return getattr(client, method.lower())(path, body, headers=headers, **kind)


def tried(world, who, name, route, method, ids=None, body=None, bearer=""):
    """Try one call and leave nothing behind."""
    ids = ids or world.of(who)
    with taken_back():
        matrix.BEFORE.get(name, lambda world: None)(world)
        body = sent(name, method, ids) if body is None else body
        return call(world, who, method, path_of(name, route, ids), body, bearer)


def shut(answer):
    """Whether it let nobody in: refused, not there, or led to the sign-in."""
    led = answer.headers.get("Location", "").startswith(("/sign-in/", "/admin/login/"))
    return answer.status_code in (401, 403, 404) or (answer.status_code == 302 and led)


def told(answer, ids):
    """What an answer says, without what is never the same twice, and without the ids asked for."""
    if getattr(answer, "streaming", False):
        return ""
    text = CHANGING.sub("", answer.content.decode(errors="replace"))
    for each in ids.values():
        text = text.replace(each, "ID") if len(each) == len(NOWHERE) else text
    return text.replace(NOWHERE, "ID")


def nowhere(world):
    """Ids of things that never were."""
    return {**dict.fromkeys(world.things, NOWHERE), "device": "987654321"}


def tries(allowed, method):
    """Return who is worth a try: a role in the course makes no difference to what is for all who are
    signed in, and an auditor differs from a stranger in what is shown."""
    if allowed is None:
        return A_FEW
    if allowed >= matrix.SIGNED:
        return matrix.ALL - matrix.ROLES
    return matrix.ALL if method == "GET" else matrix.ALL - {people.AUDITOR}


def takes(view, method):
    """Whether a call of the API is there at all."""
    kind = getattr(view, "cls", None)
    return kind is None or hasattr(kind, method.lower())


def test_every_address_has_a_row_and_every_row_its_address():
    names = {name for name, _path, _view in PLAIN}
    missing, dead = names - set(matrix.ROWS), set(matrix.ROWS) - names
    assert not missing, f"say in tests/house/matrix.py who may come to these: {sorted(missing)}"
    assert not dead, f"nothing answers to these rows of tests/house/matrix.py: {sorted(dead)}"


def test_every_other_row_stands_for_a_call():
    calls = {(name, method) for name, row in matrix.ROWS.items() for method in row}
    for table in (matrix.SENT, matrix.FIELDS):
        assert set(table) <= calls
    assert set(matrix.BEFORE) <= set(matrix.ROWS)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "route", "view"), PLAIN, ids=[each[0] for each in PLAIN])
def test_nobody_gets_past_the_table(world, name, route, view):
    cache.clear()
    wrong = []
    for method in METHODS:
        if not takes(view, method) or (not hasattr(view, "cls") and method in METHODS[2:]):
            continue
        allowed = matrix.ROWS[name].get(method)
        for who in tries(allowed, method):
            answer = tried(world, who, name, route, method)
            code = answer.status_code
            if allowed is None:
                fine = code == 405 or shut(answer)
            elif who in allowed:
                away = code in (401, 403, 404, 405)
                fine = not away and (code < 500 or name in ANSWERS_EACH_WAY)
            else:
                fine = shut(answer)
            if not fine:
                wrong.append(f"{method} by {who}: {code}")
    assert not wrong, f"{route}: {wrong}"


CALLS = [
    (name, route, method)
    for name, route, _view in PLAIN
    if route.startswith("api/")
    for method, allowed in matrix.ROWS.get(name, {}).items()
    if scopes.needed(name, method)
]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "route", "method"), CALLS, ids=[f"{n} {m}" for n, _r, m in CALLS])
def test_a_token_is_worth_its_time_and_its_scopes(world, name, route, method):
    who = people.TEACHER if people.TEACHER in matrix.ROWS[name][method] else people.LEARNER
    late = tried(world, who, name, route, method, bearer=world.expired[who])
    assert late.status_code == 401, EXPIRED
    with taken_back():
        token = world.token_without(who, scopes.needed(name, method))
        answer = tried(world, who, name, route, method, bearer=token)
        world.limited.clear()
    assert answer.status_code == 403, WRONG_SCOPE


WITH_IDS = [
    (name, route, method)
    for name, route, _view in PLAIN
    for method, allowed in matrix.ROWS.get(name, {}).items()
    if set(PARAMETER.findall(route)) - set(matrix.WORDS) and allowed
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "route", "method"), WITH_IDS, ids=[f"{n} {m}" for n, _r, m in WITH_IDS]
)
def test_a_stranger_cannot_tell_what_is_there_from_what_never_was(world, name, route, method):
    never = nowhere(world)
    for who in {people.OTHER_TEACHER, people.LEFT} - matrix.ROWS[name][method]:
        there = tried(world, who, name, route, method)
        body = sent(name, method, world.of(who))
        not_there = tried(world, who, name, route, method, ids=never, body=body)
        assert there.status_code == not_there.status_code == 404, who
        assert told(there, world.of(who)) == told(not_there, never), who


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "route", "method"), WITH_IDS, ids=[f"{n} {m}" for n, _r, m in WITH_IDS]
)
def test_no_part_of_a_path_may_be_of_another_course(world, name, route, method):
    parts = [each for each in PARAMETER.findall(route) if each not in matrix.WORDS]
    never = nowhere(world)
    allowed = matrix.ROWS[name][method]
    for who in {people.TEACHER, people.LEARNER} & allowed:
        for each in parts:
            ids = {**world.of(who), each: world.foreign[each]}
            body = sent(name, method, world.of(who))
            theirs = tried(world, who, name, route, method, ids=ids, body=body)
            no_ones = {**world.of(who), each: never[each]}
            none = tried(world, who, name, route, method, ids=no_ones, body=body)
            assert shut(theirs) or theirs.status_code == none.status_code != 200, (who, each)
            assert told(theirs, ids) == told(none, no_ones), (who, each)


FIELDS = [
    (name, next(r for n, r, _v in PLAIN if n == name), method, field, kind)
    for (name, method), fields in matrix.FIELDS.items()
    for field, kind in fields.items()
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "route", "method", "field", "kind"), FIELDS, ids=[f"{f[0]} {f[3]}" for f in FIELDS]
)
def test_a_field_takes_no_id_of_another_course(world, name, route, method, field, kind):
    allowed = matrix.ROWS[name][method]
    for who in {people.TEACHER, people.LEARNER} & allowed:
        answers = []
        for id in (world.foreign[kind], NOWHERE):
            body = with_field(sent(name, method, world.of(who)), field, id)
            answer = tried(world, who, name, route, method, body=body)
            said = MADE.sub("", told(answer, {"it": id}))
            answers.append((answer.status_code, said))
        assert answers[0] == answers[1], who
        assert answers[0][0] < 500


def with_field(body, field, id):
    """Return `body` with an id in `field`, alone or in a list, or in the first of its rows."""
    if "decisions" in body:
        row = {**body["decisions"][0], field: id}
        if field == "into":
            row["verdict"] = "merge"
        return {"decisions": [row]}
    many = field in ("objectives", "items", "prerequisites")
    return {**body, field: [id] if many else id}


@pytest.mark.django_db
@pytest.mark.parametrize("who", sorted(matrix.ALL - {ADMIN, people.ASSISTANT, people.OBSERVER}))
def test_the_admin_is_for_staff(world, who):
    open_to_all = {"admin:login", "admin:logout", "admin:jsi18n"}
    for name, route, _view in ADMINS:
        if name in open_to_all or "(?P" in route:
            continue
        if who == people.AUDITOR and name in matrix.AUDITS:
            continue
        path = "/" + re.sub(r"<[^>]+>", NOWHERE, route)
        for method in ("GET", "POST"):
            with taken_back():
                answer = call(world, who, method, path, {})
            # Of what is not there, and by the short address of a row, one is sent on; nothing is shown.
            sent_on = answer.headers.get("Location") in ("/admin/", f"{path}change/")
            assert shut(answer) or sent_on, f"{method} {path}: {answer.status_code}"
