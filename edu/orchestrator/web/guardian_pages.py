"""What a guardian sees of a child, decides for it, and may have fetched or erased."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from edu.common.errors import EduError, Invalid
from edu.orchestrator import api
from edu.orchestrator.web.archives import archive as sent
from edu.orchestrator.web.privacy_pages import OPEN, EraseForm
from edu.users import api as users
from edu.users.data import NoSuchPerson, NotYoursToDecide


def _me(request: HttpRequest) -> str:
    return str(request.user.pk)


def _mine(request: HttpRequest, child: str) -> str:
    if not users.may_see(guardian=_me(request), child=child):
        raise NoSuchPerson
    return child


def _page(request: HttpRequest, child: str, form: EraseForm, status: int = 200) -> HttpResponse:
    users.look_at_child(guardian=_me(request), child=child)
    found = api.child_courses(child=child)
    last = api.last_export(user=child)
    context = {
        "child": users.person(user=child),
        "found": found,
        "consents": users.consents_of(user=child, by=_me(request)),
        "export": last,
        "shared": users.allows(user=child, purpose="show-talks"),
        "under_way": last is not None and last.status in OPEN,
        "form": form,
    }
    return render(request, "orchestrator/child.html", context, status=status)


@never_cache
@login_required
@require_safe
def children(request: HttpRequest) -> HttpResponse:
    """Those whose guardian one is."""
    found = users.children_of(guardian=_me(request))
    return render(request, "orchestrator/children.html", {"children": found})


@never_cache
@login_required
@require_safe
def child(request: HttpRequest, child: str) -> HttpResponse:
    """One of them: how they learn, and what is consented to."""
    return _page(request, child, EraseForm())


@login_required
@require_POST
def consent(request: HttpRequest, child: str) -> HttpResponse:
    """Give or withdraw a consent for a child."""
    mine = _mine(request, child)
    try:
        users.decide(
            user=mine,
            purpose=request.POST.get("purpose", ""),
            given=request.POST.get("given") == "yes",
            by=_me(request),
        )
    except EduError as error:
        messages.error(request, _(error.detail))
    else:
        messages.success(request, _("Kept."))
    return redirect("child", mine)


@login_required
@require_POST
def export(request: HttpRequest, child: str) -> HttpResponse:
    """Have all that is held of a child put together."""
    mine = _mine(request, child)
    api.export_person(user=mine, by=_me(request))
    return redirect("child", mine)


@never_cache
@login_required
@require_safe
def archive(request: HttpRequest, child: str, export: str) -> HttpResponseBase:
    """Fetch it, if the child or the school lets guardians read conversations, which are in it."""
    mine = _mine(request, child)
    if not users.allows(user=mine, purpose="show-talks"):
        raise NotYoursToDecide
    return sent(request, user=mine, export=export)


@login_required
@require_POST
def erase(request: HttpRequest, child: str) -> HttpResponse:
    """Erase all that is held of a child, after the guardian's own password."""
    mine, form = _mine(request, child), EraseForm(request.POST)
    if form.is_valid():
        try:
            begun = api.erase_person(user=mine, guardian=_me(request), **form.cleaned_data)
        except Invalid as error:
            for name, told in error.fields.items():
                form.add_error(name, _(told))
        else:
            return redirect("erasure", begun.id)
    return _page(request, mine, form, status=400)
