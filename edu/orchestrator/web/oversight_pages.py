"""What learners say to the tutor, for the teachers of courses whose settings let them read it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from edu.courses import api as courses
from edu.orchestrator import api
from edu.orchestrator.web.tutor_pages import me
from edu.users import api as users

PAGE = 20


@login_required
@require_safe
def talks(request: HttpRequest, course: str, member: str) -> HttpResponse:
    """The sessions of one learner."""
    page = api.sessions_of_learner(
        user=me(request),
        course=course,
        learner=member,
        cursor=request.GET.get("cursor"),
        limit=PAGE,
    )
    context = {
        "course": courses.course(user=me(request), course=course),
        "learner": users.people(users=[member]).get(member),
        "member": member,
        "page": page,
    }
    return render(request, "orchestrator/member_talks.html", context)


@login_required
@require_safe
def talk(request: HttpRequest, course: str, member: str, session: str) -> HttpResponse:
    """One of them, to be read."""
    page = api.turns_of_learner(
        user=me(request),
        course=course,
        learner=member,
        session=session,
        cursor=request.GET.get("cursor", ""),
        limit=PAGE,
    )
    context = {
        "course": courses.course(user=me(request), course=course),
        "learner": users.people(users=[member]).get(member),
        "member": member,
        "page": page,
    }
    return render(request, "orchestrator/member_talk.html", context)
