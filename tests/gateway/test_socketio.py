"""Socket.IO as its own client speaks it, in Chromium, and by hand where two processes share one client."""

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import sync_playwright

from edu.gateway.asgi import _rest, _websockets
from edu.gateway.polling import SocketIO
from edu.gateway.stack.children import free_port, listens
from edu.orchestrator import api as orchestrator
from edu.orchestrator.logic import notices
from edu.orchestrator.web import notice_stream, watch
from edu.users import api as users
from tests.cast import PASSWORD
from tests.gateway.world import NOWHERE
from tests.journeys.conftest import FLAGS
from tests.places import ROOT
from tests.served import served

pytestmark = pytest.mark.django_db(transaction=True)
CLIENT = Path(__file__).parent / "socketio_client" / "socket.io.min.js"  # 4.8.4, MIT, unchanged

# Connects, notes all that it hears, and resolves when `until` was heard.
LISTEN = """([space, options]) => {
  window.heard = [];
  window.line = io(space, {reconnection: false, timeout: 8000, ...options});
  const note = name => data => window.heard.push([name, data && data.message ? data.data : data]);
  window.line.onAny((name, data) => window.heard.push([name, data]));
  ["connect_error", "disconnect"].forEach(name => window.line.on(name, note(name)));
  window.line.on("connect", () => window.heard.push(
    ["connect", window.line.io.engine.transport.name]));
}"""


@pytest.fixture(scope="module")
def there():
    """Run a function with the browser, in a thread of its own: Playwright has a loop in its thread, and
    Django works in none that has."""
    with ThreadPoolExecutor(1) as thread:
        playwright = thread.submit(lambda: sync_playwright().start()).result()
        launch = partial(
            playwright.chromium.launch, executable_path="/usr/bin/chromium", args=FLAGS
        )
        browser = thread.submit(launch).result()
        yield lambda work: thread.submit(work, browser).result()
        thread.submit(browser.close).result()
        thread.submit(playwright.stop).result()


@pytest.fixture(autouse=True)
def often(monkeypatch):
    """Look again whether somebody may listen as often as a test can wait for it."""
    monkeypatch.setattr(watch, "LOOK", 0.2)
    monkeypatch.setattr(notice_stream, "LOOK", 0.2)


@pytest.fixture
def site():
    with served() as address:
        yield address


class Ear:
    """A page that listens."""

    def __init__(self, page, there):
        self.page, self.there = page, there

    def run(self, script, given=None):
        return self.there(lambda _browser: self.page.evaluate(script, given))

    def waits(self, script, given=None):
        self.there(lambda _browser: self.page.wait_for_function(script, arg=given))

    def listen(self, space="/", **options):
        self.run(LISTEN, [space, options])

    def hears(self, name):
        """What came with the first event of this name that was not asked for before."""
        self.waits("name => window.heard.some(each => each[0] === name)", name)
        return self.run(
            "name => heard.splice(heard.findIndex(each => each[0] === name), 1)[0][1]", name
        )

    def says(self, name, data):
        self.run("([name, data]) => { window.line.emit(name, data) }", [name, data])


def opened(context, site):
    """A page of the site that holds the client."""
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(f"{site}/healthz")
    page.add_script_tag(content=CLIENT.read_text())
    return page


@pytest.fixture
def ear(there, site):
    """A page of the site, with the client in it; cookies= signs it in."""
    contexts = []

    def make(cookies=()):
        def begin(browser):
            context = browser.new_context(bypass_csp=True)
            contexts.append(context)
            context.add_cookies([{"url": site, **each} for each in cookies])
            return opened(context, site)

        return Ear(there(begin), there)

    yield make
    there(lambda _browser: [each.close() for each in contexts])


def database():
    """The DATABASE_URL of the database that the tests work in."""
    url, name = os.environ["DATABASE_URL"], connection.settings_dict["NAME"]
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def wait_until(true, seconds):
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.1)


def access(person):
    return users.issue_tokens(email=person.email, password=PASSWORD).access


