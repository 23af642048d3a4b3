"""Pages that letters lead to, and those that ask for letters: confirming an address, a new password."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edu.common.errors import Invalid
from edu.common.formerrors import show
from edu.users import api
from edu.users.data import AskedTooOften, DeadLink
from edu.users.web import chosen
from edu.users.web.forms import AddressForm, NewPasswordForm, OwnPasswordForm


def page(
    request: HttpRequest, form: forms.Form | None, words: dict[str, Any], status: int = 0
) -> HttpResponse:
    """Draw one form on a narrow page. `words`: title, lede, button, and for the way out back (a link)
    and back_words."""
    status = status or (422 if form is not None and form.errors else 200)
    return render(request, "users/one_form.html", {"form": form, **words}, status=status)


def _ask(request: HttpRequest, kind: str, words: dict[str, Any]) -> HttpResponse:
    """Ask for an address and send the letter `kind` there; the answer is always the same."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return page(request, form, words)
    try:
        api.ask_letter(
            kind=kind,
            email=form.cleaned_data["email"],
            address=request.META.get("REMOTE_ADDR", ""),
        )
    except AskedTooOften as error:
        show(form, error)
        answer = page(request, form, words, 429)
        answer["Retry-After"] = str(error.retry_after)
        return answer
    return redirect("letter-sent")


def _dead(request: HttpRequest, error: DeadLink, again: str) -> HttpResponse:
    words = {
        "title": _("This link does not work any more"),
        "lede": _(error.detail),
        "back": again,
        "back_words": _("Ask for another one"),
    }
    return page(request, None, words, 410)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_confirmation(request: HttpRequest) -> HttpResponse:
    """Send the letter again by which an address is confirmed."""
    words = {
        "title": _("Confirm your e-mail address"),
        "lede": _("We send you a letter with a link. Look among the unwanted mail, too."),
        "button": _("Send the letter"),
        "back": "sign-in",
        "back_words": _("Sign in"),
    }
    return _ask(request, "confirm", words)


@require_POST
@login_required
def ask_own_confirmation(request: HttpRequest) -> HttpResponse:
    """Send it to the person who is signed in."""
    email = api.person(user=str(request.user.pk)).email
    api.ask_letter(kind="confirm", email=email, address=request.META.get("REMOTE_ADDR", ""))
    messages.success(request, _("The letter is on its way."))
    return redirect("profile")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Send a link by which a new password is chosen."""
    words = {
        "title": _("Choose a new password"),
        "lede": _("Tell us your e-mail address, and we send a link there."),
        "button": _("Send the letter"),
        "back": "sign-in",
        "back_words": _("Back"),
    }
    return _ask(request, "reset", words)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What everybody sees who asked for a letter, whether one was sent or not."""
    words = {
        "title": _("Look into your mail"),
        "lede": _(
            "If there is an account with this e-mail address, a letter with a link is on its way."
        ),
        "back": "sign-in",
        "back_words": _("Sign in"),
    }
    return page(request, None, words)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm an address, by a button: programs that look at mail before people do open links. In another
    browser than that of the sign-up the password is asked for, or another one taken."""
    sent, form = request.POST if request.method == "POST" else None, forms.Form()
    try:
        address, known = api.address_of_link(key=key), chosen.here(request, key)
        if not known:
            form = OwnPasswordForm(sent, guardians=api.guardians_of_link(key=key))
        if sent is not None and (known or form.is_valid()):
            return _confirmed(request, key, known, form)
    except DeadLink as error:
        return _dead(request, error, "ask-confirmation")
    except Invalid as error:
        show(form, error)
    words = {
        "title": _("Confirm your e-mail address"),
        "lede": _("Is %(address)s yours?") % {"address": address},
        "button": _("Yes, confirm it"),
    }
    if not known:
        words["lede"] += " " + _(
            "Then enter the password that you chose at the sign-up. If you do not know it, or somebody"
            " else signed up with your address, enter a new one: it replaces the other."
        )
    return page(request, form, words)


def _confirmed(request: HttpRequest, key: str, known: bool, form: forms.Form) -> HttpResponse:
    told = {} if known else form.cleaned_data
    api.confirm_address(
        key=key,
        known=known,
        password=told.get("new", ""),
        keep_guardians=told.get("keep_guardians", False),
    )
    if known:
        messages.success(request, _("Your e-mail address is confirmed."))
    else:
        messages.success(
            request,
            _("Your e-mail address is confirmed. Sign in with the password that you entered."),
        )
    request.session.pop(chosen.KEY, None)
    return redirect("profile" if request.user.is_authenticated else "sign-in")


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: HttpRequest, key: str) -> HttpResponse:
    """Choose a new password by the link of a letter."""
    form = NewPasswordForm()
    try:
        person = api.person_of_reset(key=key)
        form = NewPasswordForm(
            request.POST if request.method == "POST" else None,
            guardians=api.guardians_of_reset(key=key),
        )
        if form.is_bound and form.is_valid():
            keep = form.cleaned_data.get("keep_guardians", False)
            api.reset_password(key=key, new=form.cleaned_data["new"], keep_guardians=keep)
            messages.success(request, _("Your password is changed. All devices are signed out."))
            return redirect("sign-in")
    except DeadLink as error:
        return _dead(request, error, "forgotten-password")
    except Invalid as error:
        show(form, error)
    words = {
        "title": _("Choose a new password"),
        "lede": _("For %(address)s. All devices are signed out.") % {"address": person.email},
        "button": _("Change the password"),
    }
    return page(request, form, words)
