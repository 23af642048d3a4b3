"""What every format keeps to, with the sample in kinds/ that is called as the format is."""

import importlib
import random
from html import unescape

import pytest

from edu.multimodal import api
from edu.multimodal.base import Limits, formats
from edu.multimodal.base.detect import detect
from edu.multimodal.data import TooLarge, Unreadable, UnsupportedType
from edu.multimodal.logic.chunks import chunks
from edu.multimodal.logic.writing import replace_passages
from edu.multimodal.models import Material
from tests.multimodal.helpers import bring

NAMES = [form.name for form in formats()]


@pytest.fixture(params=NAMES)
def sample(request):
    """The sample of each format that there is; one without a sample fails."""
    return request.param, importlib.import_module(f"tests.multimodal.kinds.{request.param}")


def read(name, content, folder, file_name):
    place = folder / "original"
    place.write_bytes(content)
    form, media_type = detect(place, file_name)
    assert form.name == name and media_type in form.media_types
    return form.read(place, folder, Limits(), lambda share, stage: None)


def test_a_format_says_what_it_is(sample):
    name, _module = sample
    form = next(each for each in formats() if each.name == name)
    assert form.label and form.called and form.media_types and form.extensions
    assert form.view in ("text", "page", "picture", "slides", "sound", "said", "contents")


def test_its_sample_is_read_with_the_place_of_what_it_says(sample, tmp_path):
    name, module = sample
    document = read(name, module.content(), tmp_path, module.FILE)
    if not module.SAYS:  # what it says is for a model to read
        assert document.pictures or document.sounds or document.members
        return
    found = [each for each in chunks(document) if module.SAYS in each.text]
    assert found, [each.text for each in chunks(document)]
    assert module.PLACE.items() <= found[0].locator.items(), found[0].locator


def test_it_is_told_by_its_content_where_its_name_says_nothing(sample, tmp_path):
    name, module = sample
    if not getattr(module, "NAMELESS", True):
        return  # its name is all that tells it
    place = tmp_path / "original"
    place.write_bytes(module.content())
    assert detect(place, "file")[0].name == name


def test_whatever_is_cut_off_or_flipped_only_our_own_errors_come_out(sample, tmp_path):
    name, module = sample
    whole, chance = module.content(), random.Random(name)
    spoilt = [whole[: len(whole) * tenth // 10] for tenth in range(10)]
    for _ in range(10):
        content = bytearray(whole)
        for _ in range(chance.choice((1, 8, 64))):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        spoilt.append(bytes(content))
    for number, content in enumerate(spoilt):
        work = tmp_path / str(number)
        work.mkdir()
        place = work / "original"
        place.write_bytes(content)
        try:
            form, _media_type = detect(place, module.FILE)
            chunks(form.read(place, work, Limits(), lambda share, stage: None))
        except (Unreadable, UnsupportedType, TooLarge) as error:
            assert error.detail.endswith(".") and "%(" not in error.detail


def signs(text):
    """The signs of a text but those that a table stands for."""
    return "".join(text.replace(";", "").split())


def pointed_at(made, module, course, browser):
    """Ask that the words of a sample are found, cited, and marked where the citation leads."""
    hits = api.search(course=course.id, query=module.SAYS, material=made.id).results
    hit = next(each for each in hits if module.SAYS in each.text)
    cited = api.cite(passage=hit.passage, quote=module.SAYS)
    assert cited is not None and cited.locator["kind"] == module.PLACE["kind"]
    page = browser.get(cited.url.partition("#")[0])
    shown = unescape(page.content.decode())
    assert f'id="p-{hit.passage}"' in shown and shown.count("data-here") == 1
    marked = "".join(part.partition("</mark>")[0] for part in shown.split("<mark>")[1:])
    assert signs(marked) == signs(module.SAYS)


@pytest.mark.django_db
def test_what_it_says_is_found_cited_and_shown(sample, teacher, course, client_of, tmp_path):
    name, module = sample
    if not module.SAYS:
        return
    document = read(name, module.content(), tmp_path, module.FILE)
    made = api.add_material(
        user=teacher.id, course=course.id, file_name=module.FILE, path=str(tmp_path / "original")
    )
    row = Material.objects.get(id=made.id)
    row.passages = replace_passages(row, chunks(document), None)
    row.status, row.pages = "ready", document.pages
    row.save()
    pointed_at(made, module, course, client_of(teacher))


@pytest.mark.drill
@pytest.mark.django_db
def test_so_it_is_through_the_whole_pipeline(sample, work, teacher, course, client_of, tmp_path):
    name, module = sample
    if not module.SAYS:
        return
    made = bring(work, teacher, course, module.content(), tmp_path, module.FILE)
    assert (made.kind, made.status) == (name, "ready"), made.error
    pointed_at(made, module, course, client_of(teacher))
