"""The API and the pages of analytics, as people and programs meet them."""

import csv
import io
import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from edu.analytics import api
from edu.analytics.web import files
from edu.assessments import api as assessments
from edu.common.ids import new_id
from edu.courses import api as courses
from tests.analytics.places import answer, graded, standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(teacher, course, goals):
    """A question of the bank."""
    return assessments.add_item(
        user=teacher.id,
        course=course.id,
        kind="short",
        stem="What moves in <b>osmosis</b>?",
        key={"accept": ["water"]},
        objective=goals[1].id,
    )


class TestTheApi:
    def test_an_attempt_is_seen_in_mastery_and_reviews(
        self, work, api_of, learner, course, item, goals
    ):
        program = api_of(learner)
        with work():
            quiz = assessments.request_quiz(user=learner.id, course=course.id, size=1)
            assessments.attempt(user=learner.id, quiz=quiz.id, item=item.id, response="water")
        found = program.get(f"/api/v1/me/mastery?course={course.id}").json()["results"]
        by_goal = {each["objective"]: each for each in found}
        mine = by_goal[goals[1].id]
        assert set(mine) >= {"objective", "p", "low", "high", "attempts", "updated_at"}
        assert (mine["attempts"], mine["updated_at"][-1]) == (1, "Z")
        assert mine["low"] <= mine["p"] <= mine["high"]
        assert mine["p"] > by_goal[goals[0].id]["p"]
        assert by_goal[goals[0].id]["updated_at"] is None
        (review,) = program.get(f"/api/v1/me/reviews?course={course.id}").json()["results"]
        assert (review["item"], review["due_at"][-1]) == (item.id, "Z")
        assert 0 < review["retrievability"] <= 1

    def test_an_attempt_is_seen_in_the_recommendations(
        self, work, api_of, learner, course, item, goals
    ):
        program = api_of(learner)
        path = f"/api/v1/me/recommendations?course={course.id}"
        before = program.get(path).json()["results"]
        with work():
            quiz = assessments.request_quiz(user=learner.id, course=course.id, size=1)
            assessments.attempt(user=learner.id, quiz=quiz.id, item=item.id, response="salt")
        after = program.get(path).json()["results"]
        assert [each["why"] for each in before] != [each["why"] for each in after]
        assert any(each["objective"] == goals[1].id and "1 answer" in each["why"] for each in after)

    def test_a_retry_after_the_key_never_raises_mastery(self, work, learner, course, item, goals):
        quiz = assessments.request_quiz(user=learner.id, course=course.id, size=1, mode="practice")
        seen = []
        for response in ("salt", "water", "water"):
            with work():
                assessments.attempt(user=learner.id, quiz=quiz.id, item=item.id, response=response)
            seen.append(standing(learner, goals[1]).p)
        assert seen[0] < 0.4
        assert seen[1] <= seen[0] + 1e-6

    def test_without_a_course_all_of_mine_are_there(self, api_of, learner, course, goals):
        answer(learner, goals[0])
        program = api_of(learner)
        assert len(program.get("/api/v1/me/mastery").json()["results"]) == 3
        assert len(program.get("/api/v1/me/reviews").json()["results"]) == 1

    @pytest.mark.parametrize("name", ["mastery", "reviews"])
    @pytest.mark.parametrize("id_", ["nonsense", "0", "' or 1=1"])
    def test_ids_that_are_none_are_not_found(self, api_of, learner, course, name, id_):
        answer_ = api_of(learner).get(f"/api/v1/me/{name}?course={id_}")
        assert answer_.status_code == 404
        assert answer_["Content-Type"] == "application/problem+json"

    def test_strangers_find_nothing(self, api_of, stranger, course):
        program = api_of(stranger)
        for path in ("me/mastery?course=%s", "me/reviews?course=%s", "courses/%s/insights"):
            assert program.get(f"/api/v1/{path % course.id}").status_code == 404
        assert program.post(f"/api/v1/me/reviews/{new_id()}", {"rating": "easy"}).status_code == 404

    def test_nobody_is_asked_to_sign_in(self, api_of):
        for path in ("me/mastery", "me/reviews", f"courses/{new_id()}/insights"):
            assert api_of(None).get(f"/api/v1/{path}").status_code == 401

    def test_a_recall_is_rated(self, api_of, learner, goals):
        fact, program = answer(learner, goals[0]), api_of(learner)
        path = f"/api/v1/me/reviews/{fact.item}"
        before = api.reviews(user=learner.id)[0].due_at
        assert program.post(path, {"rating": "easy"}).status_code == 200
        assert api.reviews(user=learner.id)[0].due_at > before
        assert program.post(path, {"rating": "superb"}).status_code == 400
        wrong = answer(learner, goals[0], 0)
        refused = program.post(f"/api/v1/me/reviews/{wrong.item}", {"rating": "easy"})
        assert refused.status_code == 409

    def test_insights_are_for_teachers(self, api_of, teacher, learner, course, item, goals):
        answer(learner, goals[1], item=item.id)
        path = f"/api/v1/courses/{course.id}/insights"
        assert api_of(learner).get(path).status_code == 403
        found = api_of(teacher).get(path).json()
        assert [each["name"] for each in found["learners"]] == ["Levko"]
        assert [each["objective"] for each in found["learners"][0]["cells"]] == [
            each["objective"] for each in found["objectives"]
        ]
        (row,) = found["items"]
        assert (row["item"], row["stem"], row["difficulty"], row["n"]) == (item.id, item.stem, 1, 1)
        assert row["discrimination"] is None
        assert {"patterns", "alerts", "small"} <= set(found)


