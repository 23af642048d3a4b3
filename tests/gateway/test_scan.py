"""Scanners of others against the running site. Both are GPL: programs of their own, in an environment of
their own that the drill makes, never in ours."""

import json
import re
import subprocess
import venv

import httpx
import pytest

from tests.journeys.stack import fresh

PROGRAMS = ("wapiti3==3.2.3", "sqlmap==1.10.10")
MODULES = "crlf,csp,csrf,exec,file,http_headers,ldap,permanentxss,redirect,sql,ssrf,timesql,xss,xxe"
MEDIUM = 2  # wapiti counts from 1, low, to 4, critical
SECONDS = 900

pytestmark = pytest.mark.drill


@pytest.fixture(scope="module")
def programs(tmp_path_factory):
    """The folder of the scanners' programs."""
    place = tmp_path_factory.mktemp("scanners")
    venv.create(place, with_pip=True)
    words = [place / "bin" / "pip", "install", "-q", *PROGRAMS]
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"the scanners are not to be had here: {done.stderr[-300:]}")
    return place / "bin"


@pytest.fixture(scope="module")
def stack():
    """The whole site, with its demo course."""
    running = fresh(EDU_CHAT="none").start(600)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def browser(stack):
    """A browser in which the demo's teacher is signed in."""
    email, password = stack.accounts["teacher"]
    with httpx.Client(base_url=stack.address, follow_redirects=True, timeout=60) as client:
        page = client.get("/sign-in/").text
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        login = "username" if 'name="username"' in page else "email"
        form = {"csrfmiddlewaretoken": token, login: email, "password": password}
        client.post("/sign-in/", data=form, headers={"Referer": f"{stack.address}/sign-in/"})
        yield client


@pytest.fixture(scope="module")
def cookies(browser):
    """What it sends with each request."""
    return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())


def test_wapiti_finds_nothing_of_medium_or_more(programs, stack, cookies, tmp_path):
    report = tmp_path / "report.json"
    words = [programs / "wapiti", "-u", f"{stack.address}/"]
    words += ["--header", f"Cookie: {cookies}", "-x", f"{stack.address}/sign-out/"]
    words += ["--scope", "folder", "-d", "3", "--max-links-per-page", "40", "-m", MODULES]
    words += ["--max-scan-time", str(SECONDS), "--max-attack-time", "90", "--no-bugreport"]
    words += ["--store-session", str(tmp_path), "-f", "json", "-o", str(report)]
    subprocess.run(list(map(str, words)), capture_output=True, timeout=3 * SECONDS)
    told = json.loads(report.read_text())
    assert told["infos"]["crawled_pages_nbr"] > 50
    found = [
        (name, each["level"], each["method"], each["path"], each["info"])
        for kind in ("vulnerabilities", "anomalies")
        for name, each in ((name, each) for name, every in told[kind].items() for each in every)
        if each["level"] >= MEDIUM
    ]
    assert not found


def test_sqlmap_finds_no_way_into_the_database(programs, stack, browser, cookies, tmp_path):
    home = browser.get("/courses/").text
    course = re.search(r"/courses/([0-9a-f-]{36})/", home)[1]
    for path, body in (
        (f"/api/v1/courses/{course}/search?q=moon&limit=5", ""),
        ("/api/v1/courses?limit=5&cursor=abc", ""),
        (f"/api/v1/me/mastery?course={course}", ""),
        ("/api/v1/auth/token", '{"email": "a@example.org", "password": "x"}'),
    ):
        words = [programs / "sqlmap", "-u", stack.address + path, "--batch", "--flush-session"]
        words += ["--dbms", "PostgreSQL", "--ignore-code", "400,401,404,429"]
        words += ["--cookie", cookies, "--output-dir", tmp_path]
        words += ["--data", body, "-H", "Content-Type: application/json"] if body else []
        done = subprocess.run(
            list(map(str, words)), capture_output=True, text=True, timeout=SECONDS
        )
        assert "do not appear to be injectable" in done.stdout, done.stdout[-3000:]
        assert "is vulnerable" not in done.stdout
