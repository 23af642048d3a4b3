"""Which scope each call of the API needs: one table, enforced in one place.

A token that was made for some scopes only (a personal one, or a program's) may do what its scopes
name and its person may do; the site's session and the tokens of auth/token carry all. A call without
a row here is closed to such tokens, and fails a test."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from edu.users.data import Access, ScopeMissing

OPEN = ""  # for everybody, signed in or not

# The name of the address -> method -> scope (of edu.users.data.SCOPES).
NEEDED: dict[str, dict[str, str]] = {
    # users
    "api-register": {"POST": OPEN},
    "api-token": {"POST": OPEN},
    "api-token-refresh": {"POST": OPEN},
    "api-logout": {"POST": OPEN},
    "api-confirmation": {"POST": OPEN},
    "api-me": {"GET": "profile", "PATCH": "profile:write", "DELETE": "privacy"},
    "api-me-consents": {"GET": "privacy", "POST": "privacy"},
    "api-me-email": {"POST": "profile:write", "DELETE": "profile:write"},
    "api-me-history": {"GET": "privacy"},
    "api-me-picture": {"POST": "profile:write", "DELETE": "profile:write"},
    "api-me-tokens": {"GET": "tokens", "POST": "tokens"},
    "api-me-token": {"DELETE": "tokens"},
    # courses
    "api-courses": {"GET": "courses:read", "POST": "courses:write"},
    "api-course-join": {"POST": "courses:write"},
    "api-course": {"GET": "courses:read", "PATCH": "courses:write", "DELETE": "courses:write"},
    "api-course-restore": {"POST": "courses:write"},
    "api-picture": {"GET": "courses:read"},
    "api-course-leave": {"POST": "courses:write"},
    "api-course-join-code": {"POST": "courses:write"},
    "api-course-preferences": {"GET": "profile", "PATCH": "profile:write"},
    "api-course-members": {"GET": "courses:read"},
    "api-pupil-of-age": {"POST": "courses:write"},
    "api-course-member": {"PATCH": "courses:write", "DELETE": "courses:write"},
    "api-course-objectives": {"GET": "courses:read", "POST": "courses:write"},
    "api-course-objectives-decide": {"POST": "courses:write"},
    "api-course-objective": {
        "GET": "courses:read",
        "PATCH": "courses:write",
        "DELETE": "courses:write",
    },
    # assessments
    "api-items": {"GET": "teaching:read", "POST": "teaching:write"},
    "api-item": {"GET": "teaching:read", "PATCH": "teaching:write", "DELETE": "teaching:write"},
    "api-item-restore": {"POST": "teaching:write"},
    "api-grading": {"GET": "teaching:read"},
    "api-grade": {"POST": "teaching:write"},
    "api-quizzes": {"GET": "learning:read", "POST": "learning:write"},
    "api-quiz": {"GET": "learning:read"},
    "api-quiz-aside": {"POST": "learning:write"},
    "api-quiz-cancel": {"POST": "learning:write"},
    "api-hint": {"POST": "learning:write"},
    "api-attempts": {"POST": "learning:write"},
    "api-attempt": {"GET": "learning:read"},
    # analytics
    "api-me-mastery": {"GET": "learning:read"},
    "api-me-reviews": {"GET": "learning:read"},
    "api-v2-me-reviews": {"GET": "learning:read"},
    "api-me-review": {"POST": "learning:write"},
    "api-insights": {"GET": "teaching:read"},
    # multimodal
    "api-course-materials": {"GET": "materials:read", "POST": "materials:write"},
    "api-course-search": {"GET": "materials:read"},
    "api-material": {
        "GET": "materials:read",
        "PATCH": "materials:write",
        "DELETE": "materials:write",
    },
    "api-material-cancel": {"POST": "materials:write"},
    "api-material-retry": {"POST": "materials:write"},
    "api-material-refetch": {"POST": "materials:write"},
    "api-course-uploads": {"POST": "materials:write"},
    "api-upload": {"DELETE": "materials:write"},
    "api-upload-parts": {"POST": "materials:write"},
    "api-upload-finish": {"POST": "materials:write"},
    "api-material-file": {"PUT": "materials:write"},
    "api-material-reread": {"POST": "materials:write"},
    "api-material-drift": {"GET": "materials:read"},
    "api-material-earlier": {"GET": "materials:write"},
    "api-material-put-back": {"POST": "materials:write"},
    "api-material-restore": {"POST": "materials:write"},
    "api-material-links": {"POST": "materials:read"},
    "api-material-passages": {"GET": "materials:read"},
    "api-material-about": {"GET": "materials:read"},
    "api-material-figures": {"GET": "materials:read"},
    "api-material-figure": {"PATCH": "materials:write"},
    "api-material-figure-image": {"GET": "materials:read"},
    "api-material-captions": {"GET": "materials:read"},
    "api-material-cues": {"GET": "materials:read"},
    "api-material-cue": {
        "GET": "materials:read",
        "PATCH": "materials:write",
        "DELETE": "materials:write",
    },
    "api-material-cue-split": {"POST": "materials:write"},
    "api-material-cue-join": {"POST": "materials:write"},
    "api-material-cue-edits": {"GET": "materials:read"},
    "api-transcriptions": {"POST": "materials:write"},
    "api-transcription": {"GET": "materials:read"},
    "api-speech": {"POST": "materials:read"},
    "api-utterance": {"GET": "materials:read"},
    "api-utterance-cancel": {"POST": "materials:read"},
    "api-utterance-audio": {"GET": "materials:read"},
    # orchestrator
    "api-sessions": {"GET": "learning:read", "POST": "learning:write"},
    "api-member-sessions": {"GET": "teaching:read"},
    "api-member-turns": {"GET": "teaching:read"},
    "api-session": {"GET": "learning:read"},
    "api-session-close": {"POST": "learning:write"},
    "api-turns": {"GET": "learning:read", "POST": "learning:write"},
    "api-turn": {"GET": "learning:read"},
    "api-turn-cancel": {"POST": "learning:write"},
    "api-turn-messages": {"GET": "learning:read"},
    "api-turn-links": {"POST": "learning:read"},
    "api-turn-sound": {"GET": "learning:read"},
    "api-turn-audio": {"GET": "learning:read"},
    "api-turn-image": {"GET": "learning:read"},
    "api-events": {"GET": "learning:read"},
    "api-notifications": {"GET": "learning:read"},
    "api-notifications-read": {"POST": "learning:write"},
    "api-notification-read": {"POST": "learning:write"},
    "api-recommendations": {"GET": "learning:read"},
    "api-me-outside-calls": {"GET": "privacy"},
    "api-me-export": {"GET": "privacy"},
    "api-me-export-one": {"GET": "privacy"},
    "api-me-export-file": {"GET": "privacy"},
    "api-erasure": {"GET": OPEN},
    # gateway
    "api-schema": {"GET": OPEN},
    "api-docs": {"GET": OPEN},
    "api-course-webhooks": {"GET": "webhooks", "POST": "webhooks"},
    "api-me-webhooks": {"GET": "webhooks", "POST": "webhooks"},
    "api-webhook": {"GET": "webhooks", "PATCH": "webhooks", "DELETE": "webhooks"},
    "api-webhook-secret": {"POST": "webhooks"},
    "api-webhook-ping": {"POST": "webhooks"},
    "api-webhook-messages": {"GET": "webhooks"},
    "api-webhook-replay": {"POST": "webhooks"},
}


def needed(name: str, method: str) -> str | None:
    """Return the scope that `method` needs at the address `name`; None where no row says so."""
    return NEEDED.get(name, {}).get("GET" if method == "HEAD" else method)


class TokenScope(BasePermission):
    """Lets a token do what it was made for. What its person may do is asked further in."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Return True, or raise ScopeMissing; False where there is no row to go by."""
        access = request.auth
        if not isinstance(access, Access) or access.scopes is None or request.method == "OPTIONS":
            return True
        match = request._request.resolver_match
        scope = needed(str(match.url_name) if match else "", str(request.method))
        if scope is None:
            # A method that the view does not know is a 405, whoever asks.
            return str(request.method).lower() not in _handled(view)
        if scope and scope not in access.scopes:
            raise ScopeMissing(scope)
        return True


def _handled(view: Any) -> set[str]:
    return {each for each in view.http_method_names if hasattr(view, each)}
