"""Small vectors say nearly what the exact ones say."""

import random

import numpy as np

from edu.multimodal.logic.vectors import closest, shrink
from edu.multimodal.models import DIMENSIONS


def unit(seed):
    pick = random.Random(seed)
    row = np.array([pick.gauss(0, 1) for _ in range(DIMENSIONS)])
    return (row / np.linalg.norm(row)).tolist()


def test_the_closest_sentence_is_told_within_a_hundredth():
    asked = unit(1)
    passages = [
        [unit(seed) for seed in range(start, start + size)] for start, size in ((2, 3), (9, 1))
    ]
    passages[0][1] = asked
    found = closest([shrink(rows) for rows in passages], asked)
    for near, rows in zip(found, passages, strict=True):
        assert abs(near - max(np.dot(asked, row) for row in rows)) < 0.01
    assert found[0] > 0.99


def test_a_passage_without_vectors_is_near_to_nothing():
    asked = unit(1)
    assert closest([None, shrink([asked]), None], asked)[::2] == [0.0, 0.0]
    assert closest([None], asked) == [0.0]
    assert closest([], asked) == []


def test_a_vector_of_nothing_is_no_error():
    assert closest([shrink([[0.0] * DIMENSIONS])], unit(1)) == [0.0]