def give(person, thing):
    url = f"/materials/{thing}/"
    notices.add([person.id], "material_read", thing, timezone.now(), url=url, title="Cells")


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_program_hears_of_its_persons_notices_until_it_may_not(ear, learner, stranger, transport):
    mine = ear()
    mine.listen(transports=[transport], auth={"access": access(learner)})
    assert mine.hears("connect") == transport
    assert mine.hears("ready") == {"type": "ready", "unread": 0}
    give(stranger, "theirs")
    give(learner, "mine")
    told = mine.hears("notification")
    assert (told["unread"], told["notification"]["url"]) == (1, "/materials/mine/")
    assert told["text"] == "“Cells” is read. You can ask about it now."
    users.set_active(users=[learner.id], active=False)
    ended = mine.hears("ended")
    assert (ended["code"], ended["status"]) == (4401, 401)
    assert mine.hears("disconnect") == "io server disconnect"


def test_a_page_hears_by_its_cookie_until_it_signs_out(ear, learner, client_of):
    browser = client_of(learner)
    page = ear([{"name": name, "value": each.value} for name, each in browser.cookies.items()])
    page.listen()  # as by default: polling that becomes a WebSocket
    page.hears("ready")
    page.waits("window.line.io.engine.transport.name === 'websocket'")
    give(learner, "mine")
    page.hears("notification")
    browser.post("/sign-out/")
    assert page.hears("ended")["code"] == 4401


def test_a_session_is_spoken_with(ear, learner, course):
    session = orchestrator.start_session(user=learner.id, course=course.id)
    page = ear()
    page.listen(f"/sessions/{session.id}", auth={"access": access(learner)})
    assert page.hears("ready")["session"] == session.id
    page.says("turn", {"text": "What is osmosis?"})
    turn = page.hears("turn.queued")["turn"]
    assert orchestrator.turn(user=learner.id, turn=turn).text == "What is osmosis?"
    page.says("turn", "no object")
    assert page.hears("error")["detail"]
    page.says("ping", {})
    assert page.hears("pong") == {"type": "pong"}


def test_who_may_not_come_in_is_told_why(ear, learner, stranger, course):
    session = orchestrator.start_session(user=learner.id, course=course.id)
    narrow = users.make_token(user=learner.id, name="x", scopes=["profile"], days=1).token
    page, theirs = ear(), access(stranger)
    for space, auth, status in (
        ("/", {}, 401),
        ("/", {"access": "nonsense"}, 401),
        ("/", {"access": 7}, 401),
        ("/", {"access": narrow}, 403),
        ("/nowhere", {"access": theirs}, 404),
        (f"/sessions/{session.id}", {}, 401),
        (f"/sessions/{session.id}", {"access": theirs}, 404),
        (f"/sessions/{NOWHERE}", {"access": theirs}, 404),
    ):
        page.listen(space, auth=auth, forceNew=True)
        told = page.hears("connect_error")
        assert (told["status"], told["type"].startswith("/problems/")) == (status, True), space


@pytest.mark.drill
def test_three_processes_share_its_clients_without_a_sticky_balancer(there, learner):
    scopes = ["learning:read"]
    token = users.make_token(user=learner.id, name="x", scopes=scopes, days=1).token
    port = free_port()
    words = ["serve_web", "--port", str(port), "--workers", "3"]
    web = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), *words],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database(), "EDU_PORT": str(port)},
    )
    try:
        site, pages = f"http://127.0.0.1:{port}", []
        wait_until(lambda: listens(port), 60)
        for _each in range(20):  # each of the three is asked at least once, and has begun by then
            httpx.get(f"{site}/healthz", timeout=60)
        for _each in range(6):
            page = Ear(
                there(lambda browser: opened(browser.new_context(bypass_csp=True), site)), there
            )
            page.listen(transports=["polling"], auth={"access": token})
            pages.append(page)
        for page in pages:
            page.hears("ready")
        give(learner, "mine")
        for page in pages:
            page.hears("notification")
        users.set_active(users=[learner.id], active=False)
        began = time.monotonic()
        for page in pages:
            assert page.hears("ended")["code"] == 4401
        assert time.monotonic() - began < 6
    finally:
        web.terminate()
        web.wait(30)


