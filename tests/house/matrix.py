"""Who may do what: a row for each address, by its name in the URL table. A new address needs a new row.

A row says for each method who may have an answer; anybody else gets 401, 403 or 404, or is led to the
sign-in. The pages of the admin need no rows: they are all for staff.
"""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from edu.analytics.models import ReviewCard
from edu.assessments import api as assessments
from edu.assessments.models import Attempt
from edu.courses import api as courses
from edu.multimodal import api as multimodal
from tests.gateway.world import NOWHERE
from tests.house.people import (
    ADMIN,
    ASSISTANT,
    AUDITOR,
    BLOCKED,
    LEARNER,
    LEFT,
    NOBODY,
    OBSERVER,
    OTHER_LEARNER,
    OTHER_TEACHER,
    TEACHER,
)

# --- who ------------------------------------------------------------------------------------------
# All of these may do what needs no course.
ROLES = frozenset({ASSISTANT, OBSERVER, AUDITOR})
SIGNED = frozenset({LEARNER, TEACHER, OTHER_LEARNER, OTHER_TEACHER, ADMIN, LEFT}) | ROLES
ALL = SIGNED | {NOBODY, BLOCKED}
MEMBERS = frozenset({LEARNER, TEACHER, ASSISTANT, OBSERVER})
LEARNS = MEMBERS - {OBSERVER}
BRINGS = GRADES = frozenset({TEACHER, ASSISTANT})
LOOKS = MEMBERS - {LEARNER}  # at how the learners stand
TEACHES = frozenset({TEACHER})
OWNS = frozenset({TEACHER})  # whose course it is: who only teaches there may not
OWN = frozenset({LEARNER})  # the thing is the learner's; their teacher does not see it either
STAFF = frozenset({ADMIN})
NONE: frozenset[str] = frozenset()  # there is no such thing here, or it is turned off


def reads(who):
    """A page that only shows."""
    return {"GET": who}


def does(who):
    """What only happens when a button is pressed."""
    return {"POST": who}


def form(who):
    """A page with a form that is sent to itself."""
    return {"GET": who, "POST": who}


