"""What left this site for a person, for them to read."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from edu.inference import api
from edu.inference.data import OutsideCall

KINDS = {
    "chat": gettext_lazy("Words for an answer or a question"),
    "see": gettext_lazy("A look at a picture"),
    "embed": gettext_lazy("Search by meaning"),
    "rerank": gettext_lazy("What was found, put in order"),
    "hear": gettext_lazy("A recording put into words"),
    "speak": gettext_lazy("An answer read aloud"),
    "read": gettext_lazy("Text read in a picture"),
}
OUTCOMES = {
    "sent": gettext_lazy("no answer yet"),
    "answered": gettext_lazy("answered"),
    "stopped": gettext_lazy("stopped"),
    "failed": gettext_lazy("failed"),
}
TAKEN = {
    "name": gettext_lazy("names"),
    "email": gettext_lazy("addresses of mail"),
    "phone": gettext_lazy("telephone numbers"),
    "address": gettext_lazy("addresses of streets"),
    "iban": gettext_lazy("bank accounts"),
    "card": gettext_lazy("cards"),
    "ip": gettext_lazy("network addresses"),
    "handle": gettext_lazy("names of users"),
    "url": gettext_lazy("links"),
    "birthdate": gettext_lazy("birth dates"),
    "id": gettext_lazy("numbers of papers"),
}


@dataclass(frozen=True)
class Line:
    """One call as the page tells it."""

    what: str
    host: str
    model: str
    at: datetime
    out: int
    back: int
    outcome: str
    taken: str
    whole: bool


def _line(call: OutsideCall) -> Line:
    taken = ", ".join(f"{TAKEN.get(kind, kind)} ({n})" for kind, n in call.redacted.items())
    return Line(
        what=str(KINDS.get(call.kind, call.kind)),
        host=call.host,
        model=call.model,
        at=call.at,
        out=call.bytes_out,
        back=call.bytes_in,
        outcome=str(OUTCOMES.get(call.outcome, call.outcome)),
        taken=_("Kept here: %(what)s") % {"what": taken} if taken else "",
        whole=call.carried != "text",
    )


@never_cache
@login_required
@require_safe
def outside_calls(request: HttpRequest) -> HttpResponse:
    """The calls to models elsewhere that were made for whoever asks."""
    page = api.outside_calls(user=str(request.user.pk), cursor=request.GET.get("cursor"))
    context = {
        "lines": [_line(each) for each in page.items],
        "page": page,
        "leaves": api.calls_outside(),
    }
    return render(request, "inference/outside.html", context)