class Outline(HTMLParser):
    """What a page is made of: headings, labelled pictures, what has no label, scripts and styles."""

    def __init__(self, text):
        super().__init__()
        self.headings, self.ids, self.wrong = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag == "svg" and attrs.get("role") == "img" and not attrs.get("aria-label"):
            self.wrong.append("a picture without words")
        if "style" in attrs or any(name.startswith("on") for name in attrs):
            self.wrong.append(f"{tag} with a style or a script of its own")
        if tag == "th" and "scope" not in attrs:
            self.wrong.append("a th without scope")


def looked_at(text):
    """Check what every page keeps to, and return it."""
    page = Outline(text)
    assert page.wrong == []
    assert page.headings.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(page.headings, page.headings[1:], strict=False))
    assert len(page.ids) == len(set(page.ids))
    return text


class TestThePages:
    @pytest.fixture
    def busy(self, learner, goals, item):
        """A learner who has done much: solid, fading, shaky, early, and reviews due."""
        for _each in range(6):
            answer(learner, goals[0], 1, ago=50)
        for score in (0, 1, 0, 0, 0, 0, 0):
            answer(learner, goals[1], score, ago=1)
        answer(learner, goals[2], 1)
        answer(learner, goals[1], 1, item=item.id)
        api.record(user=learner.id, course=goals[0].course, verb="asked", seconds=300)

    def test_progress_of_somebody_new_says_what_to_do(self, client_of, stranger):
        text = looked_at(client_of(stranger).get("/progress/").content.decode())
        assert "Make or join a course" in text

    def test_progress_in_a_course_without_answers(self, client_of, learner, course, goals):
        text = looked_at(client_of(learner).get(f"/courses/{course.id}/progress/").content.decode())
        assert "Answer a few questions" in text
        assert '<svg class="plot' not in text

    def test_progress_names_what_it_finds(self, client_of, learner, course, busy):
        browser = client_of(learner)
        text = looked_at(browser.get(f"/courses/{course.id}/progress/").content.decode())
        assert "Diffusion is fading, down to" in text
        assert "Osmosis is shaky at" in text
        assert "Turgor: not enough to say yet" in text
        assert "not enough evidence yet" in text
        assert "come back today" in text or "comes back today" in text
        assert "Asking the tutor took most of the last" in text
        assert text.count('class="plot"') == 5
        looked_at(browser.get("/progress/").content.decode())

    def test_the_tables_behind_the_plots_are_files(self, client_of, learner, course, busy):
        browser = client_of(learner)
        for name, rows in (("mastery", 19), ("days", 85), ("reviews", 15), ("activity", 3)):
            got = browser.get(f"/courses/{course.id}/progress/{name}.csv")
            assert got["Content-Type"].startswith("text/csv")
            assert "attachment" in got["Content-Disposition"]
            found = list(csv.reader(io.StringIO(got.content.decode("utf-8-sig"))))
            assert len(found) == rows
            assert len({len(row) for row in found}) == 1
        assert browser.get("/progress/days.csv").status_code == 200
        assert browser.get("/progress/passwords.csv").status_code == 404

    def test_insights_show_learners_by_objectives(self, client_of, teacher, course, busy):
        browser = client_of(teacher)
        text = looked_at(browser.get(f"/courses/{course.id}/insights/").content.decode())
        assert "Levko" in text
        assert "stuck" in text
        assert "mailto:levko" in text
        assert "What moves in &lt;b&gt;osmosis&lt;/b&gt;?" in text
        assert "fewer than 5 learners" in text

    def test_insights_are_sorted_as_asked(self, client_of, teacher, course, goals, busy):
        browser = client_of(teacher)
        for by in (
            "name",
            "-name",
            "seen",
            "-seen",
            goals[0].id,
            f"-{goals[0].id}",
            "x" * 500,
            "-",
        ):
            assert browser.get(f"/courses/{course.id}/insights/", {"by": by}).status_code == 200

    def test_insights_are_files_too(self, client_of, teacher, course, busy):
        for name in ("learners", "questions"):
            got = client_of(teacher).get(f"/courses/{course.id}/insights/{name}.csv")
            found = list(csv.reader(io.StringIO(got.content.decode("utf-8-sig"))))
            assert len(found) > 1
            assert len({len(row) for row in found}) == 1

    def test_a_review_is_a_quiz_of_what_is_due(self, client_of, learner, course, goals, item):
        answer(learner, goals[1], 1, ago=30, item=item.id)
        browser = client_of(learner)
        text = looked_at(browser.get("/reviews/").content.decode())
        assert "1 question is due" in text
        assert "What moves in &lt;b&gt;osmosis&lt;/b&gt;?" in text
        got = browser.post(f"/courses/{course.id}/reviews/")
        assert got.status_code == 302
        (made,) = assessments.quizzes(user=learner.id, course=course.id)
        quiz = assessments.quiz(user=learner.id, quiz=made.id)
        assert got["Location"] == reverse("quiz", args=[quiz.id])
        assert (quiz.mode, [each.id for each in quiz.items]) == ("review", [item.id])

    def test_a_recall_is_rated_on_the_page(self, client_of, learner, goals, item):
        answer(learner, goals[1], 1, item=item.id)
        browser = client_of(learner)
        text = looked_at(browser.get("/reviews/").content.decode())
        assert "Nothing is due now" in text
        assert 'value="easy"' in text
        before = api.reviews(user=learner.id)[0].due_at
        got = browser.post(f"/reviews/{item.id}/", {"rating": "easy"}, follow=True)
        assert "Kept. It comes back on" in got.content.decode()
        assert api.reviews(user=learner.id)[0].due_at > before

    def test_nothing_to_review_starts_nothing(self, client_of, learner, course):
        got = client_of(learner).post(f"/courses/{course.id}/reviews/", follow=True)
        assert "Nothing is due here now." in got.content.decode()

    def test_strangers_and_learners_are_kept_out(self, client_of, stranger, learner, course, goals):
        own = f"/courses/{course.id}"
        outside, inside = client_of(stranger), client_of(learner)
        for path in ("/progress/", "/insights/", "/progress/days.csv", "/insights/learners.csv"):
            assert outside.get(own + path).status_code == 404
        assert outside.get(f"/reviews/?course={course.id}").status_code == 404
        assert outside.post(own + "/reviews/").status_code == 404
        assert outside.post(f"/reviews/{new_id()}/", {"rating": "easy"}).status_code == 404
        for path in ("/insights/", "/insights/learners.csv"):
            assert inside.get(own + path).status_code == 403

    def test_who_is_not_signed_in_is_sent_to_sign_in(self, client_of, course):
        for path in ("/progress/", "/reviews/", f"/courses/{course.id}/insights/"):
            got = client_of(None).get(path)
            assert got.status_code == 302
            assert got["Location"].startswith("/sign-in/")

    def test_pages_cost_few_queries(
        self, client_of, learner, teacher, course, busy, django_assert_max_num_queries
    ):
        mine, hers = client_of(learner), client_of(teacher)
        for browser, path in (
            (mine, "/progress/"),
            (mine, f"/courses/{course.id}/progress/"),
            (mine, "/reviews/"),
            (hers, f"/courses/{course.id}/insights/"),
        ):
            browser.get(path)
            with django_assert_max_num_queries(26):
                assert browser.get(path).status_code == 200


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_a_file_runs_nothing_in_a_spreadsheet(text):
    assert files.cell(text) == f"'{text}"


def test_a_semicolon_begins_no_cell():
    assert b'"a;=1+1"' in files.table("x", ["name"], [["a;=1+1"]]).content


def test_cells_are_plain(course):
    assert [files.cell(each) for each in (None, True, 3, 0.5, 1.0, "x", course.created_at)] == [
        "",
        "true",
        "3",
        "0.5",
        "1",
        "x",
        files.rfc3339(course.created_at),
    ]


def test_an_objective_with_a_hostile_title_stays_words(client_of, teacher, learner, course):
    title = "<script>alert(1)</script>=cmd()"
    goal = courses.add_objective(user=teacher.id, course=course.id, title=title)
    answer(learner, goal)
    for person, path in ((learner, "progress"), (teacher, "insights")):
        text = client_of(person).get(f"/courses/{course.id}/{path}/").content.decode()
        assert "<script>alert(1)" not in text
        assert "&lt;script&gt;alert(1)" in text


def test_an_answer_is_in_the_books_as_soon_as_its_fact_is_told(work, learner, goals):
    from edu.events import api as events

    with work():
        events.publish(graded(learner, goals[0]))
    assert standing(learner, goals[0]).attempts == 1
