"""Which backend answers for each kind, in the process that asks.

A server that was set is elsewhere unless EDU_MODELS_INSIDE names it. What is asked for somebody who does
not allow that it leaves this site is asked of our own process, as if no such server were set.
"""

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings

from edu.common.registry import kinds
from edu.common.text import gettext_noop as _
from edu.inference.base import CHAT, EMBED, HEAR, READ, RERANK, SPEAK, Backend
from edu.inference.base.files import chosen as chosen_model
from edu.inference.base.files import manifest
from edu.inference.data import ModelUnavailable
from edu.inference.logic import behalf
from edu.inference.logic.ledger import line
from edu.inference.logic.outward import Outward

SEE = "see"
_SETTING = {CHAT: "model", EMBED: "embed", HEAR: "hear", SPEAK: "speak", READ: "see", SEE: "see"}
_SETTING |= {RERANK: "rerank"}
ECHO = "echo"
NO_MAKER = _("The model %(model)s, which made these vectors, can no longer be asked.")
NOTHING_SEES = _("No model that sees pictures is set. Set EDU_SEE_URL to a server that has one.")


def backends() -> dict[str, type[Backend]]:
    """Return every backend of the house by its name."""
    return {each.name: each for each in kinds("edu.inference.backends", Backend)}


def server(kind: str) -> dict[str, str]:
    """Return the url, key and name of the server to ask for `kind`; an empty url means our own
    process."""
    at = dict(settings.EDU_SERVERS[_SETTING[kind]])
    return (
        at if not elsewhere(at["url"]) or _may_leave(kind) else {"url": "", "key": "", "name": ""}
    )


def any_elsewhere() -> bool:
    """Whether a server is set that is elsewhere."""
    set_ = (*settings.EDU_SERVERS.values(), settings.EDU_EMBED_OLD)
    return any(elsewhere(each["url"]) for each in set_)


def elsewhere(url: str) -> bool:
    """Whether what is sent to `url` leaves what the operator has declared to be theirs."""
    if url in ("", ECHO):
        return False
    host = (urlsplit(url).hostname or "").casefold()
    for each in settings.EDU_MODELS_INSIDE:
        try:
            if ipaddress.ip_address(host) in ipaddress.ip_network(each, strict=False):
                return False
        except ValueError:
            if host == each.casefold():
                return False
    return True


def _may_leave(kind: str) -> bool:
    """Whether the person for whom this is asked lets it leave; pictures and sound by their own rule,
    because nothing can be taken out of them."""
    with line():
        if kind not in (HEAR, READ, SEE) or settings.EDU_OUTSIDE_MEDIA == "all":
            return behalf.allows()
        return settings.EDU_OUTSIDE_MEDIA == "consented" and behalf.consented()


def outside(kind: str) -> bool:
    """Whether a server that is not ours was set for `kind`."""
    return server(kind)["url"] not in ("", ECHO)


def knows(kind: str, language: str) -> bool:
    """Whether the model for `kind` makes sense of `language`; a server that was set is trusted to."""
    model = None if server(kind)["url"] else chosen_model(kind)
    few = model.languages if model else []
    return not few or not language or language in few


def door(kind: str, patient: bool = False) -> Backend:
    """Return the backend to ask for `kind`; one that is `patient` lets others go first."""
    at = server(kind)
    if at["url"] == ECHO:
        return backends()[ECHO]()
    if not at["url"]:
        return own(kind, patient)
    client = _client(at["url"], at["key"], at["name"], own=False)
    return Outward(client, kind, lambda: own(SPEAK)) if elsewhere(at["url"]) else client


def fleeting(kind: str) -> Backend:
    """Return the door to our own process for what is dropped when anybody else is there."""
    if settings.EDU_SERVERS[_SETTING[kind]]["url"] == ECHO:
        return backends()[ECHO]()
    made = own(kind)
    made.fleeting = True
    return made


def maker(model: str, patient: bool = False) -> Backend:
    """Return the backend that made vectors of `model`: the one in force, the one that was set before
    it, or one of ours. Raise ModelUnavailable when none can be asked."""
    now = door(EMBED, patient)
    if now.model[:100] == model:
        return now
    at = settings.EDU_EMBED_OLD
    if at["url"] and (at["name"] or "default")[:100] == model:
        if at["url"] == ECHO:
            return _echo(at["name"])
        if not elsewhere(at["url"]) or _may_leave(EMBED):
            client = _client(at["url"], at["key"], at["name"], own=False)
            return Outward(client, EMBED, lambda: own(SPEAK)) if elsewhere(at["url"]) else client
    if any(each.kind == EMBED and each.called == model for each in manifest()):
        return own(EMBED, patient, model)
    raise ModelUnavailable(NO_MAKER, model=model)


def own(kind: str, patient: bool = False, name: str = "") -> Backend:
    """Return the door to our own process; there to the model of that `name`, else to the one in force."""
    model = chosen_model(kind) if kind in (EMBED, HEAR) and not name else None
    name = name or (model.called if model else kind)
    made = _client(settings.EDU_INFERENCE_URL, settings.EDU_INFERENCE_KEY, name, own=True)
    made.patient = patient
    return made


def _client(url: str, key: str, name: str, own: bool) -> Backend:
    make: type = backends()["openai"]
    made = make(url=url, key=key, model=name, own=own)
    assert isinstance(made, Backend)  # noqa: S101  (for the type checker)
    return made


def _echo(name: str) -> Backend:
    make: type = backends()[ECHO]
    made = make(name)
    assert isinstance(made, Backend)  # noqa: S101  (for the type checker)
    return made


def nothing_sees() -> ModelUnavailable:
    """Return the error for a question about a picture where no model sees."""
    return ModelUnavailable(
        "No model that sees pictures is set. Set EDU_SEE_URL to a server with one."
    )
