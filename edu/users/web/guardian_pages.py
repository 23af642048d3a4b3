"""The page to which a guardian's letter leads: agree to a child's account, or refuse it."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from edu.common.errors import Conflict, Denied, NotFound
from edu.common.purposes import GUARDIAN, PURPOSES
from edu.users import api
from edu.users.data import DeadLink


class AgreeForm(forms.Form):
    """What a guardian agrees to besides the account."""

    purposes = forms.MultipleChoiceField(
        label=gettext_lazy("I also agree to"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("You can change each of these later."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["purposes"].choices = [  # type: ignore[attr-defined]
            (each.name, f"{_(each.title)}. {_(each.words)}")
            for each in PURPOSES.values()
            if GUARDIAN in each.minors and each.name != "account"
        ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Show who asks for what. Anybody with the link may refuse; who agrees is signed in, and is the
    child's guardian from then on."""
    form = AgreeForm(request.POST if request.method == "POST" else None)
    given = request.POST.get("answer") == "yes"
    try:
        wish = api.request_of_link(key=key)
        if form.is_bound and form.is_valid() and (request.user.is_authenticated or not given):
            child = api.answer_as_guardian(
                key=key, by=str(request.user.pk or ""), given=given, **form.cleaned_data
            )
            told = _("The account is made.") if child else _("Refused. The wish is deleted.")
            if given and settings.EDU_REQUIRE_VERIFIED_EMAIL:  # if it was made: that is not told
                told = _(
                    "Agreed. You see the account here when its address is confirmed by letter."
                )
            messages.success(request, told)
            return redirect("children" if given else "/")
    except DeadLink as error:
        words = {"title": _("This link does not work any more"), "lede": _(error.detail)}
        return render(request, "users/one_form.html", {"form": None, **words}, status=410)
    except (Denied, Conflict, NotFound) as error:
        form.add_error(None, _(error.detail))
    context = {"form": form, "wish": wish, "account": PURPOSES["account"]}
    return render(request, "users/guardian.html", context, status=422 if form.errors else 200)
