"""The OAuth 2.1 server for programs of others, by django-oauth-toolkit; OpenID Connect on top of it."""

import base64
import hashlib
from datetime import timedelta
from typing import Any
from urllib.parse import unquote_plus, urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.generic import View
from oauth2_provider.exceptions import OAuthToolkitError
from oauth2_provider.models import AccessToken, Application, IDToken, RefreshToken
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauth2_provider.views import AuthorizationView
from oauth2_provider.views.mixins import OAuthLibMixin
from oauthlib.common import Request
from oauthlib.oauth2.rfc6749.errors import (
    InsufficientScopeError,
    InvalidGrantError,
    InvalidRequestError,
)
from oauthlib.openid.connect.core.exceptions import ConsentRequired

from edu.users import api
from edu.users.data import NOT_FOR_OTHERS, SCOPES, SIGN_IN_SCOPES, BadToken

ALL = {**SIGN_IN_SCOPES, **SCOPES}


class NotEnough(InsufficientScopeError):
    """A good token, and not one to ask who somebody is by: 403 (RFC 6750, section 3.1)."""

    description = "This takes a token with the scope openid."

    @property
    def headers(self) -> dict[str, str]:
        """The library names a challenge with 401 alone."""
        return {"WWW-Authenticate": f'Bearer error="{self.error}", scope="openid"'}


class Validator(OAuth2Validator):
    """What the library asks of us: who is told what, and who is not let in any more."""

    def get_oidc_issuer_endpoint(self, request: Any) -> str:
        """Return the issuer, as the discovery document has it."""
        return str(settings.EDU_PUBLIC_URL)

    def get_additional_claims(self) -> dict[str, Any]:
        """Return what may be told of a person; the library holds it to the scopes."""
        return {
            "name": lambda request: request.user.display_name,
            "locale": lambda request: _about(request).preferences.language,
            "zoneinfo": lambda request: _about(request).preferences.time_zone,
            "email": lambda request: request.user.email or "",
            "email_verified": lambda request: api.confirmed(user=str(request.user.pk)),
        }

    def finalize_id_token(
        self, id_token: dict[str, Any], token: Any, token_handler: Any, request: Any
    ) -> str:
        """Return the ID token, signed by the key ring of ours, which rotates."""
        claims, ends = self.get_id_token_dictionary(token, token_handler, request)
        id_token.update(**claims)
        if "nonce" not in id_token and request.nonce:
            id_token["nonce"] = request.nonce
        signed = api.sign_id_token(claims=id_token)
        row = self._save_id_token(id_token["jti"], request, ends)
        request.access_token = request.id_token = row
        return signed

    def _load_id_token(self, token: str) -> Any:
        try:
            claims = api.id_token_claims(token=token)
        except BadToken:
            return None
        return IDToken.objects.filter(jti=claims["jti"]).first()

    def validate_id_token(self, token: str, scopes: Any, request: Any) -> bool:
        """An ID token says who somebody is; it opens nothing."""
        return False

    def validate_bearer_token(self, token: str, scopes: Any, request: Any) -> bool:
        """Whether the token is good; a blocked person's is not."""
        good = super().validate_bearer_token(token, scopes, request)
        if (getattr(request, "oauth2_error", None) or {}).get("error") == "insufficient_scope":
            raise NotEnough
        return bool(good and request.user and request.user.is_active)

    def authenticate_client(self, request: Any, *args: Any, **more: Any) -> bool:
        """Whether the program shows its own secret; TooManyFailures, 429, after ten wrong ones. What the
        header and what the form say are counted each: the library takes either."""
        names = _claimed(self._extract_basic_auth(request) or "", request.client_id or "")
        address = str(request.headers.get("REMOTE_ADDR") or "")
        for each in names:
            api.may_try_secret(program=each, address=address)
        right = bool(super().authenticate_client(request, *args, **more))
        for each in names:
            if right:  # of many that were tried at once, one may be
                api.may_try_secret(program=each, address=address)
            api.tried_secret(program=each, address=address, right=right)
        return right

    def validate_silent_login(self, request: Any) -> bool:
        """Whether `prompt=none` may go on here: who is signed in, and that each is asked each time, the
        view below knows."""
        return True

    def validate_silent_authorization(self, request: Any) -> bool:
        """As above."""
        return True

    def validate_scopes(
        self, client_id: str, scopes: Any, client: Any, request: Any, *args: Any, **more: Any
    ) -> bool:
        """A program that signs in for itself is nobody, so it cannot ask who somebody is."""
        if request.grant_type == "client_credentials" and set(scopes) & set(SIGN_IN_SCOPES):
            return False
        if not api.program_allows(program=client.pk, scopes=list(scopes)):
            return False
        return bool(super().validate_scopes(client_id, scopes, client, request, *args, **more))

    def validate_refresh_token(
        self, refresh_token: str, client: Any, request: Any, *args: Any, **more: Any
    ) -> bool:
        """Whether it is good once more. One that comes twice ends its family, and that is told."""
        digest = hashlib.sha256(refresh_token.encode()).hexdigest()
        used = RefreshToken.objects.filter(token_checksum=digest).exclude(revoked=None).first()
        family = RefreshToken.objects.filter(token_family=used.token_family) if used else None
        alive = family is not None and family.filter(revoked=None).exists()
        good = super().validate_refresh_token(refresh_token, client, request, *args, **more)
        if used and alive and not good:
            told = {"name": str(used.application)}
            api.audit(action="family-killed", about=str(used.user_id), detail=told)
        row = getattr(request, "refresh_token_instance", None)
        if not good or row is None or not row.user.is_active or row.access_token_id is None:
            return False  # without its access token nobody knows what it was good for
        return bool(row.created > timezone.now() - timedelta(days=settings.EDU_REFRESH_DAYS))

    def revoke_token(
        self, token: str, token_type_hint: str, request: Any, *args: Any, **more: Any
    ) -> None:
        """End a token of the program that asks, and with it the one that was given beside it: who ends
        one wants the program out, and what refreshes it would bring it back."""
        digest = hashlib.sha256(token.encode(errors="replace")).hexdigest()
        access = AccessToken.objects.filter(application=request.client, token_checksum=digest)
        refresh = RefreshToken.objects.filter(
            Q(token_checksum=digest) | Q(access_token__in=access), application=request.client
        )
        for each in [*refresh, *access]:
            each.revoke()

    def validate_code(
        self, client_id: str, code: str, client: Any, request: Any, *args: Any, **more: Any
    ) -> bool:
        """Whether it is good. One that comes twice was seen by somebody else: what came of it ends."""
        good = super().validate_code(client_id, code, client, request, *args, **more)
        if not good:
            _end_family(RefreshToken.objects.filter(token_family=_family(code), application=client))
        return bool(good)

    def invalidate_authorization_code(
        self, client_id: str, code: str, request: Any, *args: Any, **more: Any
    ) -> None:
        """Forget the code. Of two who bring it at the same moment neither keeps anything."""
        try:
            super().invalidate_authorization_code(client_id, code, request, *args, **more)
        except InvalidGrantError:
            rows = RefreshToken.objects.filter(token_family=_family(code))
            _end_family(rows.filter(application=request.client))
            raise

    def _create_refresh_token(
        self, request: Any, refresh_token_code: str, access_token: Any, previous_refresh_token: Any
    ) -> Any:
        row = super()._create_refresh_token(
            request, refresh_token_code, access_token, previous_refresh_token
        )
        if previous_refresh_token is None and request.grant_type == "authorization_code":
            row.token_family = _family(request.code)
            row.save(update_fields=["token_family"])
        return row


