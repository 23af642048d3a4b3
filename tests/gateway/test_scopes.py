"""Every call of the API has a row that says which scope it needs, and every row has its call."""

import pytest
from rest_framework.views import APIView

from edu.gateway import scopes, urls
from edu.users.data import SCOPES

METHODS = ("get", "post", "put", "patch", "delete")


def calls():
    """(name of the address, method) -> the view, for every call that there is."""
    found = {}
    for each in (*urls.api, *urls.api_v2):
        view = getattr(each.callback, "cls", None)
        for method in METHODS if view else ("get",):
            if view is None or hasattr(view, method):
                found[each.name, method.upper()] = view
    return found


def rows():
    return {(name, method) for name, row in scopes.NEEDED.items() for method in row}


def test_every_call_has_a_row_and_every_row_its_call():
    missing, dead = set(calls()) - rows(), rows() - set(calls())
    assert not missing, f"say in edu/gateway/scopes.py which scope these need: {sorted(missing)}"
    assert not dead, f"nothing answers to these rows of edu/gateway/scopes.py: {sorted(dead)}"


def test_every_scope_is_known_and_used():
    named = {scope for row in scopes.NEEDED.values() for scope in row.values()} - {scopes.OPEN}
    assert named <= set(SCOPES)


@pytest.mark.parametrize("call", sorted(calls()), ids=" ".join)
def test_no_view_looks_past_the_table(call):
    view = calls()[call]
    if view is None or not issubclass(view, APIView):
        assert scopes.needed(*call) == scopes.OPEN
    elif scopes.needed(*call) == scopes.OPEN:
        assert not view.authentication_classes, "an open call has no use for who asks"
    else:
        assert scopes.TokenScope in view.permission_classes


@pytest.mark.django_db
def test_the_schema_names_the_scope(client):
    told = client.get("/api/v1/schema/", headers={"Accept": "application/json"}).json()
    course = told["paths"]["/api/v1/courses/{course}"]
    assert {"bearer": ["courses:read"]} in course["get"]["security"]
    assert {"bearer": ["courses:write"]} in course["delete"]["security"]
    assert "403" in told["paths"]["/api/v1/me"]["patch"]["responses"]
