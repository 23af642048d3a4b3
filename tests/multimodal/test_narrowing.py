"""A quote of speech points at its own seconds, not at those of the whole passage."""

from edu.multimodal.logic.citations import narrowed


def test_a_quote_in_the_middle_of_speech_starts_in_the_middle():
    place = {"kind": "time", "start": 10.0, "end": 50.0}
    assert narrowed(place, (50, 75), 100) == {"kind": "time", "start": 30.0, "end": 40.0}


def test_the_whole_passage_keeps_its_seconds():
    place = {"kind": "time", "start": 10.0, "end": 50.0}
    assert narrowed(place, (0, 100), 100) == place


def test_pages_are_left_as_they_are():
    place = {"kind": "page", "page": 3}
    assert narrowed(place, (1, 2), 100) is place


SAID = [[0, 10.0, 10.4], [6, 10.5, 11.0], [12, 30.0, 30.6], [18, 30.7, 31.2]]


def test_a_quote_is_said_when_its_words_are_said():
    place = {"kind": "time", "start": 10.0, "end": 50.0}
    assert narrowed(place, (12, 22), 24, SAID) == {"kind": "time", "start": 30.0, "end": 31.2}
    assert narrowed(place, (7, 9), 24, SAID) == {"kind": "time", "start": 10.5, "end": 11.0}
    assert narrowed(place, (0, 24), 24, SAID) == {"kind": "time", "start": 10.0, "end": 31.2}
