"""Pages of the web: brought by their address, cited, fetched again."""

import ipaddress
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import quote

import pytest

from edu.common import outward
from edu.multimodal import api
from edu.multimodal.logic.webtitles import title_of

pytestmark = pytest.mark.django_db
PAGE = """<html><head><title>Osmosis &amp; turgor</title></head><body><nav>Home Shop</nav><main>
<h1>Osmosis</h1><p>Water moves through a membrane that holds salt back.</p>
<h2>Turgor</h2><p>{second}</p></main><div id="cookie-banner">We use cookies.</div></body></html>"""
FIRST = "Plant cells swell by it until their wall holds them back, and so a leaf stands upright."
SECOND = (
    "A leaf that lacks water hangs down, because nothing presses against the walls of its cells."
)


class Site(HTTPServer):
    """A site whose answers the test decides: path -> (status, headers, body)."""

    pages: dict


@contextmanager
def serving():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, headers, body = self.server.pages.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *said):
            """Say nothing."""

    site = Site(("127.0.0.1", 0), Handler)
    site.pages = {}
    thread = threading.Thread(target=site.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()


@pytest.fixture
def site(settings):
    settings.EDU_FETCH_NETWORKS = (ipaddress.ip_network("127.0.0.0/8"),)
    with serving() as made:
        put(made, FIRST)
        made.home = f"http://127.0.0.1:{made.server_port}"
        yield made


def put(site, second):
    html = {"Content-Type": "text/html; charset=utf-8"}
    site.pages["/osmosis.php?x=1"] = (200, html, PAGE.format(second=second).encode())
    site.pages["/old"] = (302, {"Location": "/osmosis.php?x=1"}, b"")


def test_a_page_is_brought_cited_and_fetched_again(site, work, course, teacher, api_of, client_of):
    mine = api_of(teacher)
    with work():
        told = mine.post(f"/api/v1/courses/{course.id}/materials", {"url": f"{site.home}/old"})
    assert told.status_code == 202, told.json()
    made = mine.get(f"/api/v1/materials/{told.json()['id']}").json()
    assert (made["title"], made["kind"], made["status"]) == ("Osmosis & turgor", "html", "ready")
    assert made["url"] == f"{site.home}/osmosis.php?x=1" and made["drift"] == {}
    passages = api.passages(user=teacher.id, material=made["id"]).items
    assert "cookies" not in str(passages) and "Shop" not in str(passages)
    cited = api.cite(passage=passages[0].id, quote="a membrane that holds salt back")
    assert (
        "<mark>a membrane" in client_of(teacher).get(cited.url.partition("#")[0]).content.decode()
    )

    address = f"/api/v1/materials/{made['id']}/refetch"
    same = mine.post(address).json()
    assert (same["status"], same["drift"]["came"]) == ("ready", [])
    put(site, SECOND)
    with work():
        assert mine.post(address).status_code == 202
    now = mine.get(f"/api/v1/materials/{made['id']}").json()
    assert now["status"] == "ready"
    assert (now["drift"]["went"], now["drift"]["came"]) == ([FIRST], [SECOND])
    after = api.passages(user=teacher.id, material=made["id"]).items
    assert after[0].id == passages[0].id and after[1].id != passages[1].id
    page = client_of(teacher).get(f"/materials/{made['id']}/").content.decode()
    assert "What changed when it was last fetched" in page and FIRST in page


@pytest.mark.parametrize(
    ("body", "charset", "title"),
    [
        ("<TITLE lang=de>Gärung\n &amp; Hefe</TITLE><h1>x</h1>".encode(), "", "Gärung & Hefe"),
        ("<meta charset=latin-1><title>Gärung</title>".encode("latin-1"), "", "Gärung"),
        ("<title>Gärung</title>".encode("cp1252"), "", "Gärung"),
        ("<title>Gärung</title>".encode(), "no-such", "Gärung"),
        ("<title>水</title>".encode("utf-16"), "utf-16", "水"),
        (b"<title> </title><meta content='Yeast &lt;3' property='og:title'>", "", "Yeast <3"),
        (b"<body><svg><title>Menu</title></svg><h1 id=a>Yeast <b>and</b> dough</h1>", "", None),
        (b"<h1>" + b"x" * 300 + b"</h1>", "", "x" * 200),
        (b"<title>" * 40_000 + b"<meta " * 40_000, "", ""),
        (b"<p>No title", "", ""),
        (b"<title>Yeast\x00\x1b</title>", "", "Yeast"),
    ],
)
def test_a_page_is_called_what_it_calls_itself(body, charset, title):
    assert title_of(body, charset) == ("Yeast and dough" if title is None else title)


def test_a_form_brings_a_page_and_says_why_not(site, work, course, teacher, client_of):
    browser = client_of(teacher)
    place = f"/courses/{course.id}/materials/page/"
    with work():
        answer = browser.post(place, {"url": f"{site.home}/old"}, follow=True)
    assert "Osmosis &amp; turgor is being read." in answer.content.decode()
    for url, words in ((f"{site.home}/none", "status 404"), ("", "address"), ("x y", "not called")):
        assert words in browser.post(place, {"url": url}, follow=True).content.decode()
    made = api.materials(user=teacher.id, course=course.id).items[0]
    page = browser.get(f"/materials/{made.id}/").content.decode()
    assert made.url in page and 'rel="noreferrer noopener"' in page


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("http://10.0.0.1/", 400),
        ("https://169.254.169.254/latest/meta-data", 400),
        ("file:///etc/passwd", 400),
        ("https://user:word@127.0.0.1/", 400),
        ("/away", 400),
        ("/loop", 422),
        ("/large", 413),
        ("/program", 415),
        ("/empty", 422),
    ],
)
def test_what_is_no_page_of_the_internet_is_refused(
    site, settings, api_of, teacher, course, url, status
):
    settings.EDU_MAX_UPLOAD_MB = 1
    site.pages["/away"] = (302, {"Location": "https://10.1.2.3/"}, b"")
    site.pages["/loop"] = (302, {"Location": "/loop"}, b"")
    site.pages["/large"] = (200, {"Content-Type": "text/html"}, b"x" * 1_100_000)
    site.pages["/program"] = (200, {}, b"\x7fELF" + bytes(99))
    site.pages["/empty"] = (200, {}, b"")
    whole = f"{site.home}{url}" if url.startswith("/") else url
    told = api_of(teacher).post(f"/api/v1/courses/{course.id}/materials", {"url": whole})
    assert told.status_code == status, told.json()
    assert api.materials(user=teacher.id, course=course.id).items == []


def test_a_packed_answer_is_unpacked_only_so_far(site):
    import gzip

    inside = (ipaddress.ip_network("127.0.0.0/8"),)
    packed = gzip.compress(b"a" * 5_000_000)
    site.pages["/packed"] = (200, {"Content-Encoding": "gzip"}, packed)
    assert len(outward.get(f"{site.home}/packed", 5_000_000, {}, inside).body) == 5_000_000
    with pytest.raises(outward.TooMuch):
        outward.get(f"{site.home}/packed", 4_000_000, {}, inside)
    site.pages[quote("/ü")] = (200, {"Content-Type": "text/plain"}, b"x")
    found = outward.get(f"{site.home}{quote('/ü')}#part", 100, {}, inside)
    assert (found.body, found.media_type, found.url) == (
        b"x",
        "text/plain",
        f"{site.home}{quote('/ü')}",
    )


def test_a_file_is_not_fetched_again(api_of, teacher, course, tmp_path):
    place = tmp_path / "a.txt"
    place.write_text("Water moves.")
    made = api.add_material(user=teacher.id, course=course.id, file_name="a.txt", path=str(place))
    assert api_of(teacher).post(f"/api/v1/materials/{made.id}/refetch").status_code == 409