ROWS = {
    # --- users: signing in, and what is one's own ---
    **dict.fromkeys(
        (
            "sign-up",
            "ask-confirmation",
            "confirm-address",
            "sign-in",
            "sign-in-class",
            "consent-request",
            "forgotten-password",
            "new-password",
            "email-confirm",
            "account_login",
            "account_signup",
            "account_request_login_code",
            "account_confirm_login_code",
            "mfa_login_webauthn",
            "mfa_authenticate",
        ),
        form(ALL),
    ),
    "letter-sent": reads(ALL),
    "sign-out": does(ALL),
    **dict.fromkeys(
        (
            "account_reauthenticate",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "profile",
            "mfa_activate_totp",
            "mfa_generate_recovery_codes",
            "mfa_add_webauthn",
            "mfa_remove_webauthn",
            "password",
            "email",
            "tokens",
            "oauth-authorize",
        ),
        form(SIGNED),
    ),
    "mfa_deactivate_totp": form(NONE),  # none is set up
    "mfa_view_recovery_codes": reads(NONE),
    **dict.fromkeys(
        ("security", "mfa_index", "mfa_list_webauthn", "history", "programs", "outside"),
        reads(SIGNED),
    ),
    **dict.fromkeys(
        ("confirm-own-address", "end-other-devices", "profile-picture", "email-cancel"),
        does(SIGNED),
    ),
    **dict.fromkeys(("end-device", "token-end", "program-end"), does(OWN)),
    "own-programs": form(STAFF),  # with the right to register programs
    "own-program": form(NONE),  # the one that is there is the learner's, who has no such right
    **dict.fromkeys(("own-program-secret", "own-program-remove"), does(NONE)),
    **dict.fromkeys(("outside-leave", "openid_connect_login"), does(NONE)),  # no provider is set up
    "openid_connect_callback": reads(NONE),
    "oauth-token": does(ALL),  # a program shows its own secret
    "oauth-revoke": does(ALL),
    "oauth-introspect": does(NONE),
    "oauth-userinfo": form(NONE),
    **dict.fromkeys(("openid-configuration", "oauth-server", "jwks"), reads(ALL)),
    # --- courses ---
    "courses": reads(SIGNED),
    **dict.fromkeys(("course-new", "course-join"), form(SIGNED)),
    **dict.fromkeys(
        ("course-settings", "course-objectives", "course-objective", "course-objective-remove"),
        form(TEACHES),
    ),
    "course-leave": form(MEMBERS),
    **dict.fromkeys(
        (
            "course-join-code",
            "course-member-role",
            "course-objectives-decide",
        ),
        does(TEACHES),
    ),
    **dict.fromkeys(("course-remove", "course-restore"), does(OWNS)),
    "course-people": reads(MEMBERS),
    "picture": reads(NONE),  # this member has none
    "course-preferences": form(MEMBERS),
    "course-member-remove": form(TEACHES),
    "course-pupils": form(TEACHES),
    "course-pupil": form(TEACHES),
    "course-wish": does(TEACHES),
    # --- assessments ---
    "course-practise": reads(LEARNS),
    "quiz-new": does(LEARNS),
    "course-bank": reads(TEACHES),
    **dict.fromkeys(("item-new", "item-edit"), form(TEACHES)),
    "course-grading": form(GRADES),
    **dict.fromkeys(("item-retire", "item-restore", "item-adopt"), does(TEACHES)),
    "quiz": reads(OWN),
    **dict.fromkeys(("quiz-aside", "quiz-cancel", "quiz-answer", "quiz-hint"), does(OWN)),
    # --- analytics ---
    **dict.fromkeys(("progress", "progress-csv", "reviews", "review-card"), reads(SIGNED)),
    **dict.fromkeys(("course-progress", "course-progress-csv"), reads(MEMBERS)),
    **dict.fromkeys(("course-insights", "course-insights-csv"), reads(LOOKS)),
    "reviews-start": does(LEARNS),
    "review-answer": does(SIGNED),  # of what is not theirs it says that it is not due
    "review-recall": does(OWN),
    "review-rate": does(OWN),
    # --- multimodal ---
    "course-materials": {"GET": MEMBERS, "POST": BRINGS},
    "course-materials-live": reads(MEMBERS),
    "course-search": reads(MEMBERS),
    **dict.fromkeys(
        (
            "material",
            "material-source",
            "material-file",
            "material-captions",
        ),
        reads(MEMBERS),
    ),
    **dict.fromkeys(("material-page", "material-signs", "material-media"), reads(NONE)),  # a text
    "material-rename": form(TEACHES),
    "material-figure": does(NONE),  # in a text there are none
    "material-figure-image": reads(NONE),
    "material-cues": form(NONE),  # of a text there are none
    "material-cancel": does(MEMBERS),  # of a material that is read there is nothing to stop
    **dict.fromkeys(("material-retry", "material-remove", "material-restore"), does(TEACHES)),
    "course-page": does(BRINGS),
    "material-refetch": does(TEACHES),
    "material-replace": form(TEACHES),
    "material-reread": does(TEACHES),
    "material-earlier": reads(NONE),  # it was never replaced
    "material-put-back": does(NONE),
    # --- orchestrator ---
    "home": reads(ALL),
    **dict.fromkeys(("today-later", "bring", "notifications-read"), does(SIGNED)),
    # The demo was not made; whoever is nobody yet is led to the sign-up.
    "demo": {"GET": ALL, "POST": ALL - SIGNED},
    "notifications": reads(SIGNED),
    "held": reads(SIGNED),
    "children": reads(SIGNED),
    **dict.fromkeys(("child", "child-archive"), reads(NONE)),  # who is no guardian
    **dict.fromkeys(("child-consent", "child-export", "child-erase"), does(NONE)),
    "outside-calls": reads(SIGNED),
    **dict.fromkeys(("held-export", "held-erase"), does(SIGNED)),
    **dict.fromkeys(("held-archive", "erasure"), reads(NONE)),  # nobody asked for one
    "notification": reads(OWN),
    "course": reads(MEMBERS),
    "tutor-new": {"GET": MEMBERS, "POST": LEARNS},
    **dict.fromkeys(("member-talks", "member-talk"), reads(TEACHES)),
    **dict.fromkeys(("tutor", "tutor-about", "tutor-turn"), reads(OWN)),
    **dict.fromkeys(("tutor-ask", "tutor-stop"), does(OWN)),
    # --- gateway ---
    **dict.fromkeys(("about", "problem", "healthz", "readyz", "metrics"), reads(ALL)),
    "favicon.ico": form(ALL),
    "search": reads(SIGNED),
    "styleguide": reads(STAFF),
    "styleguide-error": reads(NONE),  # it shows staff the page of the error that is asked for: 404
    "admin-sign-in": form(NONE),  # leads to the sign-in
    # --- the API ---
    **dict.fromkeys(
        ("api-register", "api-token", "api-token-refresh", "api-confirmation", "api-logout"),
        does(ALL),
    ),
    **dict.fromkeys(("api-schema", "api-docs"), reads(ALL)),
    "api-me": {"GET": SIGNED, "PATCH": SIGNED, "DELETE": SIGNED},  # with the password once more
    "api-me-export": reads(SIGNED),
    "api-me-outside-calls": reads(SIGNED),
    **dict.fromkeys(
        ("api-me-export-one", "api-me-export-file"), reads(NONE)
    ),  # nobody asked for one
    "api-erasure": reads(NONE),  # nobody was erased; a receipt says nothing of whose it is
    **dict.fromkeys(
        ("api-me-tokens", "api-me-webhooks", "api-me-consents", "consents", "api-courses"),
        form(SIGNED),
    ),
    "api-me-token": {"DELETE": OWN},
    "api-me-history": reads(SIGNED),
    "api-me-picture": {"POST": SIGNED, "DELETE": SIGNED},
    "api-me-email": {"POST": SIGNED, "DELETE": SIGNED},
    "api-course-join": does(SIGNED),
    "api-course": {"GET": MEMBERS, "PATCH": TEACHES, "DELETE": OWNS},
    "api-course-restore": does(OWNS),
    **dict.fromkeys(
        ("api-course-join-code", "api-course-objectives-decide"),
        does(TEACHES),
    ),
    "api-course-leave": does(MEMBERS),
    "api-course-members": reads(MEMBERS),
    "api-picture": reads(NONE),  # this member has none
    "api-course-preferences": {"GET": MEMBERS, "PATCH": MEMBERS},
    "api-pupil-of-age": does(TEACHES),
    "api-course-member": {"PATCH": TEACHES, "DELETE": TEACHES},
    "api-course-objectives": {"GET": MEMBERS, "POST": TEACHES},
    "api-course-objective": {"GET": MEMBERS, "PATCH": TEACHES, "DELETE": TEACHES},
    "api-items": form(TEACHES),
    "api-item": {"GET": TEACHES, "PATCH": TEACHES, "DELETE": TEACHES},
    "api-item-restore": does(TEACHES),
    "api-grading": reads(GRADES),
    "api-grade": does(GRADES),
    "api-quizzes": form(LEARNS),
    "api-quiz": reads(OWN),
    **dict.fromkeys(("api-quiz-aside", "api-quiz-cancel", "api-hint", "api-attempts"), does(OWN)),
    "api-attempt": reads(OWN),
    "api-me-mastery": reads(MEMBERS),
    **dict.fromkeys(("api-me-reviews", "api-v2-me-reviews"), reads(SIGNED)),
    "api-me-review": does(OWN),
    "api-insights": reads(LOOKS),
    "api-course-materials": {"GET": MEMBERS, "POST": BRINGS},
    "api-course-search": reads(MEMBERS),
    "api-material": {"GET": MEMBERS, "PATCH": TEACHES, "DELETE": TEACHES},
    **dict.fromkeys(
        (
            *("api-material-cancel", "api-material-retry", "api-material-restore"),
            "api-material-refetch",
        ),
        does(TEACHES),
    ),
    "api-course-uploads": does(BRINGS),
    "api-upload": {"DELETE": NONE},  # files come through us
    **dict.fromkeys(("api-upload-parts", "api-upload-finish"), does(NONE)),
    "api-material-file": {"PUT": TEACHES},
    "api-material-reread": does(TEACHES),
    "api-material-drift": reads(MEMBERS),
    "api-material-earlier": reads(TEACHES),
    "api-material-put-back": does(NONE),  # it was never replaced
    "api-material-links": does(MEMBERS),
    "api-material-passages": reads(MEMBERS),
    "api-material-about": reads(MEMBERS),
    "api-material-figures": reads(MEMBERS),
    "api-material-figure": {"PATCH": NONE},  # in a text there are none
    "api-material-figure-image": reads(NONE),
    **dict.fromkeys(("api-material-captions", "api-material-cues"), reads(MEMBERS)),
    "api-material-cue": {"GET": NONE, "PATCH": NONE, "DELETE": NONE},  # of a text there are none
    **dict.fromkeys(("api-material-cue-split", "api-material-cue-join"), does(NONE)),
    "api-material-cue-edits": reads(TEACHES),
    **dict.fromkeys(("api-transcriptions", "api-speech"), does(SIGNED)),
    **dict.fromkeys(("api-transcription", "api-utterance", "api-utterance-audio"), reads(OWN)),
    "api-utterance-cancel": does(OWN),
    "api-sessions": {"GET": MEMBERS, "POST": LEARNS},
    **dict.fromkeys(("api-member-sessions", "api-member-turns"), reads(TEACHES)),
    "api-session": reads(OWN),
    "api-session-close": does(OWN),
    "api-turns": form(OWN),
    **dict.fromkeys(
        (
            "api-turn",
            "api-turn-messages",
            "api-turn-sound",
            "api-turn-audio",
            "api-turn-image",
        ),
        reads(OWN),
    ),
    "api-turn-cancel": does(OWN),
    "api-turn-links": does(OWN),
    **dict.fromkeys(("api-events", "api-notifications", "api-recommendations"), reads(SIGNED)),
    "api-notifications-read": does(SIGNED),
    "api-notification-read": does(OWN),
    "api-course-webhooks": form(TEACHES),
    "api-webhook": {"GET": TEACHES, "PATCH": TEACHES, "DELETE": TEACHES},
    **dict.fromkeys(
        ("api-webhook-secret", "api-webhook-ping", "api-webhook-replay"), does(TEACHES)
    ),
    "api-webhook-messages": reads(TEACHES),
}

