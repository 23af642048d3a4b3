"""Programs that people register here, which then ask others to let them in, or act for their owner. The
rows are django-oauth-toolkit's; what each may ask for stands in a table of ours."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from oauth2_provider.generators import generate_client_secret
from oauth2_provider.models import AccessToken, Application, Grant, RefreshToken

from edu.common.clean import line
from edu.common.errors import Conflict, Invalid, NotFound
from edu.common.text import gettext_noop as _
from edu.users.data import NOT_FOR_OTHERS, SCOPES, SIGN_IN_SCOPES, OwnProgram
from edu.users.models import ProgramScopes

MOST = 20  # programs of one person
MOST_ADDRESSES = 10
LONGEST = 500  # characters of an address
LOOPBACK = ("localhost", "127.0.0.1", "::1")
KINDS = {
    "asks": Application.GRANT_AUTHORIZATION_CODE,
    "acts": Application.GRANT_CLIENT_CREDENTIALS,
}


def offered() -> dict[str, str]:
    """Return the scopes that a program of others may be registered for, with their words."""
    return {k: v for k, v in {**SIGN_IN_SCOPES, **SCOPES}.items() if k not in NOT_FOR_OTHERS}


def of_person(user: UUID) -> list[OwnProgram]:
    """Return the programs that a person registered, by name."""
    return [_data(row) for row in Application.objects.filter(user_id=user).order_by("name", "pk")]


def get(user: UUID, program: str) -> OwnProgram:
    """Return one of them; raise NotFound."""
    return _data(_row(user, program))


def make(user: UUID, wanted: dict[str, Any]) -> tuple[str, OwnProgram]:
    """Register a program; return its secret ("" for a public one), and what is kept. `wanted` has name,
    kind, public, redirect_uris (a list) and scopes. Raises Invalid by fields, Conflict at MOST."""
    told = _checked(wanted)
    if Application.objects.filter(user_id=user).count() >= MOST:
        raise Conflict(_("You have registered as many programs as one may. Remove one first."))
    secret = "" if told["public"] else generate_client_secret()
    row = Application(user_id=user, client_secret=secret, algorithm=Application.RS256_ALGORITHM)
    _write(row, told)
    return secret, _data(row)


def change(user: UUID, program: str, wanted: dict[str, Any]) -> OwnProgram:
    """Change one; of what kind it is stays. Tokens that carry a scope that it has no more are ended."""
    row = _row(user, program, lock=True)
    fixed = {"kind": _kind(row), "public": row.client_type == Application.CLIENT_PUBLIC}
    told = _checked({**wanted, **fixed})
    _write(row, told)
    allowed = set(told["scopes"])
    for each in AccessToken.objects.filter(application=row).select_related("source_refresh_token"):
        if set(each.scope.split()) - allowed:
            RefreshToken.objects.filter(access_token=each).delete()
            each.delete()
    # A refresh token whose access token is gone cannot tell its scopes: it goes, too.
    RefreshToken.objects.filter(application=row, access_token=None, revoked=None).delete()
    Grant.objects.filter(application=row).delete()
    return _data(row)


def new_secret(user: UUID, program: str) -> str:
    """Give it another secret; the one before is good no more. Raises NotFound where it has none."""
    row = _row(user, program, lock=True)
    if row.client_type == Application.CLIENT_PUBLIC:
        raise NotFound
    secret: str = generate_client_secret()
    row.client_secret = secret
    row.save(update_fields=["client_secret", "updated"])
    return secret


def remove(user: UUID, program: str) -> str:
    """Remove it, and all that it holds of people; return its name."""
    row = _row(user, program, lock=True)
    ProgramScopes.objects.filter(program=row.pk).delete()
    name = str(row)
    row.delete()
    return name


def allows(program: int, scopes: set[str]) -> bool:
    """Whether a program may ask for these scopes. One that was registered in the administration has no
    row, and may ask for all that programs may."""
    row = ProgramScopes.objects.filter(program=program).first()
    return row is None or scopes <= set(row.scopes)


def _row(user: UUID, program: str, *, lock: bool = False) -> Any:
    rows = Application.objects.select_for_update() if lock else Application.objects.all()
    found = rows.filter(user_id=user, pk=int(program)).first() if _number(program) else None
    if found is None:
        raise NotFound
    return found


def _number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18


def _kind(row: Any) -> str:
    acts = row.authorization_grant_type == Application.GRANT_CLIENT_CREDENTIALS
    return "acts" if acts else "asks"


def _write(row: Any, told: dict[str, Any]) -> None:
    row.name = told["name"]
    row.authorization_grant_type = KINDS[told["kind"]]
    public = told["public"]
    row.client_type = Application.CLIENT_PUBLIC if public else Application.CLIENT_CONFIDENTIAL
    row.redirect_uris = " ".join(told["redirect_uris"])
    if row.pk is None:
        row.save()
    else:
        row.save(update_fields=["name", "redirect_uris", "updated"])
    ProgramScopes.objects.update_or_create(program=row.pk, defaults={"scopes": told["scopes"]})


def _data(row: Any) -> OwnProgram:
    kept = ProgramScopes.objects.filter(program=row.pk).first()
    created: datetime = row.created
    return OwnProgram(
        id=str(row.pk),
        name=row.name or row.client_id,
        client_id=row.client_id,
        kind=_kind(row),
        public=row.client_type == Application.CLIENT_PUBLIC,
        redirect_uris=row.redirect_uris.split(),
        scopes=kept.scopes if kept else list(offered()),
        created_at=created,
    )


# --- what is asked for ----------------------------------------------------------------------------


def _checked(wanted: dict[str, Any]) -> dict[str, Any]:
    wrong: dict[str, str] = {}
    told: dict[str, Any] = {"kind": wanted.get("kind"), "public": bool(wanted.get("public"))}
    try:
        told["name"] = line(wanted.get("name"), field="name", most=100)
    except Invalid as error:
        wrong |= error.fields
    if told["kind"] not in KINDS:
        wrong["kind"] = _("Choose one of them.")
    if told["kind"] == "acts" and told["public"]:
        wrong["public"] = _("A program that acts for you alone has a secret.")
    scopes = list(dict.fromkeys(wanted.get("scopes") or []))
    told["scopes"] = scopes
    if not scopes or not set(scopes) <= offered().keys():
        wrong["scopes"] = _("Choose what it may do.")
    elif told["kind"] == "acts" and set(scopes) & SIGN_IN_SCOPES.keys():
        wrong["scopes"] = _("A program that acts for you alone lets nobody sign in.")
    try:
        told["redirect_uris"] = _addresses(wanted.get("redirect_uris") or [], told["kind"])
    except Invalid as error:
        wrong |= error.fields
    if wrong:
        raise Invalid(fields=wrong)
    return told


def _addresses(given: list[str], kind: Any) -> list[str]:
    """Return the addresses that people may be sent back to: whole ones, compared letter by letter later."""
    found = list(dict.fromkeys(each.strip() for each in given if each.strip()))
    if kind == "acts":
        if found:
            raise _bad(_("A program that acts for you alone sends nobody back."))
        return []
    if not found:
        raise _bad(_("Name at least one address."))
    if len(found) > MOST_ADDRESSES:
        raise _bad(_("These are too many addresses."))
    for each in found:
        if problem := address_problem(each):
            raise Invalid(fields={"redirect_uris": f"{each[:80]}: {problem}"})
    return found


def _bad(words: str) -> Invalid:
    return Invalid(fields={"redirect_uris": words})


def address_problem(address: str) -> str:
    """Return why people may not be sent back to `address`, or ""."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        parts.port  # noqa: B018  (raises ValueError for a port that is none)
    except ValueError:
        return _("This is no address.")
    plain = address.isascii() and address.isprintable() and not set(address) & set(" *\\<>\"'")
    if not plain or len(address) > LONGEST or not host or parts.scheme not in ("http", "https"):
        return _("Use a whole https address, without blanks or stars.")
    if "#" in address or parts.username is not None or "@" in parts.netloc:
        return _("Leave out what stands after “#”, and names and passwords.")
    if parts.scheme == "http" and host not in LOOPBACK:
        return _("Use https; plain http is only for 127.0.0.1, [::1] and localhost.")
    return ""
