"""Text as pieces of words, the likeliest way to cut it: a unigram model, as SentencePiece has it.

Kudo 2018, "Subword Regularization". The library that is usually taken for it keeps 250 MB for the
quarter of a million pieces of this model; this takes 40, and the encoder after it a hundred times as
long.
"""

from functools import lru_cache
from math import inf

SPACE = "▁"
UNKNOWN = 10.0  # by how much a letter that no piece has is less likely than the least likely piece
WORDS = 50_000  # words whose pieces are remembered


class Pieces:
    """Cuts texts into the pieces given as (text, log of its likelihood); an id is a place in the list."""

    def __init__(self, pieces: list[tuple[str, float]], unknown: int) -> None:
        self.known = {text: at for at, (text, _) in enumerate(pieces) if at != unknown}
        self.scores = [score for _, score in pieces]
        self.unknown = unknown
        self.least = min(self.scores) - UNKNOWN
        self.longest = max(map(len, self.known))
        self.word = lru_cache(WORDS)(self._word)

    def ids(self, text: str) -> list[int]:
        """Return the ids of the pieces of `text`."""
        return [each for word in text.split(" ") if word for each in self.word(SPACE + word)]

    def _word(self, word: str) -> tuple[int, ...]:
        """Viterbi over the places of one word: the best way to each, and the piece it ends with."""
        best = [0.0] + [-inf] * len(word)
        piece = [(0, 0)] * (len(word) + 1)
        for begin in range(len(word)):
            for end in range(begin + 1, min(len(word), begin + self.longest) + 1):
                at = self.known.get(word[begin:end])
                if at is None:
                    if end > begin + 1:
                        continue
                    at, score = self.unknown, best[begin] + self.least
                else:
                    score = best[begin] + self.scores[at]
                if score > best[end]:
                    best[end], piece[end] = score, (at, begin)
        found: list[int] = []
        end = len(word)
        while end:
            at, end = piece[end]
            if at != self.unknown or found[-1:] != [at]:  # unknown letters in a row are one
                found.append(at)
        return tuple(reversed(found))