# What an auditor finds in the administration.
AUDITS = {
    "admin:index",
    "admin:app_list",
    "admin:autocomplete",
    "admin:password_change",
    "admin:password_change_done",
    "admin:users_auditrecord_changelist",
    "admin:users_auditrecord_change",
    "admin:users_auditrecord_history",
    "admin:inference_outsidecall_changelist",
    "admin:inference_outsidecall_change",
    "admin:inference_outsidecall_history",
}

# Who may open a WebSocket, by its path.
SOCKETS = {"ws/sessions/<str:session>/": OWN, "ws/me/": SIGNED}

# What else stands in a path, besides ids.
WORDS = {
    "account": "1",
    "provider_id": "none",
    "export": NOWHERE,
    "erasure": NOWHERE,
    "page": "1",
    "table": "days",
    "name": "not-found",
    "status": "404",
    "pk": "1",
    "key": "none",
}
TABLES = {"course-insights-csv": "learners"}

# --- what is sent ---------------------------------------------------------------------------------
QUESTION = {
    "kind": "choice",
    "stem": "When is the tide highest?",
    "options": ["At new moon", "At noon"],
    "key": {"correct": [0]},
}
HOOK = {"url": "https://1.1.1.1/", "events": ["material.ready"]}


def text_file():
    """A small material."""
    return SimpleUploadedFile("neap.md", b"# Neap\n\nA neap tide is a low one.\n", "text/markdown")