# --- by hand --------------------------------------------------------------------------------------


class Poller:
    """Engine.IO over long polling, one request after the other, each to the next of `places`."""

    def __init__(self, *places):
        self.places, self.turn, self.sid = places, 0, ""

    def ask(self, method="GET", body=None, **headers):
        place = self.places[self.turn % len(self.places)]
        self.turn += 1
        query = "EIO=4&transport=polling" + (f"&sid={self.sid}" if self.sid else "")
        return httpx.request(
            method, f"{place}/socket.io/?{query}", content=body, headers=headers, timeout=20
        )

    def begin(self):
        self.sid = json.loads(self.ask().text[1:])["sid"]

    def until(self, mark):
        """Poll until a packet holds `mark`; return it."""
        ends = time.monotonic() + 15
        while time.monotonic() < ends:
            answer = self.ask()
            assert answer.status_code == 200, answer.text
            for packet in answer.text.split("\x1e"):
                if mark in packet:
                    return packet
        raise AssertionError(mark)


@pytest.fixture
def two():
    """Two web processes, as far as each of them can tell."""
    with served(SocketIO(_websockets, _rest)) as one, served(SocketIO(_websockets, _rest)) as other:
        yield one, other


def test_polling_may_go_to_any_process(two, learner):
    client = Poller(*two)
    client.begin()
    said = client.ask("POST", "40" + json.dumps({"access": access(learner)}))  # to the other one
    assert (said.status_code, said.text) == (200, "OK")
    assert client.until('"ready"')
    give(learner, "mine")
    assert '"/materials/mine/"' in client.until('"notification"')
    users.set_active(users=[learner.id], active=False)
    assert '"code":4401' in client.until('"ended"')


def test_who_is_known_to_no_process_begins_anew(site, monkeypatch):
    monkeypatch.setattr("edu.gateway.relay.SECONDS_TO_TAKE", 0.3)
    client = Poller(site)
    for sid in ("0123456789abcdef.x", "0.x", ".x", "a!*.x", "x" * 40 + ".x", "plain"):
        client.sid = sid
        assert client.ask().status_code == 400, sid


def test_a_page_of_another_site_hears_nothing(site):
    client = Poller(site)
    assert client.ask(Origin="https://elsewhere.example").status_code == 403
    assert client.ask(Host="elsewhere.example", Origin=site).status_code == 403
    answer = client.ask(Origin=site)
    assert answer.status_code == 200
    assert (answer.headers["cache-control"], answer.headers["x-content-type-options"]) == (
        "no-store",
        "nosniff",
    )
    script = httpx.get(f"{site}/socket.io/?EIO=4&transport=polling&j=0")
    assert script.status_code == 403


def test_what_is_no_packet_ends_its_own_connection_alone(site, learner):
    good, bad = Poller(site), Poller(site)
    good.begin()
    bad.begin()
    for body in ("9", "4" + "[" * 2000, '451-["sound",{"_placeholder":true,"num":0}]', "\x1e" * 50):
        assert bad.ask("POST", body.encode()).status_code in (200, 400)
    good.ask("POST", "40" + json.dumps({"access": access(learner)}))
    assert good.until('"ready"')


def test_who_comes_into_no_namespace_is_let_go(site, monkeypatch):
    monkeypatch.setattr("edu.gateway.socketio.SECONDS_TO_COME_IN", 0.2)
    client = Poller(site)
    client.begin()
    last = client.ask()
    # Closed, or nothing more to say; or it was let go before it asked.
    assert last.text in ("1", "6") or last.status_code == 400
    assert client.ask().status_code == 400


def test_connections_that_begin_are_limited(site, monkeypatch):
    from edu.gateway import limits

    monkeypatch.setattr(limits, "STRANGERS", limits.Limit("few", 1, 0.01))
    assert Poller(site).ask().status_code == 200
    refused = Poller(site).ask()
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "10")
