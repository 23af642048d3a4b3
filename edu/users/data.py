"""People: who they are and how they like to learn."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from edu.common import preferences as kept
from edu.common.errors import Conflict, Denied, EduError, Invalid, NotFound
from edu.common.text import gettext_noop as _
from edu.events.data import Fact


class EmailTaken(Conflict):
    """Somebody registered with this address before."""

    detail = _("There is an account with this e-mail address already. Sign in instead.")


class BadCredentials(EduError):
    """401: wrong address or password, or a token that is dead. Never says which."""

    detail = _("The e-mail address and password do not match. Check both and try again.")


class NotLetIn(BadCredentials):
    """401 where addresses have to be confirmed: wrong address or password, or right ones of an address
    that is not confirmed yet. One answer, or it would tell which addresses have an account."""

    detail = _(
        "E-mail address and password do not match, or the address is not confirmed yet: look for our"
        " letter."
    )


class CodeNeeded(BadCredentials):
    """401: address and password are right, but the account has a second step."""

    detail = _(
        "This account has a second step. Send its code as “otp”: what the authenticator app shows, or "
        "a recovery code."
    )


class WrongCode(CodeNeeded):
    """401: the code of the second step is not right, or was used before."""

    detail = _("The code in “otp” is not right, or was used before.")


class BadToken(BadCredentials):
    """401: an access or refresh token that is not, or no longer, good."""

    detail = _("This token is not valid any more. Sign in again.")


class TooManyFailures(Denied):
    """429: too many wrong passwords for this account from this address."""

    detail = _("Too many wrong passwords. Wait a few minutes and try again.")

    def __init__(self, detail: str = "", retry_after: int = 600, **params: object) -> None:
        super().__init__(detail, **params)
        self.retry_after = retry_after  # seconds


class TooManyGuesses(TooManyFailures):
    """429: too many wrong codes by this person, or from this network address."""

    detail = _("Too many wrong codes. Wait a few minutes and try again.")


class ScopeMissing(Denied):
    """403: the token is good, but was not made for this. `scope` is what it lacks."""

    detail = _("This token may not do that. It lacks the scope “%(scope)s”.")

    def __init__(self, scope: str) -> None:
        super().__init__(scope=scope)
        self.scope = scope


class AskedTooOften(TooManyFailures):
    """429: letters were asked for too often from one network address."""

    detail = _("That was asked for too often. Wait a while and try again.")


class Unconfirmed(Denied):
    """403: it is this person, but the site lets people in only when they have confirmed their e-mail
    address. Never said to a password, which anybody can choose for any address (see NotLetIn)."""

    detail = _("Confirm your e-mail address first: open the link in the letter that we sent there.")


class SignUpClosed(Denied):
    """403: this site takes no new accounts."""

    detail = _("This site takes no new accounts. Ask those who run it.")


class InvitationNeeded(Denied):
    """403: new accounts are for those who were invited."""

    detail = _("New accounts here need an invitation. Open the link of yours, or ask for one.")


class NotGiven(Denied):
    """403: nobody who runs the site gave this person the right to do this."""

    detail = _("Your account may not do this on this site. Ask those who run it.")


class DeadLink(Invalid):
    """A link of a letter that was used, replaced, or is too old."""

    detail = _("This link is used up or too old. Ask for another one.")


class NoSuchDevice(NotFound):
    """Nobody is signed in there, or not this person."""

    detail = _("You are not signed in there any more.")


class NoSuchPerson(NotFound):
    """No account has this id."""

    detail = _("There is no such person.")


# What a token may be made for, in the words of the person who makes it. None holds another one: a
# token that shall read and write has both. First-party sign-ins (the site, auth/token) have all.
SCOPES = {
    "profile": _("See your name, your e-mail address and your preferences"),
    "profile:write": _("Change your name and your preferences"),
    "courses:read": _("See your courses, their objectives and who is in them"),
    "courses:write": _("Make, change, join and leave courses in your name"),
    "materials:read": _("Read and search the materials of your courses"),
    "materials:write": _("Bring, rename and remove materials in your name"),
    "learning:read": _("See how you learn: tutoring, quizzes, answers, mastery and notices"),
    "learning:write": _("Learn in your name: ask the tutor, take quizzes, rate reviews"),
    "teaching:read": _(
        "See the questions, the learners' results and, where the course lets you, what they say to the"
        " tutor, of courses that you teach"
    ),
    "teaching:write": _("Write questions and grade answers in courses that you teach"),
    "webhooks": _("See and change the webhooks by which your programs are told what happens"),
    "privacy": _("Fetch all that is held about you, and erase your account with your password"),
    "tokens": _(
        "See and end your access tokens, and make new ones that may do no more than it may"
    ),
}

# What a program of others never gets: by it, it could outlive being shut out, or take everything along.
NOT_FOR_OTHERS = frozenset({"tokens", "webhooks", "privacy"})

# What a program of others may ask for besides, as OpenID Connect names it.
SIGN_IN_SCOPES = {
    "openid": _("Know that it is you when you come to it"),
    "email": _("See your e-mail address"),
}

MODALITIES, WAYS, TONES, CHOICES = kept.MODALITIES, kept.WAYS, kept.TONES, kept.CHOICES
OF_A_COURSE = kept.OF_A_COURSE
Preferences = kept.Preferences
CoursePreferences = kept.CoursePreferences
initials = kept.initials


class NotYoursToDecide(Denied):
    """403: this consent is another's to give."""

    detail = _("This is not yours to decide.")


