"""What this app holds of people, the tables of Django and of the libraries for accounts included."""

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from oauth2_provider import models as oauth

from edu.common import held
from edu.common.held import ERASE, KEEP, UNNAME, Held, Names, Rules
from edu.common.text import gettext_noop as _
from edu.users import models
from edu.users.logic import audit
from edu.users.models import AuditRecord, User

SIGN_IN = _("So that you can sign in, and nobody else as you.")
PROGRAMS = _("So that programs that you let in can work for you.")
RIGHTS = _("Says what an account may do.")
NOT_PERSONAL = _("Names nobody.")

RULES: Rules = {
    UserSession: Held(
        _("Browsers in which you are signed in"),
        SIGN_IN,
        {"user": ERASE},
        hide=("session_key", "data"),
    ),
    Session: Held(
        _("Sessions of browsers"),
        _("Ended with the browsers that they belong to; what they hold is sealed."),
    ),
    Authenticator: Held(_("Second steps of signing in"), SIGN_IN, {"user": ERASE}, hide=("data",)),
    SocialToken: Held(
        _("What accounts elsewhere gave us"),
        SIGN_IN,
        {"account__user": ERASE},
        hide=("token", "token_secret"),
    ),
    SocialAccount: Held(_("Accounts elsewhere that you sign in with"), SIGN_IN, {"user": ERASE}),
    SocialApp: Held(_("Where one can sign in from elsewhere"), NOT_PERSONAL),
    EmailConfirmation: Held(
        _("Letters that confirm your address"),
        SIGN_IN,
        {"email_address__user": ERASE},
        hide=("key",),
    ),
    EmailAddress: Held(_("Your e-mail address"), SIGN_IN, {"user": ERASE}),
    models.Mail: Held(_("Letters to you"), _("Until they are sent."), {"to@email": ERASE}),
    models.Invitation: Held(
        _("Invitations"),
        _("So that somebody who was invited can make an account."),
        {"made_by": UNNAME, "used_by": ERASE, "email@email": ERASE},
    ),
    models.Consent: Held(
        _("Consents"),
        _("So that it can be proved who agreed to what."),
        {"user": ERASE, "decided_by": UNNAME},
    ),
    models.Guardian: Held(
        _("Guardians"),
        _("So that somebody can stand for a child."),
        {"child": ERASE, "guardian": ERASE, "made_by": UNNAME},
    ),
    models.ConsentRequest: Held(
        _("Wishes for an account that wait for a guardian or the school"),
        _("Until they are answered, or for a week."),
        {"email@email": ERASE, "guardian_email@email": ERASE},
        hide=("password", "digest"),
    ),
    models.Minor: Held(
        _("That somebody is below the age of consent"),
        _("So that somebody else consents for them."),
        {"user": ERASE},
    ),
    models.Pupil: Held(
        _("Your user name in a class"),
        SIGN_IN,
        {"user": ERASE, "made_by": UNNAME},
    ),
    models.ClassCode: Held(_("Codes of classes"), NOT_PERSONAL),
    models.RefreshToken: Held(
        _("Refresh tokens"), SIGN_IN, {"family__user": ERASE}, hide=("digest",)
    ),
    models.TokenFamily: Held(_("Sign-ins of programs"), SIGN_IN, {"user": ERASE}),
    models.PersonalToken: Held(
        _("Your access tokens"), PROGRAMS, {"user": ERASE}, hide=("digest",)
    ),
    oauth.RefreshToken: Held(
        _("What programs hold of you"),
        PROGRAMS,
        {"user": ERASE},
        hide=("token", "token_checksum", "token_family"),
    ),
    oauth.AccessToken: Held(
        _("What programs hold of you"), PROGRAMS, {"user": ERASE}, hide=("token", "token_checksum")
    ),
    oauth.Grant: Held(
        _("Programs that you are letting in"),
        PROGRAMS,
        {"user": ERASE},
        hide=("code", "code_challenge", "nonce"),
    ),
    oauth.IDToken: Held(_("What programs hold of you"), PROGRAMS, {"user": ERASE}, hide=("jti",)),
    oauth.DeviceGrant: Held(
        _("Programs that you are letting in"),
        PROGRAMS,
        {"user": ERASE},
        hide=("device_code", "user_code"),
    ),
    oauth.Application: Held(
        _("Programs that you registered"), PROGRAMS, {"user": ERASE}, hide=("client_secret",)
    ),
    models.ProgramScopes: Held(_("What programs may ask for"), NOT_PERSONAL),
    LogEntry: Held(
        _("What you changed as an administrator"),
        _("So that administrators see what was changed."),
        {"user": ERASE, "object_id": ERASE},
    ),
    User.groups.through: Held(_("Groups that you are in"), RIGHTS, {"user": ERASE}),
    User.user_permissions.through: Held(_("What you may do"), RIGHTS, {"user": ERASE}),
    Group: Held(_("Groups"), NOT_PERSONAL),
    Group.permissions.through: Held(_("What groups may do"), NOT_PERSONAL),
    Permission: Held(_("Names of rights"), NOT_PERSONAL),
    models.SiteRole: Held(_("What roles on this site allow"), NOT_PERSONAL),
    ContentType: Held(_("Names of tables"), NOT_PERSONAL),
    AuditRecord: Held(
        _("What happened with your account"),
        _(
            "The records prove later what was done with accounts, so none is ever taken out. After an"
            " erasure they hold no name and no address, and the number that they name leads to nobody."
        ),
        {"about": KEEP, "actor": KEEP},
        hide=("before", "digest"),
    ),
    models.Picture: Held(
        _("Your picture"),
        _("So that those who share a course with you see who you are."),
        {"user": ERASE},
        hide=("small", "middle"),
        inside={"large": "image/webp"},
    ),
    models.AddressChange: Held(
        _("An e-mail address that waits for being confirmed"),
        SIGN_IN,
        {"user": ERASE, "email@email": ERASE},
        hide=("digest",),
    ),
    models.CoursePreference: Held(
        _("What you prefer in single courses"),
        _("So that a course is as you like it."),
        {"user": ERASE},
    ),
    User: Held(
        _("Your account, your name and your preferences"),
        SIGN_IN,
        {"id": ERASE},
        hide=("password",),
    ),
}


def names(user: UUID) -> Names:
    """Return what a person is called in the tables; no address once the account is gone."""
    email = User.objects.filter(id=user).values_list("email", flat=True).first()
    return {"id": user, "email": email}


@transaction.atomic
def erase(user: UUID, now: datetime) -> dict[str, int]:
    """Erase a person's account and all that belongs to it; their records of the audit trail lose what
    they hold besides. Return how many rows went, by table."""
    for row in UserSession.objects.filter(user_id=user):
        row.end()
    if User.objects.filter(id=user).exists():
        audit.clear(user, now)
    return held.erase(RULES, names(user))