def _claimed(basic: str, sent: str) -> set[str]:
    """Return which programs a request says it is from."""
    try:
        told = base64.b64decode(basic).decode(errors="replace")
    except ValueError:
        told = ""
    return {unquote_plus(told.partition(":")[0]), sent} - {""}


def _family(code: str) -> UUID:
    """Return the family of the tokens that came of an authorization code. The code itself is forgotten
    when it is used."""
    return UUID(bytes=hashlib.sha256(b"code " + code.encode(errors="replace")).digest()[:16])


def _end_family(rows: Any) -> None:
    """End these refresh tokens and the access tokens beside them, and tell whose they were."""
    alive = list(rows.filter(revoked=None).select_related("application"))
    for each in alive:
        each.revoke()
    if alive:
        whose, told = str(alive[0].user_id), {"name": str(alive[0].application)}
        api.audit(action="family-killed", about=whose, detail=told)


def _about(request: Any) -> Any:
    return api.person(user=str(request.user.pk))


def _origin(address: str) -> str:
    """Return the origin of an http(s) address, for the policy of the page; "" for any other."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") else ""


@method_decorator(never_cache, name="dispatch")
class ConsentView(AuthorizationView):
    """oauth/authorize/: asks the person, in plain words, each time."""

    template_name = "users/consent.html"

    def dispatch(self, request: HttpRequest, *args: Any, **more: Any) -> Any:
        """Only those may let programs in whom the site allows it."""
        if request.user.is_authenticated:
            api.need(user=str(request.user.pk), permission="use_programs")
        return super().dispatch(request, *args, **more)

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Return what the page shows: the program, where it is, and what it wants."""
        context = super().get_context_data(**more)
        asked = context.get("scopes") or []
        context["wanted"] = [_(ALL[each]) for each in asked if each in ALL]
        context["place"] = urlsplit(context.get("redirect_uri") or "").netloc
        return context

    def render_to_response(self, context: Any, **more: Any) -> HttpResponse:
        """Return the page. Its form may lead on to the program's own address: browsers hold the
        policy against where a form is sent on to, too."""
        found = _origin(context.get("redirect_uri") or "")
        self.request.form_leads_to = found
        return super().render_to_response(context, **more)

    def get(self, request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        """Ask. What a program may not skip: `approval_prompt` in the address is left out, and who may
        not be asked (`prompt=none`) is sent back."""
        query = request.GET.copy()
        query["approval_prompt"] = "force"
        request.GET = query  # type: ignore[assignment]
        return super().get(request, *args, **more)

    def validate_authorization_request(self, request: HttpRequest) -> Any:
        """Return the scopes and the rest of what is asked for. The library refuses a challenge that is
        not hashed when the code is made; the person is not to be asked before."""
        scopes, asked = super().validate_authorization_request(request)
        if asked.get("code_challenge_method") != "S256":
            wrong = InvalidRequestError(
                description='Unsupported code_challenge_method; use "S256".',
                state=asked.get("state"),
            )
            raise OAuthToolkitError(error=wrong, redirect_uri=asked["redirect_uri"])
        if self.request.user.is_authenticated and "none" in request.GET.get("prompt", "").split():
            refused = ConsentRequired(state=asked.get("state"))
            raise OAuthToolkitError(error=refused, redirect_uri=asked["redirect_uri"])
        return scopes, asked

    def form_invalid(self, form: Any) -> HttpResponse:
        """An answer without a question comes from no page of ours."""
        wrong = {"error": {"error": "invalid_request"}}
        return self.render_to_response(wrong, status=400)

    def form_valid(self, form: Any) -> HttpResponse:
        """Send the person back to the program; write down that it was let in. The library asks for the
        program and the challenge when it draws the page, and takes what the form brings as it comes."""
        sent = form.cleaned_data
        known = Application.objects.filter(client_id=sent["client_id"]).exists()
        proof = sent.get("code_challenge") and sent.get("code_challenge_method")
        if not known or not proof:
            return self.form_invalid(form)
        answer = super().form_valid(form)
        if form.cleaned_data.get("allow") and "code=" in answer.get("Location", ""):
            whose = str(self.request.user.pk)
            program = Application.objects.get(client_id=form.cleaned_data["client_id"])
            told = {"name": str(program), "scopes": form.cleaned_data["scope"].split()}
            api.audit(action="program-allowed", by=whose, about=whose, detail=told)
        return answer


@method_decorator(csrf_exempt, name="dispatch")
class IntrospectView(OAuthLibMixin, View):
    """oauth/introspect/ (RFC 7662): a program asks whether a token of its own is good."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Return `active`, and of a good token its scopes, times and whose it is. Only a program that
        shows its own secret is answered; a token of another one is nothing to it."""
        core = self.get_oauthlib_core()
        asked = Request(*core._extract_params(request))
        if not core.server.request_validator.authenticate_client(asked):
            refused = JsonResponse({"error": "invalid_client"}, status=401)
            refused["WWW-Authenticate"] = 'Basic realm="edu"'
            return refused
        digest = hashlib.sha256(request.POST.get("token", "").encode(errors="replace")).hexdigest()
        rows = AccessToken.objects.filter(application=asked.client, expires__gt=timezone.now())
        row = rows.filter(token_checksum=digest).select_related("user").first()
        if row is None or (row.user and not row.user.is_active):
            return JsonResponse({"active": False})
        told: dict[str, Any] = {
            "active": True,
            "scope": row.scope,
            "client_id": asked.client.client_id,
            "token_type": "Bearer",
            "iss": settings.EDU_PUBLIC_URL,
            "exp": int(row.expires.timestamp()),
            "iat": int(row.created.timestamp()),
        }
        if row.user_id:
            told["sub"] = str(row.user_id)
        return JsonResponse(told)


@require_safe
def discovery(request: HttpRequest) -> HttpResponse:
    """The addresses and abilities of the server (OpenID Connect Discovery, RFC 8414)."""
    base = settings.EDU_PUBLIC_URL
    ways = ["client_secret_basic", "client_secret_post"]
    answer = JsonResponse(
        {
            "issuer": base,
            "authorization_endpoint": base + reverse("oauth-authorize"),
            "token_endpoint": base + reverse("oauth-token"),
            "revocation_endpoint": base + reverse("oauth-revoke"),
            "introspection_endpoint": base + reverse("oauth-introspect"),
            "userinfo_endpoint": base + reverse("oauth-userinfo"),
            "jwks_uri": base + reverse("jwks"),
            "scopes_supported": [each for each in ALL if each not in NOT_FOR_OTHERS],
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": [
                "authorization_code",
                "client_credentials",
                "refresh_token",
            ],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": [*ways, "none"],
            "revocation_endpoint_auth_methods_supported": [*ways, "none"],
            "introspection_endpoint_auth_methods_supported": ways,
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "claims_supported": [
                "iss",
                "sub",
                "aud",
                "exp",
                "iat",
                "auth_time",
                "nonce",
                *Validator().get_additional_claims(),
            ],
            "prompt_values_supported": ["none", "login"],
            "authorization_response_iss_parameter_supported": True,
        }
    )
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "public, max-age=300"
    return answer
