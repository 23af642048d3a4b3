"""Static files as an ASGI server gets them."""

import warnings

import pytest
from django.test import AsyncClient

from edu.gateway.statics import PART

WHERE = "/static/gateway/base.css"


async def body(answer):
    return b"".join([part async for part in answer.streaming_content])


@pytest.fixture
def file(settings):
    return (settings.BASE_DIR / "edu/gateway/static/gateway/base.css").read_bytes()


async def test_a_file_comes_part_by_part(file):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        answer = await AsyncClient().get(WHERE)
        assert answer.is_async
        assert await body(answer) == file
    assert answer["Content-Type"] == 'text/css; charset="utf-8"'
    assert answer["Content-Length"] == str(len(file))


async def test_a_range_and_what_is_known_already(file):
    part = await AsyncClient().get(WHERE, headers={"Range": "bytes=10-19"})
    assert part.status_code == 206
    assert await body(part) == file[10:20]
    again = await AsyncClient().get(WHERE, headers={"If-Modified-Since": part["Last-Modified"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_head_and_other_methods_bring_nothing(file):
    head = await AsyncClient().head(WHERE)
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(file))
    assert (await AsyncClient().post(WHERE)).status_code == 405


async def test_a_large_file_is_never_whole_in_memory(tmp_path):
    from edu.gateway.statics import _parts

    large = tmp_path / "large"
    large.write_bytes(b"x" * (3 * PART + 7))
    with large.open("rb") as file:
        sizes = [len(part) async for part in _parts(file)]
    assert sizes == [PART, PART, PART, 7]


def test_a_plain_server_gets_the_same(client, file):
    assert b"".join(client.get(WHERE).streaming_content) == file
