"""Every page, in both themes and at two widths: axe finds nothing, and nothing is wider than the window."""

import json
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
        found += wrong(page, place)
    assert found == []


def wrong(page, place: str) -> list[str]:
    """What axe finds on the page that is open."""
    return [
        f"{place}: {each['id']}: {node['html'][:160]}"
        for each in Axe().run(page).response["violations"]
        for node in each["nodes"]
    ]


def test_axe_finds_nothing_where_few_come(window, stack, shot):
    page = window()
    email, password = stack.accounts["teacher"]
    sign_in(page, email, password)
    course = course_of(page).strip("/").split("/")[-1]
    ask = f"from tests.journeys.rarely import prepare; print(prepare({email!r}, {course!r}))"
    places = json.loads(stack.manage("shell", "-v", "0", "-c", ask).strip().splitlines()[-1])
    found = []
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        for place in places:
            assert page.goto(place).status == 200, place
            no_sideways(page)
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme)
                found += wrong(page, f"{place} {theme}")
    assert found == []

    # A program of one's own by page: registered, its secret shown once, changed, removed.
    page.goto("/profile/programs/own/")
    page.get_by_role("textbox", name="Name").fill("Timetable")
    page.get_by_label("Where it takes people back to").fill("https://timetable.example.org/back")
    page.get_by_label("See your name").check()
    page.get_by_role("button", name="Register it").click()
    assert len(page.get_by_label("Secret", exact=True).input_value()) > 30
    found += wrong(page, "registered")
    shot(page, "32-own-program")
    page.get_by_role("link", name="Timetable").click()
    assert page.get_by_label("Secret", exact=True).count() == 0
    page.get_by_role("textbox", name="Name").fill("Timetables")
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("button", name="Make a new secret").click()
    assert len(page.get_by_label("Secret", exact=True).input_value()) > 30
    page.get_by_role("link", name="Timetables").click()
    page.get_by_text("I want to remove this program").click()
    page.get_by_role("button", name="Remove the program").click()
    assert page.get_by_role("link", name="Timetables").count() == 0
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
