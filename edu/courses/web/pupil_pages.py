"""Pupils without an e-mail address: a list of them is made, and a forgotten password replaced."""

import secrets
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from edu.common.errors import Conflict, Denied, Invalid
from edu.common.formerrors import show
from edu.common.purposes import PURPOSES, SCHOOL
from edu.courses import api
from edu.courses.data import NoSuchMember
from edu.courses.web.pages import me
from edu.users import api as users


class WishForm(forms.Form):
    """What the school consents to besides an account."""

    purposes = forms.MultipleChoiceField(
        label=gettext_lazy("The school consents to"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Tick only what the school may consent to for these children. It is written down that you"
            " said so, and a guardian can withdraw it."
        ),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["purposes"].choices = [  # type: ignore[attr-defined]
            (each.name, _(each.title))
            for each in PURPOSES.values()
            if SCHOOL in each.minors and each.name != "account"
        ]


class PupilsForm(WishForm):
    """Names, and what the school consents to for them."""

    names = forms.CharField(
        label=gettext_lazy("Names"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("One on each line, up to 60. Paste them from your class list."),
    )


class PasswordForm(forms.Form):
    """A pupil's next password."""

    password = forms.CharField(
        label=gettext_lazy("New password"),
        max_length=1000,
        strip=False,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Leave it empty, and one that can be read and typed is made."),
    )


@sensitive_post_parameters()
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pupils(request: HttpRequest, course: str) -> HttpResponse:
    """Make accounts from a list of names, and show their first passwords, once."""
    seen = api.course(user=me(request), course=course, need="manage_people")
    form = PupilsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and request.session.get("pupils") != request.POST.get("once"):
        # The same list, sent again by going back or loading anew, would make everybody twice.
        messages.error(request, _("This list was made already."))
        return redirect("course-pupils", seen.id)
    if form.is_bound and form.is_valid():
        try:
            made = api.add_pupils(
                user=me(request),
                course=seen.id,
                names=form.cleaned_data["names"].splitlines(),
                purposes=form.cleaned_data["purposes"],
            )
        except Invalid as error:
            show(form, error)
        else:
            del request.session["pupils"]
            return _told(request, {"course": seen, "made": made, "new": True})
    once = request.session["pupils"] = secrets.token_urlsafe(12)
    there = api.pupils_of(user=me(request), course=seen.id)
    context = {"course": seen, "form": form, "pupils": there, "once": once}
    wishes = users.requests_of_class(code=seen.join_code or "")
    context["wishes"] = [(each, WishForm(auto_id=f"{each.id}_%s")) for each in wishes]
    return render(request, "courses/pupils.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def wish(request: HttpRequest, course: str, wish: str) -> HttpResponse:
    """Answer for the school somebody below age who named this class; who is agreed to joins it."""
    seen = api.course(user=me(request), course=course, need="manage_people")
    form = WishForm(request.POST)
    given = request.POST.get("answer") == "yes"
    try:
        child = users.answer_as_school(
            request=wish,
            by=me(request),
            given=given,
            purposes=form.cleaned_data["purposes"] if form.is_valid() else [],
            code=seen.join_code or "",
        )
    except (Denied, Conflict) as error:
        messages.error(request, _(error.detail))
    else:
        if child:
            api.join(user=child, join_code=seen.join_code or "")
        told = _("The account is made.") if child else _("Refused. The wish is deleted.")
        if given and not child:
            told = _("Agreed. A letter went to the address: who has it by now is not told here.")
        messages.success(request, told)
    return redirect("course-pupils", seen.id)


@sensitive_post_parameters()
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pupil(request: HttpRequest, course: str, pupil: str) -> HttpResponse:
    """One pupil: a new password, and what the school consents to."""
    seen = api.course(user=me(request), course=course, need="manage_people")
    there = {each.user: each for each in api.pupils_of(user=me(request), course=seen.id)}
    if pupil not in there:
        raise NoSuchMember
    form = PasswordForm(request.POST if "new-password" in request.POST else None)
    if "of-age" in request.POST:
        api.pupil_of_age(user=me(request), course=seen.id, pupil=pupil)
        messages.success(request, _("Noted: they consent for themselves from now on."))
        return redirect("course-pupil", seen.id, pupil)
    if "purpose" in request.POST:
        return _decide(request, seen.id, pupil)
    if form.is_bound and form.is_valid():
        try:
            made = api.new_pupil_password(
                user=me(request), course=seen.id, pupil=pupil, **form.cleaned_data
            )
        except Invalid as error:
            show(form, error)
        else:
            return _told(request, {"course": seen, "made": [made], "new": False})
    context = {"course": seen, "form": form, "pupil": there[pupil]}
    context["minor"] = users.is_minor(user=pupil)
    if context["minor"]:  # else they decide for themselves
        context["consents"] = users.consents_of(user=pupil, by=me(request), for_school=True)
    return render(request, "courses/pupil.html", context, status=422 if form.errors else 200)


def _told(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return render(request, "courses/pupils_made.html", context)


def _decide(request: HttpRequest, course: str, member: str) -> HttpResponse:
    try:
        users.decide(
            user=member,
            purpose=request.POST["purpose"],
            given=request.POST.get("given") == "yes",
            by=me(request),
            for_school=True,
        )
        messages.success(request, _("Kept."))
    except Denied as error:
        messages.error(request, _(error.detail))
    return redirect("course-pupil", course, member)
