"""A thousand files that want harm get a plain sentence or are read, and do nothing else."""

import os
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from selectolax.lexbor import LexborHTMLParser

from edu.common.errors import EduError
from edu.multimodal import api
from edu.multimodal.base import Limits
from edu.multimodal.base.detect import detect
from edu.multimodal.logic import sandbox
from edu.multimodal.logic.chunks import chunks
from edu.multimodal.logic.writing import replace_passages
from edu.multimodal.models import Material
from tests.multimodal.hostile import CANARY, SIZE, Trap, corpus, scripts

LIMITS = Limits(cpu_seconds=60, silent_seconds=40)
LOOK = 10  # seconds that telling the kind of a file may take, on a busy machine
READ = 150  # seconds that a reading within LIMITS may take, on a busy machine
CASES = corpus()
BY_NAME = {case.name: case for case in CASES}
SAMPLE = [BY_NAME["odt bits turned 2"], *random.Random(1).sample(CASES, 12)]
RUNNING = {case.name for case in scripts.cases()}


@pytest.fixture
def trap(tmp_path):
    """A secret file and a server that nobody may ask; `asked` tells what they were asked for."""
    secret = tmp_path / "secret.txt"
    secret.write_text(CANARY)
    asked = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Trap(str(secret), f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    server.server_close()
    assert asked == []


def meet(case, folder, trap):
    """Have a file told and read as the product does; return its Document, or the sentence that a
    person gets instead."""
    home = folder / f"case {CASES.index(case)}"
    work = home / "work"
    work.mkdir(parents=True)
    place = home / "original"
    place.write_bytes(case.make(trap))
    began = time.monotonic()
    try:
        form, _media_type = detect(place, case.file_name)
        assert time.monotonic() - began < LOOK, case.name
        began = time.monotonic()
        document = sandbox.read(path=place, kind=form.name, work=work, within=LIMITS)
    except EduError as error:
        document = error.detail
        assert document.endswith((".", "?")) and "%(" not in document, (case.name, document)
        assert "Traceback" not in document and str(folder) not in document, case.name
    assert time.monotonic() - began < READ, case.name
    assert sorted(each.name for each in home.iterdir()) == ["original", "work"], case.name
    if not isinstance(document, str):
        said = [each.text for each in chunks(document)]
        assert CANARY not in "\n".join(said) and not any("\0" in each for each in said), case.name
    return document


def shown_live(page: str) -> list[str]:
    """Return what in a page could run that the page itself did not bring."""
    tree = LexborHTMLParser(page)
    found = [each.html for each in tree.css("script") if "src" not in each.attributes]
    found = [each for each in found if "alert" in each]
    for each in tree.css("main *"):
        for name, value in each.attributes.items():
            bad = name.startswith("on") or (value or "").strip().lower().startswith("javascript:")
            if bad or (name == "srcdoc"):
                found.append(f"{each.tag} {name}={value}")
    return found


def show(case, document, person, course, browser, folder, trap):
    """Ask that the viewer's page of a document that was read runs nothing of it."""
    place = folder / "again"
    place.write_bytes(case.make(trap))
    made = api.add_material(
        user=person.id, course=course.id, file_name=case.file_name, path=str(place)
    )
    row = Material.objects.get(id=made.id)
    row.passages = replace_passages(row, chunks(document), None)
    row.status, row.pages = "ready", document.pages
    row.save()
    page = browser.get(f"/materials/{made.id}/")
    assert page.status_code == 200, case.name
    assert shown_live(page.content.decode()) == [], case.name


def test_there_are_a_thousand_of_them_and_no_two_are_called_alike():
    assert len(CASES) == len({case.name for case in CASES}) == SIZE


@pytest.mark.parametrize("case", SAMPLE, ids=lambda case: case.name)
def test_a_hostile_file_is_read_or_refused_in_a_sentence(case, tmp_path, trap):
    meet(case, tmp_path, trap)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["a.html runs way 0", "a.md runs way 4", "a.ipynb runs way 1"])
def test_what_it_carries_does_not_run_in_the_viewer(
    name, teacher, course, client_of, tmp_path, trap
):
    case = BY_NAME[name]
    document = meet(case, tmp_path, trap)
    show(case, document, teacher, course, client_of(teacher), tmp_path, trap)


@pytest.mark.drill
@pytest.mark.django_db
def test_all_thousand(teacher, course, client_of, tmp_path, trap):
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        met = list(pool.map(lambda case: meet(case, tmp_path, trap), CASES))
    read = [each for each in met if not isinstance(each, str)]
    assert len(read) > 150 and len(met) - len(read) > 300  # neither all taken nor all refused
    browser = client_of(teacher)
    for case, document in zip(CASES, met, strict=True):
        if case.name in RUNNING and not isinstance(document, str) and document.blocks:
            show(case, document, teacher, course, browser, tmp_path, trap)
