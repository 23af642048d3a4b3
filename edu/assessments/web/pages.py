"""Practising: start a quiz, answer it one question a screen, see what came of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from edu.assessments import api
from edu.assessments.data import Attempt, NoSuchQuiz, NotSetAside, Question, Quiz
from edu.common.errors import EduError, Invalid
from edu.courses import api as courses
from edu.courses.data import MODELS
from edu.users import api as users

SIZES = (4, 6, 8, 10)
MOST_QUESTIONS = 50  # of one quiz
OVER = ("ready", "failed", "cancelled")


def me(request: HttpRequest) -> str:
    """Return the id of the person who asks."""
    return str(request.user.pk)


@login_required
@require_safe
def practise(request: HttpRequest, course: str) -> HttpResponse:
    """Start a quiz, go on with one; for teachers, the way to the bank."""
    seen = courses.course(user=me(request), course=course, need="learn")
    context = {
        "course": seen,
        "objectives": [each for each in courses.objectives(course=course) if not each.root],
        "chosen": request.GET.getlist("objective"),
        "quizzes": api.quizzes(user=me(request), course=course, limit=8),
        "live": api.live_items(course=course),
        "sizes": SIZES,
    }
    if "grade" in seen.permissions:
        context["waiting"] = len(api.waiting(user=me(request), course=course))
    if "edit_items" in seen.permissions:
        open_ones = api.open_quizzes_of_colleagues(user=me(request), course=course)
        names = users.people(users=sorted({each.user for each in open_ones}))
        context["colleagues"] = [(each, names.get(each.user)) for each in open_ones]
    return render(request, "assessments/practise.html", context)


@login_required
@require_POST
def start(request: HttpRequest, course: str) -> HttpResponse:
    """Make a quiz and go to it."""
    given, source = request.POST.get("size", "6"), request.POST.get("source", "generate")
    size = int(given[:9]) if given.isdecimal() else 0
    courses.course(user=me(request), course=course, need="learn")
    if source == "generate" and size <= MOST_QUESTIONS:
        courses.spend(course=course, kind=MODELS, units=size)
    try:
        made = api.request_quiz(
            user=me(request),
            course=course,
            size=size,
            objectives=request.POST.getlist("objectives"),
            source=source,
            mode="practice",
        )
    except Invalid as error:
        said = [_(detail) for detail in error.fields.values()] or [_(error.detail)]
        messages.error(request, " ".join(said))
        return redirect("course-practise", course)
    return redirect("quiz", made.id)


@login_required
@require_safe
def quiz(request: HttpRequest, quiz: str) -> HttpResponse:
    """The question asked for, else the first that is open, else how it went."""
    seen = api.quiz(user=me(request), quiz=quiz)
    course = courses.course(user=me(request), course=seen.course)
    context: dict[str, Any] = {"quiz": seen, "course": course}
    if seen.status != "ready":
        name = "assessments/making.html" if _live(request) else "assessments/wait.html"
        return render(request, name, context)
    if _live(request):  # the page that waited may go on now
        return HttpResponse(headers={"HX-Redirect": reverse("quiz", args=[seen.id])})
    attempts = _last(api.attempts(user=me(request), quiz=seen.id, limit=200))
    wanted = request.GET.get("item", "")
    question = next((each for each in seen.items if each.id == wanted), None)
    if question is None and "end" not in request.GET:
        question = next((each for each in seen.items if _waits(each, attempts)), None)
    if question is None:
        return _end(request, seen, attempts, context)
    return _question(request, seen, question, attempts, context)


def _question(
    request: HttpRequest,
    seen: Quiz,
    question: Question,
    attempts: dict[str, Attempt],
    context: dict[str, Any],
) -> HttpResponse:
    """Show one question, or what came of the answer to it."""
    attempt = attempts.get(question.id)
    again = "again" in request.GET
    if attempt is None or again:
        question = api.show_question(user=me(request), quiz=seen.id, item=question.id)
    following = next(
        (each for each in seen.items if _waits(each, attempts) and each.id != question.id), None
    )
    context |= {
        "question": question,
        "attempt": None if again else attempt,
        "feedback": _beyond_the_verdict(attempt),
        "explanation": _beyond_the_quotes(attempt),
        "hints": request.session.get(_hints(seen.id, question.id), []),
        "parts": question.stem.split("_____") if question.kind == "cloze" else [],
        "following": following,
        "place": question.position or seen.items.index(question) + 1,
    }
    return render(request, "assessments/question.html", context)


def _beyond_the_verdict(attempt: Attempt | None) -> str:
    """Return what the feedback says besides the verdict that stands above it."""
    said = attempt.feedback.strip() if attempt else ""
    for verdict in (_("Not right."), _("Right."), _("Partly right.")):
        if said == verdict or said.startswith(f"{verdict} "):
            return said[len(verdict) :].strip()
        if said.startswith(f"{verdict.rstrip('.')}: "):
            rest = said[len(verdict.rstrip(".")) + 2 :]
            return rest[:1].upper() + rest[1:]
    return said


def _beyond_the_quotes(attempt: Attempt | None) -> str:
    """Return the explanation, unless it is a sentence of the materials that is quoted below it."""
    said = " ".join(attempt.explanation.split()) if attempt else ""
    quoted = [" ".join(each.quote.split()) for each in attempt.citations] if attempt else []
    return "" if any(said in each for each in quoted) else said


def _end(
    request: HttpRequest, seen: Quiz, attempts: dict[str, Attempt], context: dict[str, Any]
) -> HttpResponse:
    """Say how the quiz went, and what to try again."""
    rows = [(each, attempts.get(each.id)) for each in seen.items]
    answered = [attempt for _question, attempt in rows if attempt]
    titles = {each.id: each.title for each in courses.objectives(course=seen.course)}
    context |= {
        "rows": rows,
        "right": sum(bool(attempt.correct) for attempt in answered),
        "answered": len(answered),
        "open": next((each for each in seen.items if _waits(each, attempts)), None),
        "titles": sorted({titles[q.objective] for q in seen.items if q.objective in titles}),
    }
    return render(request, "assessments/end.html", context)


@login_required
@require_POST
def answer(request: HttpRequest, quiz: str, item: str) -> HttpResponse:
    """Grade an answer and show what came of it."""
    given: Any = None
    if "unknown" not in request.POST:
        given = request.POST.getlist("response")
        given = given[0] if len(given) == 1 else given
    try:
        api.attempt(user=me(request), quiz=quiz, item=item, response=given)
    except EduError as error:
        if error.__class__.__name__.startswith("NoSuch"):
            raise
        messages.error(request, _(error.detail))
    return redirect(f"{reverse('quiz', args=[quiz])}?item={item}#question")


@login_required
@require_POST
def hint(request: HttpRequest, quiz: str, item: str) -> HttpResponse:
    """Climb one rung of the ladder of hints; those climbed stay on the page."""
    try:
        rung = api.hint(user=me(request), quiz=quiz, item=item)
    except EduError as error:
        if error.__class__.__name__.startswith("NoSuch"):
            raise
        messages.error(request, _(error.detail))
    else:
        kept = request.session.get(_hints(quiz, item), [])
        place = [{"url": each.url, "title": each.title} for each in rung.citations[:1]]
        told = {"level": rung.level, "text": rung.text, "last": rung.last, "places": place}
        if all(each["level"] != rung.level for each in kept):
            request.session[_hints(quiz, item)] = [*kept, told]
    again = "&again=1" if "again" in request.POST else ""
    return redirect(f"{reverse('quiz', args=[quiz])}?item={item}{again}#question")


@login_required
@require_POST
def cancel(request: HttpRequest, quiz: str) -> HttpResponse:
    """Do not wait for the questions any longer."""
    seen = api.quiz(user=me(request), quiz=quiz)
    if seen.status not in OVER:
        api.cancel_quiz(user=me(request), quiz=quiz)
    return redirect("course-practise", seen.course)


@login_required
@require_POST
def set_aside(request: HttpRequest, quiz: str) -> HttpResponse:
    """Do not work on the rest of a quiz."""
    try:
        ended = api.set_quiz_aside(user=me(request), quiz=quiz)
        if ended.user != me(request):
            messages.success(request, _("The quiz is set aside. Who made it can read of it."))
            return redirect("course-practise", ended.course)
        messages.success(request, _("The quiz is set aside. What you answered counts."))
    except NotSetAside as error:
        messages.error(request, _(error.detail))
        try:
            api.quiz(user=me(request), quiz=quiz)
        except NoSuchQuiz:  # another teacher's, which is over by now
            return redirect("courses")
    return redirect(f"{reverse('quiz', args=[quiz])}?end=1")


def _waits(question: Question, attempts: dict[str, Attempt]) -> bool:
    """Whether a question is still to be answered."""
    return question.id not in attempts and question.status != "aside"


def _live(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page."""
    return request.headers.get("HX-Request") == "true"


def _hints(quiz: str, item: str) -> str:
    return f"hints-{quiz}-{item}"


def _last(attempts: list[Attempt]) -> dict[str, Attempt]:
    """Return the newest attempt of each item."""
    found: dict[str, Attempt] = {}
    for each in attempts:  # newest first
        found.setdefault(each.item, each)
    return found
