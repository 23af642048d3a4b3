"""What pages need that a demonstration has not: made beside the running stack, by the doors of the apps."""

import json
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.conf import settings

from edu.courses import api as courses
from edu.users import api as users
from edu.users.models import Mail, User

CHILD = {"email": "kim@example.org", "password": "three long words here", "display_name": "Kim"}
BACK = "http://127.0.0.1:8765/back"


def asked(email: str) -> str:
    """Ask a guardian whether a child may have an account; return the key of the letter's link."""
    settings.EDU_CONSENT_AGE = 16  # of this process alone
    born = datetime.now(UTC).year - 10
    guardian = "mum@example.org"
    users.ask_consent(**{**CHILD, "email": email}, birth_year=born, guardian_email=guardian)
    letter = Mail.objects.filter(to=guardian).latest("created_at")
    return letter.body.partition("/consent/")[2].partition("/")[0]


def prepare(teacher: str, course: str) -> str:
    """Let the teacher with this address register programs, stand for a child, have a pupil in the course and
    read its talks; return the places of the pages, as JSON."""
    row = User.objects.get(email=teacher)
    row.site_roles = [*row.site_roles, "integrator"]
    row.save()
    me = str(row.id)
    program = users.register_program(
        user=me,
        wanted={
            "name": "Reading list",
            "kind": "asks",
            "public": True,
            "redirect_uris": [BACK],
            "scopes": ["openid", "profile", "courses:read"],
        },
    ).about
    child = users.answer_as_guardian(key=asked("kim@example.org"), by=me, given=True, purposes=[])
    courses.update_course(user=me, course=course, teachers_see_talks=True)
    learner = next(each for each in courses.members(user=me, course=course) if each.user != me)
    pupil = courses.add_pupils(user=me, course=course, names=["Noa"], purposes=[])[0]
    consent = {
        "client_id": program.client_id,
        "redirect_uri": BACK,
        "response_type": "code",
        "scope": "openid courses:read",
        "state": "x",
        "code_challenge": "a" * 43,
        "code_challenge_method": "S256",
    }
    return json.dumps(
        [
            "/profile/programs/own/",
            f"/profile/programs/own/{program.id}/",
            f"/oauth/authorize/?{urlencode(consent)}",
            "/profile/children/",
            f"/profile/children/{child}/",
            f"/consent/{asked('lou@example.org')}/",
            f"/courses/{course}/people/{learner.user}/talks/",
            f"/courses/{course}/people/pupils/",
            f"/courses/{course}/people/pupils/{pupil.user}/",
            f"/courses/{course}/people/{pupil.user}/remove/",
        ]
    )
