"""Objectives that were found in materials: offered, accepted, merged, dropped."""

import pytest

from edu.common.errors import Invalid
from edu.courses import api
from edu.courses.data import Decision, NoSuchObjective, ObjectivesChanged, Proposal, RootStays
from tests.courses import test_objectives
from tests.courses.test_objectives import facts

pytestmark = pytest.mark.django_db
assert test_objectives.note_change  # it fills `facts`


@pytest.fixture
def offer(course):
    """Offer objectives in the teacher's course."""

    def make(*titles):
        proposals = [Proposal(each, f"About {each}", [each.lower()]) for each in titles]
        return api.propose(course=course.id, proposals=proposals)

    return make


def decide(teacher, course, *decisions):
    return api.decide(user=teacher.id, course=course.id, decisions=list(decisions))


def titles(course, status="accepted"):
    return [each.title for each in api.objectives(course=course.id, status=status) if not each.root]


def test_in_a_class_a_teacher_decides(work, course, offer):
    facts.clear()
    with work():
        made = offer("Diffusion", "Osmosis")
    assert [each.status for each in made] == ["proposed", "proposed"]
    assert titles(course) == []
    assert titles(course, "proposed") == ["Diffusion", "Osmosis"]
    assert facts == []


def test_a_solo_learner_accepts_by_default(work, learner):
    mine = api.create_course(user=learner.id, title="Alone")
    facts.clear()
    with work():
        made = api.propose(course=mine.id, proposals=[Proposal("Diffusion", terms=["flux"])])
    assert [each.status for each in made] == ["accepted"]
    assert made[0].terms == ["flux"]
    assert facts == [ObjectivesChanged(mine.id, {})]


def test_titles_nearly_alike_are_offered_once(course, offer):
    assert len(offer("Cell membranes", "Cell membrane", "CELL MEMBRANES", "Osmosis")) == 2
    assert offer("Cell  membranes ", "osmosis") == []


def test_nothing_is_offered_once_people_made_their_own(teacher, course, offer):
    api.add_objective(user=teacher.id, course=course.id, title="Mine")
    assert offer("Diffusion") == []


def test_a_second_material_may_offer_more(teacher, course, offer):
    first = offer("Diffusion")
    decide(teacher, course, Decision(first[0].id, "accept"))
    assert [each.title for each in offer("Osmosis")] == ["Osmosis"]


def test_hostile_proposals_are_cut_to_size(course):
    made = api.propose(
        course=course.id,
        proposals=[
            Proposal("T" * 100_000, "D" * 100_000, ["t" * 1000] * 1000),
            Proposal("  \x00 "),
            *[Proposal(f"{n} " * 20) for n in range(100)],
        ],
    )
    assert len(made) <= 30
    assert len(made[0].title) <= 200
    assert len(made[0].description) == 5000
    assert len(made[0].terms) == 1


def test_accept_merge_and_drop_in_one_step(work, teacher, course, offer):
    one, two, three, four = offer("Diffusion", "Osmosis", "Water paths", "Page numbers")
    facts.clear()
    with work():
        now = decide(
            teacher,
            course,
            Decision(one.id, "accept", title="Explain diffusion"),
            Decision(two.id, "accept", description="New words"),
            Decision(three.id, "merge", into=two.id),
            Decision(four.id, "drop"),
        )
    assert [each.title for each in now] == ["Cells", "Explain diffusion", "Osmosis"]
    assert now[2].description == "New words"
    assert now[2].terms == ["osmosis", "water paths", "Water paths"]
    root = api.root(course=course.id)
    assert facts == [ObjectivesChanged(course.id, {three.id: two.id, four.id: root.id})]
    assert titles(course, "proposed") == []


def test_merging_into_a_proposal_accepts_it(teacher, course, offer):
    one, two = offer("Diffusion", "Osmosis")
    decide(teacher, course, Decision(one.id, "merge", into=two.id))
    assert titles(course) == ["Osmosis"]


def test_merges_are_followed_to_what_stays(work, teacher, course, offer):
    one, two, three = offer("Diffusion", "Osmosis", "Water paths")
    facts.clear()
    with work():
        decide(
            teacher,
            course,
            Decision(one.id, "merge", into=two.id),
            Decision(two.id, "merge", into=three.id),
            Decision(three.id, "accept"),
        )
    assert facts[-1].moved == {one.id: three.id, two.id: three.id}


