"""What has to be counted right, or done once, is so whichever process is asked."""

from collections import Counter

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import get_user_model

from edu.courses import api as courses
from edu.courses.models import Course, Membership
from edu.gateway.limits import Limit, take
from edu.users import api as users
from edu.users.logic import failures
from edu.users.models import AuditRecord, Invitation
from tests.cast import PASSWORD, sign_up
from tests.gateway.rivals import at_once

SIZES = [4, pytest.param(24, marks=pytest.mark.drill)]


def a_refresh_token_is_exchanged_once(processes, **_):
    person = sign_up("Rita")
    begun = users.issue_tokens(email=person.email, password=PASSWORD).refresh
    found = at_once(processes, lambda _: users.refresh_tokens(refresh=begun).refresh)
    assert Counter(found)["BadToken"] == processes - 1
    newest = next(each for each in found if each != "BadToken")
    assert at_once(2, lambda _: users.refresh_tokens(refresh=newest).refresh) == ["BadToken"] * 2
    assert AuditRecord.objects.filter(action="family-killed").count() == 1


def a_key_makes_one_thing_and_gives_one_answer(processes, api_of, teacher, **_):
    program = api_of(teacher)

    def send(_):
        answer = program.post(
            "/api/v1/courses", {"title": "Once"}, headers={"Idempotency-Key": "crowd"}
        )
        return answer.status_code, answer.content

    found = set(at_once(processes, send))
    assert len(found) == 1
    assert found.pop()[0] == 201
    assert Course.objects.filter(title="Once").count() == 1


def a_limit_lets_as_many_pass_as_it_says(processes, **_):
    limit = Limit("rivals", 5 * processes, 0.0001)
    found = at_once(processes, lambda _: sum(not take(limit, "all").retry_after for _ in range(20)))
    assert sum(found) == 5 * processes


def codes_are_guessed_at_ten_times(processes, **_):
    person = sign_up("Tom")
    TOTP.activate(get_user_model().objects.get(id=person.id), generate_totp_secret())

    def guess(number):
        told = Counter()
        for digit in range(5):
            try:
                otp = f"{number:03}{digit:03}"
                users.issue_tokens(email=person.email, password=PASSWORD, otp=otp)
            except Exception as error:
                told[type(error).__name__] += 1
        return told

    told = sum(at_once(processes, guess), Counter())
    assert told == {
        "WrongCode": failures.MOST,
        "TooManyFailures": 5 * processes - failures.MOST,
    }


def a_recovery_code_opens_once(processes, **_):
    person = sign_up("Rolf")
    row = get_user_model().objects.get(id=person.id)
    TOTP.activate(row, generate_totp_secret())
    code = RecoveryCodes.activate(row).get_unused_codes()[0]
    found = at_once(
        processes,
        lambda _: bool(users.issue_tokens(email=person.email, password=PASSWORD, otp=code)),
    )
    assert Counter(found)[True] == 1


def an_invitation_is_used_once(processes, settings, teacher, **_):
    settings.EDU_REGISTRATION = ("invitation", [])
    invitation = users.invite(by=teacher.id)
    key = users.invitation_link(invitation=invitation).split("invitation=")[1]

    def join(number):
        person = users.register(
            email=f"guest-{number}@example.org",
            password=PASSWORD,
            display_name="Guest",
            invitation=key,
        )
        return bool(person.id)

    found = Counter(at_once(processes, join))
    assert found == {True: 1, "InvitationNeeded": processes - 1}
    assert Invitation.objects.get(id=invitation).used_at


def one_joins_a_course_once(processes, course, stranger, **_):
    found = at_once(
        processes, lambda _: courses.join(user=stranger.id, join_code=course.join_code).id
    )
    assert set(found) == {course.id}
    assert Membership.objects.filter(user=stranger.id).count() == 1


CASES = [
    a_refresh_token_is_exchanged_once,
    a_key_makes_one_thing_and_gives_one_answer,
    a_limit_lets_as_many_pass_as_it_says,
    codes_are_guessed_at_ten_times,
    a_recovery_code_opens_once,
    one_joins_a_course_once,
    an_invitation_is_used_once,  # the last: it changes who may register
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("processes", SIZES)
def test_many_processes_agree(processes, settings, api_of, teacher, stranger, course):
    for case in CASES:
        case(
            processes,
            settings=settings,
            api_of=api_of,
            teacher=teacher,
            stranger=stranger,
            course=course,
        )
