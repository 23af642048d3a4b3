"""Which passages are weighed: by words that are rare, alone or together, and by the nearest vectors."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from edu.common.ids import new_id, parse_id
from edu.inference import api as inference
from edu.multimodal.logic import search
from edu.multimodal.logic.candidates import Asked, candidates, lookup_of, one_by_one
from edu.multimodal.logic.ranking import Hit, Term, weigh
from edu.multimodal.logic.scope import Scope, scope_of
from edu.multimodal.models import Job, Material, Word
from tests.multimodal.helpers import CELLS, bring


def words(*documents):
    return [
        Term((name,), (name,) if many else (), many, 1.0)
        for name, many in zip("abcdefghij", documents, strict=False)
    ]


@pytest.mark.parametrize(
    ("documents", "passages", "lookup"),
    [
        ((3, 0, 2), 900, "('c') | ('a')"),  # a small course: any word that it knows
        ((900, 800), 900, "('b') | ('a')"),
        ((100, 300, 90_000), 1_000_000, "('a') | ('b')"),  # rare ones alone
        ((300, 50_000), 1_000_000, "('a')"),
        ((4_000, 50_000, 90_000), 1_000_000, "(('a') & (('b') | ('c')))"),  # others together
        ((20_000, 30_000, 60_000), 1_000_000, "(('a') & (('b')))"),
        ((40_000, 90_000, 90_000), 1_000_000, "(('a') & ('b') & ('c'))"),  # or several at once
        ((60_000, 90_000), 1_000_000, ""),  # what nearly all speak of tells nothing
        ((0, 0), 1_000_000, ""),
    ],
)
def test_rare_words_are_looked_up_alone_and_others_together(documents, passages, lookup):
    assert lookup_of(words(*documents), passages) == lookup


def test_where_there_are_no_vectors_frequent_words_must_do():
    assert lookup_of(words(600_000), 1_000_000, most=1_000_000) == "(('a'))"


@pytest.mark.django_db
def test_a_word_in_very_many_materials_is_counted_in_the_first_of_them():
    course, now = new_id(), timezone.now()
    rows = [
        Material(
            course=course, uploaded_by=course, title="t", file_name="t", media_type="t", bytes=1,
            sha256="", key="", status=Job.Status.READY, passages=10, language="en", due_at=now,
        )
        for _ in range(2 * search.MATERIALS)
    ]  # fmt: skip
    Material.objects.bulk_create(rows)
    Word.objects.bulk_create(
        [Word(course=course, lexeme="mitosi", material=row, documents=3) for row in rows]
        + [Word(course=course, lexeme="osmosi", material=rows[0], documents=7)]
    )
    scope = scope_of(str(course), None, None)
    assert scope.passages == 10 * len(rows)
    terms = search.words_of(scope, "mitosis osmosis xylem")
    assert [each.documents for each in terms][:2] == [3 * len(rows), 7]


@pytest.mark.django_db
def test_the_index_and_comparing_one_by_one_find_the_same(work, teacher, course, tmp_path):
    made = bring(work, teacher, course, CELLS, tmp_path)
    vector = inference.embed(texts=["osmosis of water"], purpose="query").rows[0]
    found = []
    for passages in (3, 10**9):
        scope = Scope(parse_id(course.id), passages=passages)
        assert one_by_one(passages) == (passages == 3)
        hits = candidates(scope, words(0), [Asked("echo", vector)])
        found.append(sorted((hit.text, round(hit.similarity, 3)) for hit in hits))
        assert {str(hit.material) for hit in hits} == {made.id}
        assert {hit.title for hit in hits} == {"cells"}
    assert found[0] == found[1]
    assert len(found[0]) == 3


def test_words_are_found_in_a_tsvector_by_their_places_and_by_their_families():
    terms = [
        Term(("osmosi",), ("osmosi",), 1, 2.0),
        Term(("o'neil",), ("o'neil",), 1, 1.0),
        Term(("waterproof",), (), 0, 4.0),
        Term(("ion",), ("ion",), 1, 1.0),  # not the end of another word, nor a family: too short
    ]
    lexemes = "'aosmosi':9 'million':8 'o''neil':3,7 'osmosi':2,6A,11 'waterfall':4"
    hit = Hit(None, None, "", "", {}, [], None, "en", "m", None, None, [4, 7], lexemes)
    (weighed,) = weigh([hit], terms, {})
    assert weighed.signs == {"coverage": 3 / 8, "sentence": 3 / 8, "order": 3 / 13, "family": 0.5}


@pytest.mark.django_db(transaction=True)
def test_the_index_of_vectors_is_made_anew_beside_the_old_one():
    def of_disk():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relfilenode, reloptions FROM pg_class WHERE relname = 'passage_meaning'"
            )
            return cursor.fetchall()

    ((before, options),) = of_disk()
    call_command("search_index", stdout=StringIO())
    assert of_disk()[0][0] == before
    call_command("search_index", "--rebuild", stdout=StringIO())
    ((after, still),) = of_disk()
    assert after != before and still == options == ["m=24", "ef_construction=80"]