def test_arrows_follow_a_merge_and_close_no_circle(teacher, course):
    def add(title, *after):
        return api.add_objective(
            user=teacher.id, course=course.id, title=title, prerequisites=[e.id for e in after]
        )

    base = add("base")
    old = add("old", base)
    top = add("top", old)
    new = add("new")
    decide(teacher, course, Decision(old.id, "merge", into=new.id))
    by = {each.title: set(each.prerequisites) for each in api.objectives(course=course.id)}
    assert by["new"] == {base.id}
    assert by["top"] == {new.id, base.id}
    # The top is now merged into the base, on which all stands: nothing may stand on itself.
    decide(teacher, course, Decision(top.id, "merge", into=base.id))
    by = {each.title: set(each.prerequisites) for each in api.objectives(course=course.id)}
    assert by["base"] == set()
    assert by["new"] == {base.id}


def test_one_wrong_decision_and_nothing_changes(teacher, course, offer, stranger):
    one, two = offer("Diffusion", "Osmosis")
    theirs = api.create_course(user=stranger.id, title="Elsewhere")
    foreign = api.root(course=theirs.id)
    root = api.root(course=course.id)
    good = Decision(one.id, "accept")
    for wrong, error in (
        (Decision(two.id, "burn"), Invalid),
        (Decision(two.id, "merge"), Invalid),
        (Decision(two.id, "merge", into=two.id), Invalid),
        (Decision(two.id, "merge", into=foreign.id), Invalid),
        (Decision(two.id, "accept", title="T" * 201), Invalid),
        (Decision(one.id, "drop"), Invalid),
        (Decision(foreign.id, "accept"), NoSuchObjective),
        (Decision("x", "accept"), Exception),
        (Decision(root.id, "drop"), RootStays),
    ):
        with pytest.raises(error):
            decide(teacher, course, good, wrong)
        assert titles(course, "proposed") == ["Diffusion", "Osmosis"]
    with pytest.raises(Invalid):
        decide(
            teacher,
            course,
            Decision(one.id, "merge", into=two.id),
            Decision(two.id, "merge", into=one.id),
        )


def test_decisions_by_the_api(api_of, teacher, course, offer):
    one, two = offer("Diffusion", "Osmosis")
    url = f"/api/v1/courses/{course.id}/objectives/decisions"
    body = {
        "decisions": [
            {"objective": one.id, "verdict": "accept", "title": "Explain diffusion"},
            {"objective": two.id, "verdict": "merge", "into": one.id},
        ]
    }
    answer = api_of(teacher).post(url, body)
    assert answer.status_code == 200
    assert [each["title"] for each in answer.json()["results"]] == ["Cells", "Explain diffusion"]
    for bad in (
        {},
        {"decisions": {}},
        {"decisions": [{"verdict": "accept"}]},
        {"decisions": ["x"]},
    ):
        assert api_of(teacher).post(url, bad).status_code == 400


def test_the_editor_decides_in_one_form(client_of, teacher, course, offer):
    one, two, three, four = offer("Diffusion", "Osmosis", "Water paths", "Page numbers")
    browser, url = client_of(teacher), f"/courses/{course.id}/objectives/"
    page = browser.get(url).content.decode()
    assert "4 objectives found in the materials" in page
    form = {
        f"title-{one.id}": "Explain diffusion",
        f"do-{one.id}": "accept",
        f"title-{two.id}": "Osmosis",
        f"do-{two.id}": f"into:{one.id}",
        f"title-{three.id}": "Water paths",
        f"do-{three.id}": "later",
        f"title-{four.id}": "Page numbers",
        f"do-{four.id}": "drop",
    }
    assert browser.post(f"{url}decide/", form).status_code == 302
    assert titles(course) == ["Explain diffusion"]
    assert titles(course, "proposed") == ["Water paths"]
    page = browser.get(url).content.decode()
    assert "1 objective found in the materials" in page
    bad = browser.post(f"{url}decide/", {f"do-{three.id}": "into:else"})
    assert bad.status_code == 422
