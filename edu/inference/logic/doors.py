"""Which backend answers for each kind, in the process that asks."""

from django.conf import settings

from edu.common.registry import kinds
from edu.common.text import gettext_noop as _
from edu.inference.base import CHAT, EMBED, HEAR, READ, SPEAK, Backend
from edu.inference.data import ModelUnavailable

SEE = "see"
_SETTING = {CHAT: "model", EMBED: "embed", HEAR: "hear", SPEAK: "speak", READ: "see", SEE: "see"}
_OWN_NAMES = {EMBED: "all-MiniLM-L6-v2", HEAR: "whisper-base"}
_OWN_LANGUAGES = {EMBED: ("en",)}  # what our own models were trained on, where it is little
ECHO = "echo"
NOTHING_SEES = _("No model that sees pictures is set. Set EDU_SEE_URL to a server that has one.")


def backends() -> dict[str, type[Backend]]:
    """Return every backend of the house by its name."""
    return {each.name: each for each in kinds("edu.inference.backends", Backend)}


def server(kind: str) -> dict[str, str]:
    """Return the url, key and name set for `kind`; an empty url means our own process."""
    return dict(settings.EDU_SERVERS[_SETTING[kind]])


def outside(kind: str) -> bool:
    """Whether a server that is not ours was set for `kind`."""
    return server(kind)["url"] not in ("", ECHO)


def knows(kind: str, language: str) -> bool:
    """Whether the model for `kind` makes sense of `language`; a server that was set is trusted to."""
    few = () if server(kind)["url"] else _OWN_LANGUAGES.get(kind, ())
    return not few or not language or language in few


def door(kind: str, patient: bool = False) -> Backend:
    """Return the backend to ask for `kind`; one that is `patient` lets others go first."""
    at = server(kind)
    if at["url"] == ECHO:
        return backends()[ECHO]()
    if at["url"]:
        return _client(at["url"], at["key"], at["name"], own=False)
    name = _OWN_NAMES.get(kind, kind)
    made = _client(settings.EDU_INFERENCE_URL, settings.EDU_INFERENCE_KEY, name, own=True)
    made.patient = patient
    return made


def _client(url: str, key: str, name: str, own: bool) -> Backend:
    make: type = backends()["openai"]
    made = make(url=url, key=key, model=name, own=own)
    assert isinstance(made, Backend)  # noqa: S101  (for the type checker)
    return made


def nothing_sees() -> ModelUnavailable:
    """Return the error for a question about a picture where no model sees."""
    return ModelUnavailable(
        "No model that sees pictures is set. Set EDU_SEE_URL to a server with one."
    )