class ConsentNeeded(Denied):
    """403: below the age of consent, and nobody has consented."""

    detail = _("Somebody has to consent first. Make an account with an e-mail address to ask them.")


@dataclass(frozen=True)
class ConsentRequest:
    """A wish for an account that waits for a guardian or the school until `expires_at`."""

    id: str
    display_name: str
    email: str
    expires_at: datetime


@dataclass(frozen=True)
class ConsentRecord:
    """One decision, for good: who (`by`, with their name, "" when they are gone) in which `capacity`
    ("self", "guardian", "school") gave or refused what, when, and to which `version` of the words."""

    purpose: str
    version: int
    given: bool
    at: datetime
    by: str
    by_name: str
    capacity: str


@dataclass(frozen=True)
class ConsentRefused(Fact):
    """Something may not be done any more with what is this person's: let go of it."""

    user: str
    purpose: str


@dataclass(frozen=True)
class ConsentOverruled(Fact):
    """A guardian said yes to a purpose to which the child had said no."""

    user: str
    purpose: str


@dataclass(frozen=True)
class Consent:
    """How one purpose stands for one person now: is it `allowed`, was it decided (`last`; None: never,
    then the rule of the site holds), and may the one who asks give or refuse it. `outdated`: it was
    agreed to in other words than those of now."""

    purpose: str
    title: str
    words: str
    version: int
    allowed: bool
    may_give: bool
    may_refuse: bool
    outdated: bool = False
    last: ConsentRecord | None = None


@dataclass(frozen=True)
class Person:
    """`roles` are site roles: "learner" for everybody, "admin" for staff, and what was given besides.
    `email` is "" for a pupil. `picture` tells one picture of theirs from the next ("": they have none)."""

    id: str
    email: str
    display_name: str
    roles: list[str]
    preferences: Preferences
    created_at: datetime
    picture: str = ""

    @property
    def initials(self) -> str:
        """What stands where there is no picture: the first letters of one or two names."""
        return initials(self.display_name)


@dataclass(frozen=True)
class Pupil:
    """Somebody who signs in with a user name and the code of a class. `password` is told once, when it
    was just made; else it is ""."""

    user: str
    display_name: str
    username: str
    password: str = ""


@dataclass(frozen=True)
class Tokens:
    """`access` lives for minutes and is verified by signature, `refresh` for days and only once."""

    access: str
    refresh: str


@dataclass(frozen=True)
class Access:
    """What a good bearer token stands for. `kind` is "sign-in", "personal" or "program", `token` what
    it hangs on (the id of a family, of a token, of a program's grant). `scopes` is None for a sign-in
    of our own, which may do all that the person may."""

    user: str
    kind: str
    token: str
    scopes: list[str] | None = None

    def need(self, scope: str) -> None:
        """Raise ScopeMissing when this token was not made for `scope`."""
        if self.scopes is not None and scope not in self.scopes:
            raise ScopeMissing(scope)


@dataclass(frozen=True)
class PersonalAccess:
    """A personal access token as its owner sees it: all but the token itself."""

    id: str
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None  # to the minute; None: never yet


@dataclass(frozen=True)
class NewPersonalAccess:
    """A token just made: `token` is told this one time."""

    token: str
    about: PersonalAccess


@dataclass(frozen=True)
class Program:
    """A program of others that a person let in. `renewed_at` is when it last got a token."""

    id: str
    name: str
    scopes: list[str]
    renewed_at: datetime


@dataclass(frozen=True)
class OwnProgram:
    """A program that a person registered. `kind`: it "asks" people to let it in, or "acts" for its owner
    alone; a `public` one runs on people's own devices and has no secret."""

    id: str
    name: str
    client_id: str
    kind: str
    public: bool
    redirect_uris: list[str]
    scopes: list[str]
    created_at: datetime