def sound_file():
    """What begins as a recording does."""
    return SimpleUploadedFile("a.wav", b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(40), "audio/wav")


# (name, method) -> what is sent by whoever asks: a dict, or a function of the ids. A query for GET.
SENT = {
    ("api-material-cue-split", "POST"): {"position": 3},
    ("api-course-join", "POST"): lambda ids: {"join_code": ids["join_code"]},
    ("api-courses", "POST"): {"title": "Waves"},
    ("api-me-consents", "POST"): {"purpose": "memory", "given": False},
    ("consents", "POST"): {"purpose": "memory", "given": "no"},
    ("api-me-tokens", "POST"): {"name": "Mine", "scopes": ["profile"], "days": 1},
    ("api-me-webhooks", "POST"): HOOK,
    ("api-course-webhooks", "POST"): HOOK,
    ("api-course-member", "PATCH"): {"role": "learner"},
    ("api-course-objectives", "POST"): {"title": "Read a tide table"},
    ("api-course-objectives-decide", "POST"): lambda ids: {
        "decisions": [{"objective": ids["proposed"], "verdict": "accept"}]
    },
    ("api-items", "POST"): QUESTION,
    ("api-item", "PATCH"): {"explanation": "The Moon is nearest."},
    ("api-grade", "POST"): {"score": 1},
    ("api-quizzes", "POST"): {"size": 1},
    ("api-attempts", "POST"): lambda ids: {
        "quiz": ids["quiz"],
        "item": ids["item"],
        "response": "Venus",
    },
    ("api-me-mastery", "GET"): lambda ids: {"course": ids["course"]},
    ("api-me-review", "POST"): {"rating": "good"},
    ("api-course-materials", "POST"): lambda ids: {"file": text_file()},
    ("api-course-search", "GET"): {"q": "tide"},
    ("api-material", "PATCH"): {"title": "All about tides"},
    ("api-material-figure", "PATCH"): {"alt": "A cell in salt water"},
    ("api-me-picture", "POST"): lambda ids: {"picture": text_file()},  # which is none: 400
    ("api-transcriptions", "POST"): lambda ids: {"file": sound_file()},
    ("api-speech", "POST"): {"text": "High water at noon."},
    ("api-turns", "POST"): {"text": "Why twice a day?"},
    ("course-materials", "POST"): lambda ids: {"files": text_file()},
    ("course-member-role", "POST"): {"role": "learner"},
    ("material-rename", "POST"): {"title": "All about tides"},
    ("item-edit", "POST"): {"stem": "When?", "options": "*Now\nThen"},
    ("item-new", "POST"): {"stem": "When?", "options": "*Now\nThen"},
    ("course-objectives", "POST"): {"title": "Read a tide table"},
    ("course-objective", "POST"): {"title": "Read a tide table"},
    ("course-settings", "POST"): {"title": "Tides and waves"},
    ("course-join", "POST"): lambda ids: {"join_code": ids["join_code"]},
    ("quiz-answer", "POST"): {"response": "0"},
    ("tutor-ask", "POST"): {"text": "Why twice a day?"},
    ("review-recall", "POST"): {"rating": "good"},
    ("review-rate", "POST"): {"rating": "good"},
    ("course-grading", "POST"): lambda ids: {"attempt": ids["attempt"], "score": "1"},
}

