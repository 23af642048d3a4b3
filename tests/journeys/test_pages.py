"""Every page, in both themes and at two widths: axe finds nothing, and nothing is wider than the window."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.steps import no_sideways, sign_in

ANYBODY = [
    "/",
    "/sign-in/",
    "/sign-in/code/",
    "/sign-in/forgotten/",
    "/sign-in/sent/",
    "/sign-up/",
    "/sign-up/confirm/",
    "/sign-up/confirm/no-such-key/",
    "/about/",
    "/no-such-page/",
]
COURSE = [
    "",
    "materials/",
    "practise/",
    "people/",
    "preferences/",
    "tutor/",
    "progress/",
    "search/?q=osmosis",
]
TEACHER = [
    *COURSE,
    "objectives/",
    "insights/",
    "settings/",
    "bank/",
    "bank/new/?kind=choice",
    "grading/",
    "leave/",
    "people/pupils/",
]
OWN = [
    "/",
    "/courses/",
    "/courses/new/",
    "/courses/join/",
    "/profile/",
    "/profile/password/",
    "/profile/email/",
    "/profile/security/",
    "/sign-in/again/",
    "/profile/tokens/",
    "/profile/history/",
    "/profile/programs/",
    "/profile/held/",
    "/profile/consents/",
    "/profile/children/",
    "/profile/sent/",
    "/profile/outside/",
    "/progress/",
    "/reviews/",
    "/reviews/card/",
    "/notifications/",
]


def course_of(page) -> str:
    page.goto("/courses/")
    link = page.get_by_role("main").get_by_role("link", name="Diffusion and osmosis").first
    return link.get_attribute("href")


def links(page, place: str, pattern: str) -> list[str]:
    page.goto(place)
    found = page.eval_on_selector_all("main a[href]", "all => all.map(a => a.getAttribute('href'))")
    return list(dict.fromkeys(each for each in found if re.search(pattern, each)))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("who", ["nobody", "learner", "teacher"])
def test_axe_finds_nothing(window, stack, shot, who, size, theme):
    page = window(size, theme)
    places = ANYBODY
    if who != "nobody":
        sign_in(page, *stack.accounts[who])
        course = course_of(page)
        places = OWN + [course + each for each in (TEACHER if who == "teacher" else COURSE)]
        places += links(page, f"{course}materials/", r"^/materials/[^/]+/$")[:3]
        places += links(page, course, r"\?objective=")[:1]
        if who == "learner":
            places += links(page, f"{course}practise/", r"^/quizzes/[^/]+/$")[:1]
    found = []
    for place in places:
        page.goto(place)
        no_sideways(page)
        result = Axe().run(page)
        found += [
            f"{place}: {each['id']}: {node['html'][:160]}"
            for each in result.response["violations"]
            for node in each["nodes"]
        ]
    assert found == []


def test_the_admin_lists_open(window, stack, shot):
    page = window()
    sign_in(page, *stack.accounts["admin"])
    page.goto("/admin/")
    lists = page.eval_on_selector_all(
        "#content-main th a[href]", "all => all.map(a => a.getAttribute('href'))"
    )
    assert len(lists) >= 8
    for place in lists:
        answer = page.goto(place)
        assert answer.status == 200, place
    shot(page, "30-admin")


def test_the_documentation_of_the_api_opens_without_the_network(window, shot):
    page = window()
    page.goto("/api/v1/docs/")
    page.wait_for_selector("h1, h2")
    shot(page, "31-api-docs")
    assert page.errors == []