@dataclass(frozen=True)
class NewOwnProgram:
    """A program with a secret that was just made ("": it has none), told this one time."""

    secret: str
    about: OwnProgram


@dataclass(frozen=True)
class AuditEntry:
    """One record of the audit trail. `actor` did it ("": nobody is known), `about` is whom it concerns;
    `detail` holds names and plain values, such as the address that a sign-in came from."""

    number: int
    at: datetime
    action: str
    actor: str
    actor_name: str
    about: str
    detail: dict[str, Any]


@dataclass(frozen=True)
class AuditCheck:
    """Whether the audit trail holds: `broken` is the number of the first record that is missing or not
    as it was written (None: none is), `count` how many hold, `digest` that of the last of them. A
    digest that was noted elsewhere shows later that nothing was cut off either."""

    broken: int | None
    count: int
    digest: str


# What the audit trail tells of, in the words of the person whom it concerns. Whoever writes another
# kind of record gives it a line here.
AUDITED = {
    "sign-in": _("Signed in"),
    "password": _("The password was changed"),
    "pupil": _("The account was made by a teacher"),
    "of-age": _("A teacher noted that you are of age: you consent for yourself"),
    "email-asked": _("Another e-mail address was asked for"),
    "email": _("The e-mail address was changed"),
    "second-step": _("A second step of signing in was set up"),
    "second-step-removed": _("A second step of signing in was removed"),
    "token-made": _("An access token was made"),
    "token-ended": _("An access token was ended"),
    "family-killed": _("A refresh token came twice: the sign-in that it came from was ended"),
    "program-allowed": _("A program was let in"),
    "program-registered": _("A program was registered"),
    "program-changed": _("A program that you registered was changed"),
    "program-secret": _("A program that you registered got another secret"),
    "program-removed": _("A program that you registered was removed"),
    "program-ended": _("A program was shut out"),
    "outside-joined": _("An account elsewhere was connected"),
    "outside-left": _("An account elsewhere was taken off"),
    "data-key": _("A new key seals what is kept"),
    "master-key": _("The keys that seal what is kept were wrapped anew"),
    "rights": _("Rights on this site were given or taken"),
    "role-changed": _("What a role allows was changed"),
    "talks-seen": _("What you said to the tutor was looked at"),
    "course-role": _("A role in a course was given or taken"),
    "graded": _("A teacher graded an answer"),
    "quiz-aside": _("A teacher set a quiz of yours aside"),
    "captions": _("The captions of a recording were changed"),
    "blocked": _("The account was blocked"),
    "opened": _("The account was opened again"),
    "consent": _("A consent was given"),
    "consent-refused": _("A consent was refused or withdrawn"),
    "guardian": _("A guardian was linked"),
    "guardian-ended": _("A guardian was unlinked"),
    "guardian-looked": _("A guardian looked at what was learnt"),
    "export": _("All that is held was put together to be fetched"),
    "erase-asked": _("The account was closed, to be erased"),
    "erased": _("The account was erased"),
}


class BadLink(NotFound):
    """404: a link that is too old, for something else, or of somebody who may not come in."""

    detail = _("This link is not good any more. Ask for a new one.")


@dataclass(frozen=True)
class Link:
    """A path of this site, with its query, that one person may open until `expires_at`."""

    url: str
    expires_at: datetime


@dataclass(frozen=True)
class Factor:
    """One way to show who one is besides the password. `kind` is "app" (one-time codes) or "passkey"."""

    id: str
    kind: str
    name: str
    created_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True)
class Device:
    """One browser that is signed in: its `name` in words, the network `address` it came from. Or, where
    `program` is true, an app or script that signed in by the API: no name and no address, but when its
    tokens were last `renewed_at`, None for never."""

    id: str
    name: str
    address: str
    since: datetime
    current: bool = False
    program: bool = False
    renewed_at: datetime | None = None


@dataclass(frozen=True)
class Security:
    """How one person signs in: is the address `confirmed`, what else was set up, how many recovery codes
    are left, and where they are signed in; `unlisted` is how many older programs are so, besides."""

    confirmed: bool
    factors: list[Factor]
    codes_left: int
    devices: list[Device]
    unlisted: int = 0

    @property
    def elsewhere(self) -> bool:
        """Whether anything is signed in besides the browser that asks."""
        return any(not each.current for each in self.devices)


@dataclass(frozen=True)
class Registration:
    """Whether somebody may make an account. `mode` is the site's ("open", "domains", "closed",
    "invitation"), `domains` those that addresses have to be of ([]: any), `email` the one address that an
    invitation is for ("": any)."""

    open: bool
    mode: str
    domains: list[str]
    email: str = ""
