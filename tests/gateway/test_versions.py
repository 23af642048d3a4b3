"""Calls that go are told beforehand, and their successors stand beside them."""

from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest

from edu.analytics import api as analytics
from edu.common.errors import Invalid
from edu.common.pages import cursor, page_of_list
from edu.events import api as events
from edu.gateway import schema, versions
from tests.gateway import world as worlds


@pytest.mark.parametrize("retired", versions.RETIRED.values(), ids=lambda each: each.path)
def test_there_is_a_year_between_the_word_and_the_end(retired):
    assert retired.ends - retired.since >= timedelta(days=365)


@pytest.mark.parametrize("retired", versions.RETIRED.values(), ids=lambda each: each.path)
def test_the_successor_is_served(retired):
    paths = schema.made("en")["paths"]
    assert paths[retired.path].keys() <= paths[retired.successor].keys()
    assert all(each["deprecated"] for each in paths[retired.path].values())
    assert not any(each.get("deprecated") for each in paths[retired.successor].values())


@pytest.mark.django_db
def test_a_call_that_goes_says_so_in_each_answer(client, learner):
    for headers in (worlds.signed(learner), {}):
        told = client.get("/api/v1/me/reviews", headers=headers)
        assert told["Deprecation"] == "@1796083200"
        assert parsedate_to_datetime(told["Sunset"]).year == 2028
        assert '</api/v2/me/reviews>; rel="successor-version"' in told["Link"]
    stays = client.get("/api/v2/me/reviews", headers=worlds.signed(learner))
    assert "Deprecation" not in stays
    assert "Sunset" not in stays


@pytest.mark.django_db
def test_both_versions_answer_in_their_own_shape(client, work, teacher, learner, course, tmp_path):
    worlds.build(work, teacher, learner, course, tmp_path)
    events.deliver_due()
    assert analytics.reviews(user=learner.id)
    headers = worlds.signed(learner)
    old = client.get("/api/v1/me/reviews", headers=headers).json()
    new = client.get("/api/v2/me/reviews?limit=1", headers=headers).json()
    assert old.keys() == {"results"}
    assert new.keys() == {"results", "next", "previous"}
    assert [each["item"] for each in new["results"]] == [each["item"] for each in old["results"]]


class TestPages:
    WHOLE = list(range(5))

    def test_pages_follow_each_other_to_the_end_and_back(self):
        seen, at = [], None
        while True:
            page = page_of_list(self.WHOLE, at, 2)
            seen += page.items
            at = page.next
            if at is None:
                break
        assert seen == self.WHOLE
        assert page_of_list(self.WHOLE, page.previous, 2).items == [2, 3]

    @pytest.mark.parametrize(
        "at", ["nonsense", cursor("b", "2"), cursor("a", "x"), cursor("a", "-1")]
    )
    def test_a_cursor_that_was_not_made_here_is_refused(self, at):
        with pytest.raises(Invalid):
            page_of_list(self.WHOLE, at, 2)
