"""Signing in with an account that a person has elsewhere, by OpenID Connect. Who may be signed in with is
entered in the admin (social applications of django-allauth); who gets in is decided here."""

from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.contrib import messages
from django.contrib.auth import get_backends
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from edu.common.errors import Conflict, Denied, EduError, Invalid
from edu.users import api
from edu.users.data import ConsentNeeded
from edu.users.web import chosen, outsidecalls

NOT_THERE = (requests.RequestException, KeyError, ValueError)  # or it answers nonsense


def _back(request: HttpRequest, words: str) -> ImmediateHttpResponse:
    """Say `words` on the page that the person came from."""
    messages.error(request, words)
    return ImmediateHttpResponse(
        redirect("outside" if request.user.is_authenticated else "sign-in")
    )


def offered(request: HttpRequest) -> list[dict[str, str]]:
    """Return who may be signed in with, as `id` and `name`."""
    apps = get_adapter().list_apps(request, provider="openid_connect")
    return [{"id": each.provider_id, "name": each.name} for each in apps]


class Outside(DefaultSocialAccountAdapter):
    """What the library asks of us when somebody comes back from elsewhere."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Let in whom we know by this account elsewhere; make an account for anybody else. One that is
        there already is never taken for theirs because the e-mail address is the same: its owner
        signs in, and connects the account elsewhere in the profile."""
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        told = next(iter(sociallogin.email_addresses), None)
        if told is None:
            raise _back(request, _("No e-mail address came with it, and an account needs one."))
        try:
            if api.below_age(birth_year=request.session.get("born")):
                raise _back(request, _(ConsentNeeded.detail))
        except Invalid:
            words = _("Begin at “Make an account”: it asks for one thing first. Then come back.")
            raise _back(request, words) from None
        account = sociallogin.account
        name = str(account.extra_data.get("userinfo", {}).get("name") or "")[:100]
        try:
            person = api.register_from_outside(
                email=told.email,
                display_name=name or told.email.partition("@")[0],
                confirmed=told.verified is True,
                where=self._name(account),
            )
        except Invalid as error:
            raise _back(request, " ".join(_(each) for each in error.fields.values())) from None
        except (Conflict, Denied) as error:
            raise _back(request, _(error.detail)) from None
        chosen.remember(request, person.id)
        sociallogin.connect(request, get_backends()[0].get_user(person.id))

    def get_requests_session(self) -> requests.Session:
        """Call sites elsewhere only where they may be."""
        return outsidecalls.session()

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, **more: Any
    ) -> None:
        """Say that it did not work, on a page of ours."""
        raise _back(request, _("Signing in elsewhere did not work. Try again."))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Return where a person sees what they connected; write it down."""
        whose, name = str(request.user.pk), self._name(socialaccount)
        if SocialAccount.objects.filter(
            user_id=whose, provider=socialaccount.provider, uid=socialaccount.uid
        ).exists():
            api.audit(action="outside-joined", by=whose, about=whose, detail={"name": name})
        return reverse("outside")

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Accounts are made above, by our own rules."""
        return False

    @staticmethod
    def _name(account: Any) -> str:
        return str(account.get_provider().name)


@never_cache
@require_POST
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go there, by way of a page: browsers let no form of ours be sent on to another site."""
    if request.POST.get("process") == "connect" and not request.user.is_authenticated:
        return redirect("sign-in")
    try:
        answer = oidc.login(request, provider_id)
    except NOT_THERE:
        return _back(request, _("It cannot be reached at the moment. Try again later.")).response
    place = answer.get("Location", "")
    if not place.startswith(("https://", "http://")):
        return answer
    name = next((each["name"] for each in offered(request) if each["id"] == provider_id), "")
    return render(request, "users/outside_go.html", {"place": place, "name": name})


@never_cache
@require_safe
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from there."""
    try:
        return oidc.callback(request, provider_id)
    except NOT_THERE:
        return _back(request, _("Signing in elsewhere did not work. Try again.")).response
    except EduError as error:
        return _back(request, _(error.detail)).response


@login_required
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """The accounts elsewhere that open this one, and those that could."""
    mine = SocialAccount.objects.filter(user_id=request.user.pk).order_by("pk")
    names = {each["id"]: each["name"] for each in offered(request)}
    known = {each.provider for each in mine}
    context = {
        "joined": [
            {
                "id": each.pk,
                "name": names.get(each.provider, each.provider),
                "email": each.extra_data.get("userinfo", {}).get("email", ""),
                "since": each.date_joined,
            }
            for each in mine
        ],
        "others": [{"id": key, "name": name} for key, name in names.items() if key not in known],
    }
    return render(request, "users/outside.html", context)


@login_required
@require_POST
def leave(request: HttpRequest, account: int) -> HttpResponse:
    """Let an account elsewhere open this one no more."""
    row = SocialAccount.objects.filter(user_id=request.user.pk, pk=account).first()
    if row is None:
        raise Http404
    whose, name = str(request.user.pk), Outside._name(row)
    row.delete()
    api.audit(action="outside-left", by=whose, about=whose, detail={"name": name})
    messages.success(request, _("It opens your account no more."))
    return redirect("outside")
