"""The embedded PostgreSQL keeps as much of its files in memory as the machine can spare."""

import pytest

from edu.gateway.stack.postgres import MB, Postgres, buffers, memory


@pytest.mark.parametrize(
    ("whole", "kept"),
    [(512, 128), (2048, 256), (24 * 1024, 3072), (256 * 1024, 4096)],
)
def test_it_is_an_eighth_within_bounds(whole, kept):
    assert buffers(whole * MB) == kept * MB


def test_the_server_is_told(tmp_path):
    assert memory() > 128 * MB
    told = [f"shared_buffers={buffers(memory()) // MB}MB"]
    assert [
        word for word in Postgres(tmp_path, 1, "x").child.argv if "buffers" in str(word)
    ] == told
    fast = Postgres(tmp_path, 1, "x", fast=True).child.argv
    assert not [word for word in fast if "buffers" in str(word)]
