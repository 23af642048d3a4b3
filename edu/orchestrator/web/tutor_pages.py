"""The tutor: a conversation, and beside it the place in the material that an answer points at.

Everything goes through one form and one fragment per turn: without script the page is sent and drawn
again; with it the form is sent in the background and a WebSocket tells how the turn goes.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from edu.common.errors import EduError, NotFound
from edu.courses import api as courses
from edu.orchestrator import api
from edu.orchestrator.data import LADDER, Turn
from edu.users import api as users

WORKING = ("queued", "running")
MOST_BYTES = 64_000_000  # of a photo or a recording that is held in memory on its way


def me(request: HttpRequest) -> str:
    """Return the id of the person who asks."""
    return str(request.user.pk)


@login_required
@require_safe
def tutor(request: HttpRequest, session: str) -> HttpResponse:
    """The conversation."""
    page = api.tutor_page(user=me(request), session=session)
    likes = users.preferences(user=me(request), course=page.session.course)
    context = {
        "course": courses.course(user=me(request), course=page.session.course),
        "likes": likes,
        "voice_first": likes.before("voice", "text"),
        "picture_first": likes.before("picture", "voice"),
        "page": page,
        "session": page.session,
        "working": [each for each in page.turns if each.status in WORKING],
        "last": page.turns[-1].id if page.turns else "",
        "hints": api.has_open_question(user=me(request), session=session),
        "ladder": [_(rung) for rung in LADDER],
    }
    return render(request, "orchestrator/tutor.html", context)


@login_required
@require_POST
def ask(request: HttpRequest, session: str) -> HttpResponse:
    """Take words, a photo, a recording, a pressed button or an answer to the check question."""
    quiet = request.headers.get("X-Requested-With") == "edu"
    try:
        made = api.ask(
            user=me(request),
            session=session,
            text=request.POST.get("text", ""),
            image=_bytes(request, "image"),
            audio=_bytes(request, "audio"),
            wants=request.POST.get("wants", ""),
            response=_response(request),
            aloud="aloud" in request.POST,
        )
    except NotFound:
        raise
    except EduError as error:
        if quiet:
            return HttpResponse(
                _(error.detail), status=422, content_type="text/plain; charset=utf-8"
            )
        messages.error(request, _(error.detail))
        return redirect("tutor", session)
    if quiet:
        return _fragment(request, made)
    return redirect(f"{reverse('tutor', args=[session])}#turn-{made.id}")


@login_required
@require_safe
def turn(request: HttpRequest, turn: str) -> HttpResponse:
    """One turn as it stands now."""
    return _fragment(request, api.turn(user=me(request), turn=turn))


@login_required
@require_safe
def about(request: HttpRequest, session: str) -> HttpResponse:
    """What the session is about and how one stands on it, to be drawn anew after a turn."""
    page = api.tutor_page(user=me(request), session=session, limit=1)
    course = courses.course(user=me(request), course=page.session.course)
    return render(request, "orchestrator/tutor_about.html", {"page": page, "course": course})


@login_required
@require_POST
def stop(request: HttpRequest, turn: str) -> HttpResponse:
    """Stop a turn; one that is over stays as it is."""
    seen = api.turn(user=me(request), turn=turn)
    if seen.status in WORKING:
        try:
            seen = api.cancel(user=me(request), turn=turn)
        except EduError:
            seen = api.turn(user=me(request), turn=turn)  # it ended this moment
    if request.headers.get("X-Requested-With") == "edu":
        return _fragment(request, seen)
    return redirect(f"{reverse('tutor', args=[seen.session])}#turn-{seen.id}")


def _fragment(request: HttpRequest, seen: Turn) -> HttpResponse:
    context = {
        "turn": seen,
        "course": courses.course(user=me(request), course=seen.course),
        "last": seen.id,
        "session": {"id": seen.session},
        "ladder": [_(rung) for rung in LADDER],
    }
    return render(request, "orchestrator/tutor_turn.html", context)


def _bytes(request: HttpRequest, name: str) -> bytes | None:
    file = request.FILES.get(name)
    if file is None or not file.size:
        return None
    return file.read(MOST_BYTES + 1)


def _response(request: HttpRequest) -> object:
    given = request.POST.getlist("response")
    if not given:
        return None
    return given[0] if len(given) == 1 else given
