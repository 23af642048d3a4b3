"""How far the vectors of passages are, for operators."""

from edu.multimodal.logic import indexing, sweeping


def vectors_by_model() -> tuple[str, dict[str, int]]:
    """Return the embedding model in force, and for each model that made vectors how many passages have
    them ("" for those that have none and are found by their words). For operators; no access check.
    Raises ModelUnavailable when it cannot be told which model is in force."""
    return sweeping.by_model()


def vectors_in_index() -> tuple[int, int]:
    """Return how many passages have vectors, and in how many MB their index can be made anew. For
    operators; no access check."""
    many = indexing.passages()
    return many, indexing.needed(many)


def rebuild_index(*, memory: int) -> None:
    """Make the index of vectors anew with `memory` MB while people work; takes minutes for a hundred
    thousand passages, and cannot be part of a transaction. For operators; no access check."""
    indexing.rebuild(memory)
