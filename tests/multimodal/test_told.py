"""What workers write down, in the language of who reads it."""

import struct

import pytest
from django.utils import translation

from edu.multimodal.base import Locked, TooManyPages
from edu.multimodal.data import STAGES, WAITING, TooLarge
from edu.multimodal.models import Job, Material
from edu.multimodal.web.told import told
from edu.users import api as users
from tests.multimodal.helpers import CELLS, bring

BACKWARDS = (*STAGES, TooLarge.detail, TooManyPages.detail, Locked.detail)
VALUES = {"number": 12, "count": 340, "done": "1:05", "total": "2:00:00", "why": "Nobody is in."}
VALUES |= {"pages": 9000, "limit": 3000}


def _catalogue(words):
    """Return the bytes of a .mo file."""
    pairs = sorted({"": "Content-Type: text/plain; charset=UTF-8\n", **words}.items())
    begin, table, data = 28 + 16 * len(pairs), [], b""
    for column in (0, 1):
        for pair in pairs:
            text = pair[column].encode()
            table.append(struct.pack("<II", len(text), begin + len(data)))
            data += text + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + b"".join(table) + data


@pytest.fixture
def german(tmp_path, settings):
    """A catalogue in which each sentence has a mark before it."""
    place = tmp_path / "de" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "django.mo").write_bytes(_catalogue({each: f"DE {each}" for each in BACKWARDS}))
    settings.LANGUAGES = [("en", "English"), ("de", "German")]
    settings.LOCALE_PATHS = [str(tmp_path)]
    with translation.override("de"):
        yield


@pytest.mark.parametrize("template", BACKWARDS)
def test_what_was_written_down_filled_in_is_found_again_and_translated(german, template):
    filled = template % VALUES if "%(" in template else template
    assert told(filled) == f"DE {filled}"


def test_a_reason_inside_a_sentence_is_translated_too(german):
    inner = TooManyPages.detail % VALUES
    assert told(WAITING % {"why": inner}) == f"DE Waiting: DE {inner}"


def test_what_is_no_sentence_of_ours_stays_as_it_is(german):
    assert told("Reading page <b>one</b> backwards") == "Reading page <b>one</b> backwards"
    assert told("") == ""


@pytest.mark.django_db
def test_pages_and_the_api_tell_it_in_the_readers_language(
    german, work, teacher, course, client_of, api_of, tmp_path
):
    row = bring(work, teacher, course, CELLS, tmp_path)
    Material.objects.filter(id=row.id).update(
        status=Job.Status.RUNNING, stage="Reading page 3 of 9", progress=0.4
    )
    users.update_me(user=teacher.id, preferences={"language": "de"})
    for url in (f"/courses/{course.id}/materials/", f"/materials/{row.id}/"):
        page = client_of(teacher).get(url).content.decode()
        assert "DE Reading page 3 of 9" in page
    answer = api_of(teacher).get(f"/api/v1/materials/{row.id}", HTTP_ACCEPT_LANGUAGE="de")
    assert answer.json()["stage"] == "DE Reading page 3 of 9"
