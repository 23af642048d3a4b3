"""Another e-mail address for one's account: by page, and me/email of the API."""

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from edu.common.errors import EduError
from edu.common.formerrors import show
from edu.users import api
from edu.users.data import AskedTooOften, DeadLink
from edu.users.web.letters import page
from edu.users.web.rest import checked


class NewAddressForm(forms.Form):
    """Another address."""

    email = forms.CharField(
        label=gettext_lazy("New e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


@never_cache
@login_required
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for another address. Whoever signed in longer ago than some minutes shows first, by password or
    passkey, that it is them."""
    user = str(request.user.pk)
    form, status = NewAddressForm(request.POST if request.method == "POST" else None), 200
    if form.is_bound and form.is_valid():
        try:
            api.ask_address(
                user=user,
                email=form.cleaned_data["email"],
                proved=True,
                address=request.META.get("REMOTE_ADDR", ""),
            )
        except EduError as error:
            show(form, error)
            status = 429 if isinstance(error, AskedTooOften) else 422
        else:
            messages.success(
                request, _("A letter is on its way to the new address. Open the link in it.")
            )
            return redirect("email")
    elif form.is_bound:
        status = 422
    context = {"form": form, "waiting": api.address_waiting(user=user)}
    return render(request, "users/email.html", context, status=status)


@require_POST
@login_required
def cancel(request: HttpRequest) -> HttpResponse:
    """Keep the address after all."""
    api.cancel_address(user=str(request.user.pk))
    messages.success(request, _("Your address stays as it is."))
    return redirect("profile")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Change the address, by a button: programs that look at mail before people do open links."""
    try:
        if request.method == "POST":
            return _changed(request, api.change_address(key=key).id)
        address = api.address_of_change(key=key)
    except DeadLink as error:
        words = {"title": _("This link does not work any more"), "lede": _(error.detail)}
        return page(request, None, {**words, "back": "email", "back_words": _("Ask again")}, 410)
    words = {
        "title": _("Your new e-mail address"),
        "lede": _("From now on the account that asked for it has the address %(address)s.")
        % {"address": address},
        "button": _("Yes, change it"),
    }
    return page(request, forms.Form(), words)


def _changed(request: HttpRequest, whose: str) -> HttpResponse:
    """Say so: in their own session to the one whose address it is; in another person's not whose."""
    if not request.user.is_authenticated or str(request.user.pk) == whose:
        messages.success(request, _("Your account has its new e-mail address."))
        return redirect("profile" if request.user.is_authenticated else "sign-in")
    words = {
        "title": _("The e-mail address was changed"),
        "lede": _(
            "The account that this link was made for has its new address. You are signed in with"
            " another account, whose address stays as it is."
        ),
    }
    return page(request, None, words)


class AddressChangeIn(serializers.Serializer):
    """Another address, and the password that shows who asks."""

    email = serializers.CharField(max_length=1000)
    password = serializers.CharField(max_length=10_000, trim_whitespace=False)


class MyAddressView(APIView):
    """me/email"""

    @extend_schema(
        summary="Change my e-mail address",
        tags=["me"],
        request=AddressChangeIn,
        responses={
            202: OpenApiResponse(description="A letter is on its way to the new address."),
            400: OpenApiResponse(description="A field is wrong; `errors` says which and why."),
            429: OpenApiResponse(description="Too many wrong passwords, or asked too often."),
        },
        examples=[
            OpenApiExample(
                "Another address",
                {"email": "levko@example.net", "password": "violet-harbour-41"},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        """Send a letter to the new address; it is mine once the link in it is opened. The answer does
        not tell whether it is somebody's. All sign-ins stay as they are."""
        where = request.META.get("REMOTE_ADDR", "")
        wanted = checked(AddressChangeIn, request)
        api.ask_address(user=str(request.user.pk), **wanted, address=where)
        return Response(status=202)

    @extend_schema(
        summary="Keep my e-mail address",
        tags=["me"],
        request=None,
        responses={204: OpenApiResponse(description="No change waits any more.")},
        examples=[OpenApiExample("Kept", None, response_only=True, status_codes=["204"])],
    )
    def delete(self, request: Request) -> Response:
        """Take a change back that waits for its letter; where none does, nothing happens."""
        api.cancel_address(user=str(request.user.pk))
        return Response(status=204)