# (name, method) -> a field that takes an id, and of what: the ids of another course's things are sent.
FIELDS = {
    ("api-quizzes", "POST"): {"objectives": "objective", "items": "item"},
    ("api-items", "POST"): {"objective": "objective"},
    ("api-item", "PATCH"): {"objective": "objective"},
    ("api-attempts", "POST"): {"quiz": "quiz", "item": "item"},
    ("api-course-objectives", "POST"): {"prerequisites": "objective"},
    ("api-course-objective", "PATCH"): {"prerequisites": "objective"},
    ("api-course-objectives-decide", "POST"): {"objective": "proposed", "into": "objective"},
    ("api-sessions", "POST"): {"objective": "objective"},
    ("api-course-search", "GET"): {"objective": "objective", "material": "material"},
    ("api-me-mastery", "GET"): {"course": "course"},
    ("api-me-reviews", "GET"): {"course": "course"},
    ("api-v2-me-reviews", "GET"): {"course": "course"},
    ("api-recommendations", "GET"): {"course": "course"},
    ("quiz-new", "POST"): {"objectives": "objective"},
    ("course-grading", "POST"): {"attempt": "attempt"},
    ("item-new", "POST"): {"objective": "objective"},
    ("item-edit", "POST"): {"objective": "objective"},
    ("course-objectives", "POST"): {"prerequisites": "objective"},
    ("course-objective", "POST"): {"prerequisites": "objective"},
    ("tutor-new", "POST"): {"objective": "objective"},
    ("course", "GET"): {"objective": "objective"},
    ("course-materials", "GET"): {"removed": "material"},
    ("course-materials-live", "GET"): {"live": "material"},
    ("course-practise", "GET"): {"objective": "objective"},
    ("courses", "GET"): {"removed": "course"},
    ("material", "GET"): {"passage": "passage"},
    ("material-source", "GET"): {"passage": "passage"},
    ("quiz", "GET"): {"item": "item"},
    ("reviews", "GET"): {"course": "course"},
    ("review-card", "GET"): {"course": "course"},
}


# --- what goes before -----------------------------------------------------------------------------
def _remove_course(world):
    courses.remove_course(user=world.people[TEACHER], course=world.things["course"])


def _remove_material(world):
    multimodal.remove(user=world.people[TEACHER], material=world.things["material"])


def _retire_item(world):
    assessments.retire_item(user=world.people[TEACHER], item=world.things["item"])


def _doubt(world):
    Attempt.objects.update(status=Attempt.Status.NEEDS_REVIEW)


def _long_ago(world):
    ReviewCard.objects.update(due_at=timezone.now() - timedelta(days=1))


BEFORE = {
    "api-course-restore": _remove_course,
    "course-restore": _remove_course,
    "api-material-restore": _remove_material,
    "material-restore": _remove_material,
    "api-item-restore": _retire_item,
    "item-restore": _retire_item,
    "api-grade": _doubt,
    "course-grading": _doubt,
    "review-recall": _long_ago,
}
