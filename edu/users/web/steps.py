"""Paths of django-allauth's steps of signing in, with our pages. Its own paths are not mounted."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from edu.users.web import pages, security


def _view(view: Any, template: str = "one_form", **words: Any) -> Any:
    """One page of the library's, drawn by a template of ours with `words` in it."""
    return never_cache(view.as_view(template_name=f"users/{template}.html", extra_context=words))


BACK: dict[str, Any] = {"back": "security", "back_words": _("Back")}
TO_SIGN_IN: dict[str, Any] = {"back": "sign-in", "back_words": _("Back")}
AGAIN: dict[str, Any] = {"title": _("Is it you?"), "button": _("Go on"), **BACK}

signing_in = [
    # The library asks for these by names of its own; they are pages of ours.
    path("sign-in/", pages.sign_in, name="account_login"),
    path("sign-up/", pages.sign_up, name="account_signup"),
    path(
        "sign-in/code/",
        _view(
            account.RequestLoginCodeView,
            title=_("Sign in with a code"),
            lede=_("Tell us your e-mail address, and we send a code there."),
            button=_("Send the code"),
            **TO_SIGN_IN,
        ),
        name="account_request_login_code",
    ),
    path(
        "sign-in/code/enter/",
        _view(
            account.ConfirmLoginCodeView,
            title=_("Enter the code"),
            lede=_("If there is an account with this e-mail address, a code is on its way there."),
            button=_("Sign in"),
            **TO_SIGN_IN,
        ),
        name="account_confirm_login_code",
    ),
    path("sign-in/passkey/", _view(keys.LoginWebAuthnView), name="mfa_login_webauthn"),
    path("sign-in/second/", _view(mfa.AuthenticateView, "second_step"), name="mfa_authenticate"),
    path(
        "sign-in/again/",
        _view(
            account.ReauthenticateView,
            lede=_("Enter your password, since this changes how you sign in."),
            **AGAIN,
        ),
        name="account_reauthenticate",
    ),
    path(
        "sign-in/again/code/",
        _view(
            mfa.ReauthenticateView,
            lede=_("Enter the code that your app shows, or a recovery code."),
            **AGAIN,
        ),
        name="mfa_reauthenticate",
    ),
    path(
        "sign-in/again/passkey/",
        _view(keys.ReauthenticateWebAuthnView, "passkey_again", **AGAIN),
        name="mfa_reauthenticate_webauthn",
    ),
]
profile = [
    path("profile/security/", security.page, name="security"),
    path("profile/security/", security.page, name="mfa_index"),
    path("profile/security/", security.page, name="mfa_list_webauthn"),
    path("profile/security/end-others/", security.end_others, name="end-other-devices"),
    path("profile/security/<str:device>/end/", security.end, name="end-device"),
    path(
        "profile/security/app/", _view(totp.ActivateTOTPView, "app_new"), name="mfa_activate_totp"
    ),
    path(
        "profile/security/app/remove/",
        _view(
            totp.DeactivateTOTPView,
            title=_("Remove the authenticator app"),
            lede=_("Its codes are not asked for any more when you sign in."),
            button=_("Remove it"),
            **BACK,
        ),
        name="mfa_deactivate_totp",
    ),
    path(
        "profile/security/codes/",
        _view(codes.ViewRecoveryCodesView, "codes"),
        name="mfa_view_recovery_codes",
    ),
    path(
        "profile/security/codes/new/",
        _view(
            codes.GenerateRecoveryCodesView,
            title=_("New recovery codes"),
            lede=_("The codes that you have now stop working."),
            button=_("Make new codes"),
            **BACK,
        ),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "profile/security/passkeys/",
        _view(keys.AddWebAuthnView, "passkey_new"),
        name="mfa_add_webauthn",
    ),
    path(
        "profile/security/passkeys/<int:pk>/remove/",
        _view(
            keys.RemoveWebAuthnView,
            title=_("Remove the passkey"),
            lede=_("It does not open your account any more. Remove it on your device, too."),
            button=_("Remove it"),
            **BACK,
        ),
        name="mfa_remove_webauthn",
    ),
]
