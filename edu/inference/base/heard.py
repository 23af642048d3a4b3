"""What a model for speech made up, told from what was said."""

from collections.abc import Sequence

from edu.inference.data import Word

# Seconds a word of a segment must take. The fastest speakers say some 10 words a second for a moment;
# "Thank you." that Whisper hears in a cut-off end takes 0.06 s.
LEAST = 0.05


def made_up(words: Sequence[Word]) -> bool:
    """Whether nobody can have said these words of one segment in the time that they are said to take."""
    if len(words) < 2:
        return False
    return words[-1].end - words[0].start < LEAST * len(words)
