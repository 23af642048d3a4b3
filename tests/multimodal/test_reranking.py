"""A re-ranker decides the order of the best hits, and nothing else."""

import pytest

from edu.common.sources import Source
from edu.inference.logic import state
from edu.multimodal.data import Found
from edu.multimodal.logic.reranking import reranked

TEXTS = ("salt stays here", "water moves", "the water moves through", "moves")


@pytest.fixture
def found(settings):
    state.forget()
    settings.EDU_SERVERS = settings.EDU_SERVERS | {"rerank": {"url": "echo", "key": "", "name": ""}}
    hits = [Source(str(n), "m", "Water", text, {}, 1 - n / 10) for n, text in enumerate(TEXTS)]
    return Found(hits, False)


def texts(found):
    return [hit.text for hit in found.results]


def test_the_best_hits_are_in_its_order_and_nothing_becomes_relevant_by_it(found):
    after = reranked("water moves", found)
    assert texts(after) == [TEXTS[1], TEXTS[3], TEXTS[2], TEXTS[0]]
    assert after.relevant is False
    assert {hit.passage: hit.score for hit in after.results} == {
        hit.passage: hit.score for hit in found.results
    }


def test_without_one_or_when_it_is_away_the_order_stays(found, settings):
    away = {"url": "http://127.0.0.1:9/v1", "key": "", "name": ""}
    for at in (away, {"url": "", "key": "", "name": ""}):
        settings.EDU_SERVERS = settings.EDU_SERVERS | {"rerank": at}
        state.forget()
        assert reranked("water moves", found) == found
