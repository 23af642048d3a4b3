"""A link opens one address for one person, for a while, and dies with their access."""

from datetime import timedelta

import pytest
from django.utils import timezone

from edu.multimodal import api as multimodal
from edu.users import api
from edu.users.data import BadLink
from edu.users.logic import links
from edu.users.models import User
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
PLACE = "/materials/1/media/"


def mark(url):
    """The part of a link that signs it."""
    return url.partition("?link=")[2]


def test_it_says_who_asks_for_this_address_and_no_other(learner):
    (found,) = api.links(user=learner.id, paths=[PLACE])
    assert found.url.startswith(f"{PLACE}?link=")
    assert timedelta(minutes=9) < found.expires_at - timezone.now() < timedelta(minutes=10)
    assert api.user_of_link(path=PLACE, link=mark(found.url)) == learner.id
    with pytest.raises(BadLink):
        api.user_of_link(path="/materials/2/media/", link=mark(found.url))


def test_it_is_nobody_elses_and_no_longer_good_than_it_says(learner, stranger):
    (found,) = api.links(user=learner.id, paths=[PLACE])
    user, until, signature = mark(found.url).split(".")
    forged = [
        f"{stranger.id.replace('-', '')}.{until}.{signature}",
        f"{user}.{int(until, 16) + 60:x}.{signature}",
        f"{user}.{until}.{signature[:-1]}",
        f"{user}.{until}",
        "",
        "x.y.z",
        f"{'0' * 32}.{until}.{signature}",
    ]
    for each in forged:
        with pytest.raises(BadLink):
            api.user_of_link(path=PLACE, link=each)
    with pytest.raises(BadLink):
        links.owner(PLACE, mark(found.url), timezone.now() + links.LIFE + timedelta(seconds=1))


@pytest.mark.parametrize("how", ["blocked", "password", "unconfirmed", "gone"])
def test_it_dies_with_the_persons_access(learner, settings, how):
    (found,) = api.links(user=learner.id, paths=[PLACE])
    if how == "blocked":
        api.set_active(users=[learner.id], active=False)
    elif how == "password":
        api.change_password(user=learner.id, old=PASSWORD, new="violet-harbour-41-lantern")
    elif how == "unconfirmed":
        settings.EDU_REQUIRE_VERIFIED_EMAIL = True
    else:
        User.objects.filter(id=learner.id).delete()
    with pytest.raises(BadLink):
        api.user_of_link(path=PLACE, link=mark(found.url))


@pytest.fixture
def cells(work, teacher, course, tmp_path):
    """A material of the course."""
    (tmp_path / "cells.md").write_text("# Cells\n\nOsmosis moves water.\n")
    with work():
        return multimodal.add_material(
            user=teacher.id, course=course.id, file_name="cells.md", path=str(tmp_path / "cells.md")
        )


def test_a_material_is_fetched_by_its_link_until_one_leaves_the_course(
    cells, course, learner, stranger, api_of, client, client_of
):
    from edu.courses import api as courses

    courses.join(user=learner.id, join_code=course.join_code)
    place = f"/api/v1/materials/{cells.id}/links"
    assert api_of(stranger).post(place).status_code == 404
    told = api_of(learner).post(place).json()
    assert told["media"] is None and told["captions"] is None
    found = client.get(told["file"], headers={"Range": "bytes=2-6"})
    assert (found.status_code, b"".join(found.streaming_content)) == (206, b"Cells")
    assert "private" in found["Cache-Control"]
    wrong = told["file"].replace("/file/", "/source/")
    assert client.get(wrong).status_code == 302  # other pages know of no links
    # Whoever is signed in as somebody else asks as the one whom the link was made for.
    assert client_of(stranger).get(told["file"]).status_code == 200
    courses.leave(user=learner.id, course=course.id)
    assert client.get(told["file"]).status_code == 404
    assert client.get(told["file"][:-1]).status_code == 404
