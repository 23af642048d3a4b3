"""Words while somebody speaks: what is listened to, and when what was said stays said."""

import io
import wave

import numpy as np
import pytest

from edu.common.along import FIRST, FULL, LEAD, LONGEST, MOST, REST, STEP, Along

RATE = 8000


def hum(seconds, loud=3000):
    return np.full(int(seconds * RATE), loud, "<i2").tobytes()


def held(along):
    with wave.open(io.BytesIO(along.window()[0])) as file:
        return file.getnframes() / file.getframerate()


def test_it_listens_when_there_is_enough_that_is_new_and_not_silent():
    along = Along(RATE)
    along.add(hum(5, loud=3))  # nobody speaks yet: that is let go
    along.add(hum(FIRST / 2)[:-1])  # half a sample waits for its other half
    assert not along.ready
    along.add(hum(FIRST / 2)[-1:] + hum(FIRST / 2))
    assert along.ready
    assert along.window()[1] == pytest.approx(FIRST + LEAD)
    assert not along.ready
    along.add(hum(STEP))
    assert along.ready
    along.window()
    along.missed()
    along.add(hum(STEP))
    assert not along.ready  # somebody else was served: a little later
    along.add(hum(REST))
    assert along.ready
    quiet = Along(RATE)
    quiet.add(hum(5, loud=3))
    assert not quiet.ready
    long = Along(RATE)
    for _ in range(int(LONGEST // 20) + 1):
        long.add(hum(20))
    assert not long.ready
    assert held(long) <= MOST


def test_what_was_said_stays_and_what_is_said_may_change():
    along = Along(RATE)
    along.add(hum(2))
    along.took([(1.5, "What is")], "en", along.window()[1])
    assert (along.text, along.language) == ("What is", "")  # too short to be sure of the language
    along.add(hum(4))
    along.took([(5.5, "What is osmosis")], "en", along.window()[1])
    assert (along.text, along.language) == ("What is osmosis", "en")
    along.add(hum(FULL))
    along.took([(6.0, "What is osmosis?"), (19.0, "And why")], "en", along.window()[1])
    assert along.text == "What is osmosis? And why"
    assert held(along) == pytest.approx(FULL, abs=0.1)  # the first sentence is not heard again
    along.took([(13.0, "And why does it stop?")], "en", FULL)
    assert along.text == "What is osmosis? And why does it stop?"
    along.add(hum(MOST))
    assert along.text == "What is osmosis? And why does it stop?"
    along.took([], "", along.window()[1])
    assert along.text == "What is osmosis? And why does it stop?"
    assert along.seconds == pytest.approx(6 + FULL + MOST, abs=0.1)
