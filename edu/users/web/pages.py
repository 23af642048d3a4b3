"""Account pages: sign up, in and out; profile and password."""

from dataclasses import asdict

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.signals import password_changed
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_backends, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from edu.common.errors import EduError, Invalid
from edu.common.formerrors import show
from edu.users import api
from edu.users.data import (
    BadCredentials,
    EmailTaken,
    InvitationNeeded,
    SignUpClosed,
    TooManyFailures,
)
from edu.users.web import chosen
from edu.users.web.forms import (
    BirthForm,
    MinorForm,
    PasswordForm,
    ProfileForm,
    SignInForm,
    SignUpForm,
)
from edu.users.web.outside import offered
from edu.users.web.serializers import WISH_WAITS


def _onward(request: HttpRequest) -> str:
    """Return where to go after signing in: `next` when it is a place of ours, else Today."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe and "\x00" not in wanted else "/"


def _enter(request: HttpRequest, user: str, *, new: bool = False) -> HttpResponse:
    """Go on to a session for `user`, whose password was right: at once, or after a second step."""
    kept = get_backends()[0].get_user(user)
    if kept is None:  # blocked since
        raise BadCredentials
    login = Login(user=kept, email=kept.email, redirect_url=_onward(request), signup=new)
    told = {"email": kept.email} if kept.email else {"username": kept.display_name}
    answer: HttpResponse = perform_password_login(request, told, login)
    return answer


def _form(
    request: HttpRequest, template: str, form: object, status: int = 200, **more: object
) -> HttpResponse:
    onward = _onward(request)
    context = {"form": form, "next": onward if onward != "/" else "", **more}
    context["outside"] = offered(request)
    context["closed"] = settings.EDU_REGISTRATION[0] == "closed"
    return render(request, template, context, status=status)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Make an account and be signed in."""
    if request.user.is_authenticated:
        return redirect(_onward(request))
    key = request.POST.get("invitation") or request.GET.get("invitation") or ""
    terms = api.registration(invitation=key[:200])
    if not terms.open:
        error = InvitationNeeded if terms.mode == "invitation" else SignUpClosed
        return _form(request, "users/sign_up_closed.html", None, 403, why=_(error.detail))
    if settings.EDU_CONSENT_AGE and "born" not in request.session:
        return _born(request)
    start = {"invitation": key[:200], "email": terms.email}
    born = request.session.get("born")
    minor = api.below_age(birth_year=born)
    kind = MinorForm if minor else SignUpForm
    form = kind(request.POST if request.method == "POST" else None, initial=start)
    told = {"domains": terms.domains}
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound else 200
        return _form(request, "users/sign_up.html", form, status, **told)
    try:
        if minor:
            return _ask_consent(request, form)
        person = api.register(**form.cleaned_data)
    except EmailTaken as taken:
        form.add_error("email", _(taken.detail))
        return _form(request, "users/sign_up.html", form, 409, **told)
    except Invalid as wrong:
        show(form, wrong)
        return _form(request, "users/sign_up.html", form, 422, **told)
    except TooManyFailures as often:
        show(form, often)
        return _form(request, "users/sign_up.html", form, 429, **told)
    request.session.pop("born", None)
    if settings.EDU_REQUIRE_VERIFIED_EMAIL:  # whether this was a new account is not told
        chosen.remember(request, person.id)
        return redirect("letter-sent")
    return _enter(request, person.id, new=True)


def _born(request: HttpRequest) -> HttpResponse:
    """Ask for the year of birth, once: what was said first in this browser holds."""
    form = BirthForm(request.POST if "birth_year" in request.POST else None)
    if form.is_bound and form.is_valid():
        request.session["born"] = form.cleaned_data["birth_year"]
        return redirect(request.get_full_path())
    words = {"title": _("Make an account"), "button": _("Go on")}
    status = 422 if form.is_bound else 200
    return render(request, "users/one_form.html", {"form": form, **words}, status=status)


def _ask_consent(request: HttpRequest, form: Form) -> HttpResponse:
    """Keep the wish of somebody below age, and say who is asked."""
    wanted = {name: told for name, told in form.cleaned_data.items() if name != "time_zone"}
    address = request.META.get("REMOTE_ADDR", "")
    api.ask_consent(**wanted, birth_year=request.session["born"], address=address)
    words = {
        "title": _("Somebody is asked"),
        "lede": _(
            "Your parent, guardian or teacher is asked. When they agree, sign in with what you chose"
            " here."
        )
        + " "
        + str(WISH_WAITS),
        "back": "sign-in",
        "back_words": _("Sign in"),
    }
    return render(request, "users/one_form.html", {"form": None, **words})


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(
    request: HttpRequest, kind: type[Form] = SignInForm, template: str = "users/sign_in.html"
) -> HttpResponse:
    """Begin a session: by e-mail address, or as a pupil (`kind` PupilForm)."""
    if request.user.is_authenticated and request.method != "POST":
        return redirect(_onward(request))
    form = kind(request.POST or None, initial={"class_code": request.GET.get("code", "")[:20]})
    if request.method != "POST" or not form.is_valid():
        return _form(request, template, form, 422 if form.is_bound else 200)
    try:
        person = api.sign_in(**form.cleaned_data, address=request.META.get("REMOTE_ADDR", ""))
    except BadCredentials as error:
        form.add_error(None, _(error.detail))
        letter = (
            settings.EDU_REQUIRE_VERIFIED_EMAIL
        )  # which may be what is missing: that is not told
        return _form(request, template, form, 401, unconfirmed=letter)
    except TooManyFailures as error:
        show(form, error)
        answer = _form(request, template, form, 429)
        answer["Retry-After"] = str(error.retry_after)
        return answer
    return _enter(request, person.id)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("/")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name and preferences."""
    person = api.person(user=str(request.user.id))
    start = {"display_name": person.display_name, **asdict(person.preferences)}
    sent = request.POST if request.method == "POST" else None
    form = ProfileForm(sent, initial=start, user=person.id)
    if form.is_bound and form.is_valid():
        try:
            api.update_me(
                user=person.id,
                display_name=form.cleaned_data["display_name"],
                preferences=form.wanted(),
            )
        except EduError as error:
            show(form, error)
        else:
            messages.success(request, _("Kept."))
            return redirect("profile")
    context = {
        "form": form,
        "person": person,
        "confirmed": api.confirmed(user=person.id),
        "registers": api.may(user=person.id, permission="register_programs"),
        "spoken": [name for _code, name in settings.LANGUAGES],
    }
    return render(request, "users/profile.html", context, status=422 if form.errors else 200)


@sensitive_post_parameters()
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change the password; this browser stays signed in, all others are out."""
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        user = str(request.user.id)
        try:
            api.change_password(
                user=user, old=form.cleaned_data["old"], new=form.cleaned_data["new"]
            )
        except Invalid as error:
            show(form, error)
        else:
            kept = get_backends()[0].get_user(user)
            if kept is not None:
                update_session_auth_hash(request, kept)
                password_changed.send(sender=type(kept), request=request, user=kept)
            messages.success(request, _("Your password is changed. Other devices are signed out."))
            return redirect(reverse("profile"))
    return render(
        request, "users/password.html", {"form": form}, status=422 if form.errors else 200
    )


@require_GET
def keys(request: HttpRequest) -> JsonResponse:
    """The public keys by which other services verify access tokens (RFC 7517)."""
    answer = JsonResponse({"keys": api.public_keys()})
    answer["Cache-Control"] = "public, max-age=300"
    answer["Access-Control-Allow-Origin"] = "*"  # public keys, for programs in a browser too
    return answer
