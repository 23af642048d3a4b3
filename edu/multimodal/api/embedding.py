"""Which models made the vectors that search goes by."""

from edu.multimodal.logic import sweeping


def vectors_by_model() -> tuple[str, dict[str, int]]:
    """Return the embedding model in force, and for each model that made vectors how many passages have
    them ("" for those that have none and are found by their words). For operators; no access check.
    Raises ModelUnavailable when it cannot be told which model is in force."""
    return sweeping.by_model()
