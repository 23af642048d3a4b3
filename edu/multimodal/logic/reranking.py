"""The best hits of a search, put in order once more by a model that reads question and passage together.

None is bundled; where a server is set, it decides the order and nothing else: how sure the search is, and
whether anything is relevant at all, stay what our own measure says.
"""

import logging

from edu.inference import api as inference
from edu.inference.data import ModelUnavailable
from edu.multimodal.data import Found

log = logging.getLogger(__name__)

WEIGHED = 30  # hits


def reranked(query: str, found: Found) -> Found:
    """Return what was found with its first hits in the order of the re-ranker; as it is where none is
    set or it does not answer."""
    first, rest = found.results[:WEIGHED], found.results[WEIGHED:]
    if len(first) < 2 or not inference.can_rerank():
        return found
    try:
        scores = inference.rerank(query=query, texts=[hit.text for hit in first])
    except ModelUnavailable as error:
        log.warning("search goes without the re-ranker: %s", error.detail)
        return found
    order = sorted(range(len(first)), key=lambda at: -scores[at])
    return Found([*(first[at] for at in order), *rest], found.relevant)
