"""While one embedding model takes the place of another, passages of both are found by meaning."""

import pytest
from django.core.cache import cache

from edu.inference import api as inference
from edu.multimodal import api
from edu.multimodal.logic import sweeping, vectors
from edu.multimodal.models import Material, Passage
from tests.multimodal.helpers import CELLS, bring

pytestmark = pytest.mark.django_db
FISH = (
    "# Fish\n\nSalt dries the flesh of herrings.\n\n# Bread\n\nYeast lifts the dough of a loaf.\n"
)
ECHO = {"url": "echo", "key": "", "name": "older"}


@pytest.fixture
def two(work, teacher, course, tmp_path, settings):
    """Two materials with vectors of the model before the one in force, "older"."""
    settings.EDU_EMBED_OLD = ECHO
    made = [
        bring(work, teacher, course, CELLS, tmp_path),
        bring(work, teacher, course, FISH, tmp_path, "fish.md"),
    ]
    for row in Passage.objects.all():
        embedded = [vectors.embedded(row)]
        older = inference.embed(texts=embedded, model="older").rows
        Passage.objects.filter(id=row.id).update(
            vector=older[0], sentences=vectors.shrink(older), model="older"
        )
    Material.objects.update(embedder="older")
    return made


def meant(course, query):
    return {
        hit.title: hit.similarity
        for hit in reversed(api.search(course=course.id, query=query).results)
    }


def test_each_passage_is_compared_with_a_question_of_its_own_model(two, course):
    before = meant(course, "herrings osmosis")
    assert before["fish"] > 0.2
    sweeping.make_vectors(Material.objects.get(title="cells").id)
    during = meant(course, "herrings osmosis")
    assert {row.model for row in Passage.objects.all()} == {"older", "echo"}
    assert during == pytest.approx(before, abs=0.01)


def test_without_the_model_before_words_alone_find_what_it_made(two, course, settings):
    settings.EDU_EMBED_OLD = {"url": "", "key": "", "name": ""}
    found = api.search(course=course.id, query="herrings")
    assert (found.results[0].title, found.results[0].similarity) == ("fish", 0)


def test_one_material_at_a_time_is_embedded_anew_until_all_are(two, course):
    cache.clear()
    [first] = sweeping.without_vectors()
    assert sweeping.without_vectors() == []  # it has its turn
    assert api.vectors_by_model() == ("echo", {"older": 5})
    assert sweeping.make_vectors(first)
    [second] = sweeping.without_vectors()
    assert second != first
    with_some = Passage.objects.filter(material=second).order_by("ordinal")[:1]
    vectors.keep([with_some[0].id], *vectors.make(list(with_some)))  # and then a worker died
    whole = Passage.objects.count()
    rest = Passage.objects.filter(model="older").count()
    assert api.vectors_by_model() == ("echo", {"older": rest, "echo": whole - rest})
    sweeping.make_vectors(second)
    assert sweeping.without_vectors() == []
    assert api.vectors_by_model() == ("echo", {"echo": whole})


def test_what_cannot_be_embedded_keeps_nobody_from_it(two, settings):
    cache.clear()
    [first] = sweeping.without_vectors()
    servers = settings.EDU_SERVERS
    settings.EDU_SERVERS = {
        **servers,
        "embed": {"url": "http://127.0.0.1:9/v1", "key": "", "name": "x"},
    }
    assert not sweeping.make_vectors(first)
    settings.EDU_SERVERS = servers
    [second] = sweeping.without_vectors()
    assert second != first
    sweeping.make_vectors(second)
    assert sweeping.without_vectors() == []  # for a while
    cache.delete(f"vectors-{first}")
    assert sweeping.without_vectors() == [first]


def test_a_command_tells_how_far_it_is(two, capsys):
    from django.core.management import call_command

    cache.clear()
    call_command("vectors")
    assert capsys.readouterr().out == "echo (in force): 0 of 5 passages, 0.0%\nolder: 5\n"
    for _ in two:
        [each] = sweeping.without_vectors()
        sweeping.make_vectors(each)
    call_command("vectors", "--watch")
    assert capsys.readouterr().out == "echo (in force): 5 of 5 passages, 100.0%\n"
