"""Words are cut into pieces the likeliest way; texts are put together by length."""

from itertools import pairwise

import pytest

from edu.inference.base.batches import AT_ONCE, BATCH, batches
from edu.inference.base.pieces import Pieces

PIECES = [
    ("<s>", 0.0),
    ("<unk>", 0.0),
    ("▁", -4.0),
    ("▁wa", -3.0),
    ("ter", -3.0),
    ("▁water", -5.0),
    ("▁w", -2.0),
    ("s", -1.0),
    ("水", -2.0),
    ("a", -2.5),
    ("t", -2.5),
]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("water", [5]),  # one piece of -5 before two of -3
        ("waters", [5, 7]),
        ("  water   wat ", [5, 3, 10]),
        ("水", [2, 8]),
        ("wa€€t", [3, 1, 10]),  # unknown letters in a row are one
        ("", []),
    ],
)
def test_a_text_is_cut_the_likeliest_way(text, said):
    assert Pieces(PIECES, 1).ids(text) == said


def test_texts_of_like_length_go_together_and_none_is_lost():
    lengths = [400, 3, 17, 2, 399, 5] * 20
    groups = batches(lengths)
    assert sorted(at for group in groups for at in group) == list(range(len(lengths)))
    for group in groups:
        assert len(group) <= BATCH
        assert len(group) * max(lengths[at] for at in group) <= AT_ONCE
    spans = [(min(lengths[at] for at in g), max(lengths[at] for at in g)) for g in groups]
    assert all(low[1] <= high[0] for low, high in pairwise(spans))
