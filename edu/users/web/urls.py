"""Paths of the users app."""

from django.urls import path
from oauth2_provider.views import RevokeTokenView, TokenView, UserInfoView

from edu.users.web import (
    consent_pages,
    consent_rest,
    letters,
    oauth,
    outside,
    pages,
    rest,
    steps,
    token_pages,
    token_rest,
)
from edu.users.web.forms import PupilForm

api = [
    path("auth/register", rest.RegisterView.as_view(), name="api-register"),
    path("auth/token", rest.TokenView.as_view(), name="api-token"),
    path("auth/token/refresh", rest.RefreshView.as_view(), name="api-token-refresh"),
    path("auth/confirmation", rest.ConfirmationView.as_view(), name="api-confirmation"),
    path("auth/logout", rest.LogoutView.as_view(), name="api-logout"),
    path("me", rest.MeView.as_view(), name="api-me"),
    path("me/consents", consent_rest.ConsentsView.as_view(), name="api-me-consents"),
    path("me/tokens", token_rest.TokensView.as_view(), name="api-me-tokens"),
    path("me/tokens/<str:token>", token_rest.TokenEndView.as_view(), name="api-me-token"),
]
site = [
    path("sign-up/", pages.sign_up, name="sign-up"),
    path("sign-up/confirm/", letters.ask_confirmation, name="ask-confirmation"),
    path("sign-up/confirm/<str:key>/", letters.confirm, name="confirm-address"),
    path("sign-in/", pages.sign_in, name="sign-in"),
    path(
        "sign-in/class/",
        pages.sign_in,
        {"kind": PupilForm, "template": "users/sign_in_class.html"},
        name="sign-in-class",
    ),
    path("sign-in/forgotten/", letters.forgotten, name="forgotten-password"),
    path("sign-in/sent/", letters.sent, name="letter-sent"),
    path("sign-in/new-password/<str:key>/", letters.new_password, name="new-password"),
    *steps.signing_in,
    path("sign-out/", pages.sign_out, name="sign-out"),
    path("profile/", pages.profile, name="profile"),
    path("profile/confirm/", letters.ask_own_confirmation, name="confirm-own-address"),
    *steps.profile,
    path("profile/consents/", consent_pages.consents, name="consents"),
    path("profile/password/", pages.password, name="password"),
    path("profile/tokens/", token_pages.tokens, name="tokens"),
    path("profile/tokens/<str:token>/end/", token_pages.end_token, name="token-end"),
    path("profile/history/", token_pages.history, name="history"),
    path("profile/programs/", token_pages.programs, name="programs"),
    path("profile/programs/<str:program>/end/", token_pages.end_program, name="program-end"),
    path("profile/outside/", outside.accounts, name="outside"),
    path("profile/outside/<int:account>/leave/", outside.leave, name="outside-leave"),
    # The library asks for these two by names of its own.
    path("sign-in/with/<str:provider_id>/", outside.begin, name="openid_connect_login"),
    path("sign-in/with/<str:provider_id>/back/", outside.back, name="openid_connect_callback"),
    path("oauth/authorize/", oauth.ConsentView.as_view(), name="oauth-authorize"),
    path("oauth/token/", TokenView.as_view(), name="oauth-token"),
    path("oauth/revoke/", RevokeTokenView.as_view(), name="oauth-revoke"),
    path("oauth/introspect/", oauth.IntrospectView.as_view(), name="oauth-introspect"),
    path("oauth/userinfo/", UserInfoView.as_view(), name="oauth-userinfo"),
    path(".well-known/openid-configuration", oauth.discovery, name="openid-configuration"),
    path(".well-known/oauth-authorization-server", oauth.discovery, name="oauth-server"),
    path(".well-known/jwks.json", pages.keys, name="jwks"),
]
