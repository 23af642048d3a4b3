"""The main job, as one person does it in a browser, with the real default models."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import brought
from tests.journeys.conftest import PHONE
from tests.journeys.steps import LONG, ask, finished, no_sideways, sign_in, sign_up, squeeze

SAID = squeeze(brought.words())


@pytest.fixture(scope="module")
def robin() -> dict[str, str]:
    """What the tests of this file tell one another: they are one story, in order."""
    return {}


def test_a_new_person_brings_a_paper_and_it_becomes_a_course(window, shot, tmp_path, robin):
    page = window()
    robin["email"], robin["password"] = sign_up(page)
    shot(page, "01-first-day")
    page.locator("input[type=file]").first.set_input_files(brought.paper(tmp_path / "bees.pdf"))
    page.wait_for_url(re.compile(r"/courses/[^/]+/materials/"))
    robin["course"] = page.url.split("/courses/")[1].split("/")[0]
    expect(page.get_by_role("main")).to_contain_text("4 pages", timeout=LONG)
    expect(page.locator("li.material progress")).to_have_count(0, timeout=LONG)
    shot(page, "02-materials")
    page.goto(f"/courses/{robin['course']}/")
    expect(page.locator(".objective-list li").nth(2)).to_be_visible()
    assert 3 <= page.locator(".objective-list li").count() <= 10
    shot(page, "03-course")
    assert page.errors == []


def test_the_tutor_answers_with_a_citation_that_holds(window, shot, robin):
    page = window()
    sign_in(page, robin["email"], robin["password"])
    page.goto(f"/courses/{robin['course']}/tutor/")
    page.get_by_label("What do you want to know?").fill(
        "How long does a worker bee live in summer?"
    )
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url(re.compile("/tutor/"))
    robin["talk"] = page.url
    finished(page)
    answer = page.locator(".turn").last
    expect(answer.locator(".answer")).to_contain_text("six weeks")
    answer.locator(".cite").first.click()
    mark = page.locator("[data-source-body] mark").first
    expect(mark).to_be_visible(timeout=LONG)
    quote = squeeze(mark.inner_text())
    assert len(quote) > 15
    assert quote in SAID
    shot(page, "04-answer")
    href = answer.locator(".cite").first.get_attribute("href")
    page.goto(href)
    expect(page.locator("mark").first).to_be_visible()
    assert squeeze(page.locator("mark").first.inner_text()) in SAID
    shot(page, "05-viewer")
    assert page.errors == []


def test_what_the_materials_do_not_say_is_not_guessed(window, shot, robin):
    page = window()
    sign_in(page, robin["email"], robin["password"])
    page.goto(robin["talk"])
    ask(page, "Who was the king of Norway during the siege of Orleans?")
    last = page.locator(".turn").last
    expect(last.locator(".abstain")).to_contain_text("do not say")
    expect(last.locator(".answer .cite")).to_have_count(0)
    shot(page, "06-abstained")


def test_a_photo_and_a_recording_make_one_question(window, shot, tmp_path, robin):
    page = window()
    sign_in(page, robin["email"], robin["password"])
    page.goto(robin["talk"])
    page.locator("input[name=image]").set_input_files(
        brought.photo(tmp_path / "board.png", "What is the waggle dance?")
    )
    page.locator("input[name=audio]").set_input_files(
        brought.recording(tmp_path / "said.wav", "What does the angle of the waggle run show?")
    )
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".turn")).to_have_count(3)
    finished(page)
    last = page.locator(".turn").last
    expect(last.locator("[data-heard]")).to_contain_text("angle")
    expect(last.locator("[data-seen]")).to_contain_text("waggle dance")
    expect(last.locator(".answer")).to_contain_text(re.compile("direction|forager"))
    expect(last.locator("audio")).to_have_count(1)
    shot(page, "07-photo-and-voice")
    assert page.errors == []


def test_a_quiz_is_made_graded_and_moves_the_books(window, shot, robin):
    page = window()
    sign_in(page, robin["email"], robin["password"])
    page.goto(f"/courses/{robin['course']}/practise/")
    page.get_by_role("button", name="Start").click()
    stem = page.locator(".stem")
    expect(stem).to_be_visible(timeout=LONG)
    shot(page, "08-question")
    count = int(page.locator(".quiz .eyebrow").inner_text().split()[-1])
    assert count >= 4
    for _ in range(count):
        expect(page.locator("[data-quiz]")).to_be_visible()
        if page.locator(".option").count():
            page.locator(".option input").first.check()
        else:
            page.locator("[name=response]").first.fill("wax")
        page.get_by_role("button", name="Answer", exact=True).click()
        expect(page.locator(".verdict")).to_be_visible()
        page.locator("[data-next]").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"of {count} right")
    shot(page, "09-how-it-went")
    page.goto(f"/courses/{robin['course']}/progress/")
    expect(page.get_by_role("main").locator("svg").first).to_be_visible()
    shot(page, "10-progress")
    page.goto("/")
    expect(page.locator(".today-card").first).to_be_visible()
    shot(page, "11-today")
    assert page.errors == []


def test_the_same_course_fits_a_phone(window, shot, robin):
    page = window(PHONE)
    sign_in(page, robin["email"], robin["password"])
    no_sideways(page)
    shot(page, "20-phone-today")
    page.get_by_role("navigation", name="Main places").get_by_role("link", name="Courses").tap()
    page.wait_for_url("**/courses/")
    page.get_by_role("main").get_by_role("link", name="bees").first.tap()
    page.wait_for_url(re.compile(r"/courses/[^/]{36}/$"))
    no_sideways(page)
    shot(page, "21-phone-course")
    page.goto(robin["talk"])
    ask(page, "How much honey does a colony need to reach spring?")
    expect(page.locator(".turn").last.locator(".answer")).to_contain_text("15 kilograms")
    no_sideways(page)
    # On a small phone too the composer stays in sight, and nothing lies over the answer or it.
    page.set_viewport_size({"width": 375, "height": 667})
    ask(page, "How much honey does a colony need to reach spring?")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_in_viewport(ratio=1)
    page.get_by_label("Your question").tap()
    no_sideways(page)
    page.locator(".turn").last.locator(".cite").first.tap()
    expect(page.locator("[data-source-body] mark").first).to_be_in_viewport(timeout=LONG)
    shot(page, "22-phone-source")
    page.get_by_role("button", name="Close").tap()
    page.goto(f"/courses/{robin['course']}/practise/")
    no_sideways(page)
    shot(page, "23-phone-practise")


def test_it_works_by_keyboard_alone(window, robin):
    page = window()
    page.goto("/sign-in/")
    press_until(page, "input[type=email]")
    page.keyboard.type(robin["email"])
    page.keyboard.press("Tab")
    page.keyboard.type(robin["password"])
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"//[^/]+/$"))
    page.goto(robin["talk"])
    press_until(page, "#ask")
    page.keyboard.type("What is the winter cluster?")
    before = page.locator(".turn").count()
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(before + 1)
    finished(page)
    expect(page.locator(".turn").last.locator(".answer")).to_contain_text("ball of bees")
    page.goto(f"/courses/{robin['course']}/practise/")
    press_until(page, "main form button.button")
    page.keyboard.press("Enter")
    expect(page.locator(".stem")).to_be_visible(timeout=LONG)
    if page.locator(".option").count():
        page.keyboard.press("2")
        expect(page.locator(".option input").nth(1)).to_be_checked()
    else:
        press_until(page, "[name=response]")
        page.keyboard.type("wax")
    page.keyboard.press("Enter")
    expect(page.locator(".verdict")).to_be_visible()


def test_it_works_without_script(window, robin):
    page = window(script=False)
    sign_in(page, robin["email"], robin["password"])
    page.goto(f"/courses/{robin['course']}/tutor/")
    page.get_by_label("What do you want to know?").fill("What is nectar?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".answer")).to_contain_text("sugary liquid", timeout=LONG)
    page.locator(".cite").first.click()
    expect(page.locator("mark").first).to_be_visible()


def test_one_changes_the_password_leaves_and_comes_back(window, robin):
    page = window()
    sign_in(page, robin["email"], robin["password"])
    page.goto("/profile/password/")
    new = robin["password"] + "-new"
    boxes = page.locator("main input[type=password]")
    boxes.nth(0).fill(robin["password"])
    for at in range(1, boxes.count()):
        boxes.nth(at).fill(new)
    page.get_by_role("main").locator("form button[type=submit]").first.click()
    expect(page.get_by_role("main")).not_to_contain_text("wrong")
    page.context.clear_cookies()
    sign_in(page, robin["email"], new)
    robin["password"] = new


def press_until(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with the Tab key")
