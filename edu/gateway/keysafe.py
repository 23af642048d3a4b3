"""What has to be known when the database is put back to an earlier state: the data keys that came after it,
without which files would be noise, and who was erased since. It lies as notes in the store of files."""

from edu.events import api as events
from edu.multimodal import api as multimodal
from edu.orchestrator import api as orchestrator

KEYS = "datakey"


def keep() -> None:
    """Note every data key, as it is wrapped now."""
    noted = multimodal.remembered(kind=KEYS)
    for name, text in events.wrapped_data_keys().items():
        if noted.get(name) != text:
            multimodal.remember(kind=KEYS, name=name, text=text)


def bring_back() -> tuple[int, int]:
    """Take back the keys that the database does not know, and erase again whom it should not know. Return
    how many of both there were."""
    keys = events.adopt_data_keys(multimodal.remembered(kind=KEYS))
    keep()
    return keys, orchestrator.erase_again()
