"""items, quizzes and attempts of the API."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from edu.assessments import api
from edu.assessments.web import examples
from edu.assessments.web.serializers import (
    AttemptIn,
    AttemptOut,
    GradeIn,
    HintOut,
    ItemChange,
    ItemIn,
    ItemOut,
    QuizIn,
    QuizOut,
    WaitingOut,
)
from edu.common.pages import Page, sensible
from edu.courses import api as courses
from edu.courses.data import MODELS

NOT_THERE = OpenApiResponse(description="There is no such thing, or it is not yours.")
NOT_TEACHER = OpenApiResponse(description="Your role in the course does not allow this.")
BAD = OpenApiResponse(description="A field is wrong; `errors` says which and why.")
NOT_READY = OpenApiResponse(description="The quiz is not in a state for this.")
PAGING = [
    OpenApiParameter("cursor", str, description="from `next` or `previous`"),
    OpenApiParameter("limit", int, description="1 to 200, 50 unless told"),
]


def _example(name: str, value: Any, **more: Any) -> OpenApiExample:
    return OpenApiExample(name, value, response_only=True, **more)


def _asked(name: str, value: Any) -> OpenApiExample:
    return OpenApiExample(name, value, request_only=True)


def _checked(kind: type[Serializer], request: Request) -> dict[str, Any]:
    serializer = kind(data=request.data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _me(request: Request) -> str:
    return str(request.user.pk)


def _paging(request: Request) -> dict[str, Any]:
    query = request.query_params
    return {"cursor": query.get("cursor"), "limit": sensible(query.get("limit"))}


def _paged(kind: type[Serializer], page: Page[Any]) -> Response:
    results = kind(page.items, many=True).data
    return Response({"results": results, "next": page.next, "previous": page.previous})


class ItemsView(GenericAPIView):
    """courses/{course}/items"""

    serializer_class = ItemOut

    @extend_schema(
        summary="The bank of a course",
        tags=["items"],
        parameters=[
            *PAGING,
            OpenApiParameter(
                "source",
                str,
                enum=["bank", "generated"],
                description="written by teachers, or made from the materials",
            ),
            OpenApiParameter(
                "status",
                str,
                enum=["live", "retired", "refused"],
                description="in use, taken out, or refused by a check",
            ),
        ],
        responses={200: ItemOut(many=True), 403: NOT_TEACHER, 404: NOT_THERE},
        examples=[_example("A question", examples.ITEM)],
    )
    def get(self, request: Request, course: str) -> Response:
        """List the questions with their keys, newest first; for teachers. Generated ones are apart."""
        query = request.query_params
        page = api.items(
            user=_me(request),
            course=course,
            source=query.get("source", "bank"),
            status=query.get("status", "live"),
            **_paging(request),
        )
        return _paged(ItemOut, page)

    @extend_schema(
        summary="Write a question",
        tags=["items"],
        request=ItemIn,
        responses={201: ItemOut, 400: BAD, 403: NOT_TEACHER, 404: NOT_THERE},
        examples=[
            *(_asked(name, value) for name, value in examples.NEW_ITEMS.items()),
            _example("Made", examples.ITEM, status_codes=["201"]),
        ],
    )
    def post(self, request: Request, course: str) -> Response:
        """Put a question into the bank, live at once; for teachers."""
        courses.course(
            user=_me(request), course=course, need="edit_items"
        )  # before the form is read
        made = api.add_item(user=_me(request), course=course, **_checked(ItemIn, request))
        return Response(ItemOut(made).data, 201)


class ItemView(GenericAPIView):
    """items/{item}"""

    serializer_class = ItemOut

    @extend_schema(
        summary="One question with its key",
        tags=["items"],
        responses={200: ItemOut, 403: NOT_TEACHER, 404: NOT_THERE},
        examples=[_example("A question", examples.ITEM)],
    )
    def get(self, request: Request, item: str) -> Response:
        """Return a question as its teachers see it."""
        return Response(ItemOut(api.item(user=_me(request), item=item)).data)

    @extend_schema(
        summary="Change a question",
        tags=["items"],
        request=ItemChange,
        responses={200: ItemOut, 400: BAD, 403: NOT_TEACHER, 404: NOT_THERE},
        examples=[_asked("Another stem", {"stem": "What moves water through a cell membrane?"})],
    )
    def patch(self, request: Request, item: str) -> Response:
        """Make the next version; attempts keep the one that they answered. For teachers."""
        api.item(user=_me(request), item=item)  # before the form is read
        changed = api.change_item(user=_me(request), item=item, **_checked(ItemChange, request))
        return Response(ItemOut(changed).data)

    @extend_schema(
        summary="Retire a question",
        tags=["items"],
        responses={
            204: OpenApiResponse(description="Out of use; its attempts stay."),
            403: NOT_TEACHER,
            404: NOT_THERE,
        },
    )
    def delete(self, request: Request, item: str) -> Response:
        """Take a question out of use; for teachers. `restore` undoes it."""
        api.retire_item(user=_me(request), item=item)
        return Response(status=204)


class ItemRestoreView(GenericAPIView):
    """items/{item}/restore"""

    serializer_class = ItemOut

    @extend_schema(
        summary="Put a retired question back into use",
        tags=["items"],
        request=None,
        responses={200: ItemOut, 403: NOT_TEACHER, 404: NOT_THERE},
        examples=[_example("Back again", examples.ITEM, status_codes=["200"])],
    )
    def post(self, request: Request, item: str) -> Response:
        """Undo a retirement; for teachers."""
        return Response(ItemOut(api.restore_item(user=_me(request), item=item)).data)


class QuizzesView(GenericAPIView):
    """courses/{course}/quizzes"""

    serializer_class = QuizOut

    @extend_schema(
        summary="My quizzes in a course",
        tags=["quizzes"],
        parameters=PAGING,
        responses={200: QuizOut(many=True), 404: NOT_THERE},
        examples=[_example("A quiz", {**examples.QUIZ, "items": []})],
    )
    def get(self, request: Request, course: str) -> Response:
        """List my quizzes, newest first, without their questions."""
        page = api.quizzes_page(user=_me(request), course=course, **_paging(request))
        return _paged(QuizOut, page)

    @extend_schema(
        summary="Ask for a quiz",
        tags=["quizzes"],
        request=QuizIn,
        responses={202: QuizOut, 400: BAD, 404: NOT_THERE},
        examples=[
            _asked("From the bank", {"size": 5, "source": "bank"}),
            _asked("From the materials", {"size": 4, "source": "generate", "kinds": ["choice"]}),
            _example("Ready at once", examples.QUIZ, status_codes=["202"]),
        ],
    )
    def post(self, request: Request, course: str) -> Response:
        """Make a quiz for me. From the bank it is ready at once; from the materials it is queued, and
        rather has one question less than one that fails its checks."""
        courses.course(user=_me(request), course=course, need="learn")  # before the form is read
        wanted = _checked(QuizIn, request)
        if wanted.get("source") == "generate":
            courses.spend(course=course, kind=MODELS, units=wanted["size"])
        made = api.request_quiz(user=_me(request), course=course, shown=True, **wanted)
        return Response(QuizOut(made).data, 202)


class QuizView(GenericAPIView):
    """quizzes/{quiz}"""

    serializer_class = QuizOut

    @extend_schema(
        summary="A quiz of mine",
        tags=["quizzes"],
        responses={200: QuizOut, 404: NOT_THERE},
        examples=[_example("A quiz", examples.QUIZ)],
    )
    def get(self, request: Request, quiz: str) -> Response:
        """Return my quiz with its questions; their keys are not in it, before or after."""
        return Response(QuizOut(api.show_questions(user=_me(request), quiz=quiz)).data)


class QuizCancelView(GenericAPIView):
    """quizzes/{quiz}/cancel"""

    serializer_class = QuizOut

    @extend_schema(
        summary="Stop making a quiz",
        tags=["quizzes"],
        request=None,
        responses={202: QuizOut, 404: NOT_THERE, 409: NOT_READY},
        examples=[
            _example("Stopped", {**examples.QUIZ, "status": "cancelled"}, status_codes=["202"])
        ],
    )
    def post(self, request: Request, quiz: str) -> Response:
        """Stop the making of my quiz."""
        return Response(QuizOut(api.cancel_quiz(user=_me(request), quiz=quiz)).data, 202)


class QuizAsideView(GenericAPIView):
    """quizzes/{quiz}/set-aside"""

    serializer_class = QuizOut

    @extend_schema(
        summary="Set a quiz aside",
        tags=["quizzes"],
        request=None,
        responses={200: QuizOut, 404: NOT_THERE, 409: NOT_READY},
        examples=[_example("Set aside", examples.QUIZ)],
    )
    def post(self, request: Request, quiz: str) -> Response:
        """End the work on my quiz, or on that of another teacher where I write the questions of the
        course: the tutor may speak of its open questions again, and they count nothing any more. A test
        stays open. Of another's quiz it is written down, and its owner reads it in their history."""
        return Response(QuizOut(api.set_quiz_aside(user=_me(request), quiz=quiz)).data)


class HintView(GenericAPIView):
    """quizzes/{quiz}/items/{item}/hint"""

    serializer_class = HintOut

    @extend_schema(
        summary="A hint",
        tags=["quizzes"],
        request=None,
        responses={201: HintOut, 403: NOT_READY, 404: NOT_THERE, 409: NOT_READY},
        examples=[_example("The first rung", examples.HINT, status_codes=["201"])],
    )
    def post(self, request: Request, quiz: str, item: str) -> Response:
        """Climb one rung: nudge, idea, similar example, last step, answer. Each lessens what the answer
        counts; the last is the key itself. A test gives none."""
        return Response(HintOut(api.hint(user=_me(request), quiz=quiz, item=item)).data, 201)


class AttemptsView(GenericAPIView):
    """attempts"""

    serializer_class = AttemptOut
    any_text = ("response",)  # whatever it is, it is graded: never a bad request

    @extend_schema(
        summary="Answer a question",
        tags=["attempts"],
        request=AttemptIn,
        responses={201: AttemptOut, 400: BAD, 404: NOT_THERE, 409: NOT_READY},
        examples=[
            _asked(
                "An option", {"quiz": examples.QUIZ_ID, "item": examples.ITEM_ID, "response": "o4f"}
            ),
            _asked(
                "A number", {"quiz": examples.QUIZ_ID, "item": examples.ITEM_ID, "response": "9,81"}
            ),
            _example("Right", examples.ATTEMPT, status_codes=["201"]),
        ],
    )
    def post(self, request: Request) -> Response:
        """Grade an answer of mine and keep it. Only an unaided first try counts in full."""
        made = api.attempt(user=_me(request), **_checked(AttemptIn, request))
        return Response(AttemptOut(made).data, 201)


class AttemptView(GenericAPIView):
    """attempts/{attempt}"""

    serializer_class = AttemptOut

    @extend_schema(
        summary="An answer of mine",
        tags=["attempts"],
        responses={200: AttemptOut, 404: NOT_THERE},
        examples=[_example("Right", examples.ATTEMPT)],
    )
    def get(self, request: Request, attempt: str) -> Response:
        """Return one of my answers with its grade."""
        return Response(AttemptOut(api.attempt_of(user=_me(request), attempt=attempt)).data)


class GradeView(GenericAPIView):
    """attempts/{attempt}/grade"""

    serializer_class = AttemptOut

    @extend_schema(
        summary="Grade an answer that waits",
        tags=["attempts"],
        request=GradeIn,
        responses={200: AttemptOut, 400: BAD, 403: NOT_TEACHER, 404: NOT_THERE, 409: NOT_READY},
        examples=[_asked("Half", {"score": 0.5})],
    )
    def post(self, request: Request, attempt: str) -> Response:
        """Give points to an answer that waits for a teacher; for teachers of its course."""
        api.may_grade(user=_me(request), attempt=attempt)  # before the form is read
        made = api.accept_points(user=_me(request), attempt=attempt, **_checked(GradeIn, request))
        return Response(AttemptOut(made).data)


class GradingView(GenericAPIView):
    """courses/{course}/grading"""

    serializer_class = WaitingOut

    @extend_schema(
        summary="Answers that wait for a teacher",
        tags=["attempts"],
        responses={200: WaitingOut(many=True), 403: NOT_TEACHER, 404: NOT_THERE},
        examples=[_example("One that waits", examples.WAITING)],
    )
    def get(self, request: Request, course: str) -> Response:
        """List them, oldest first; for teachers."""
        return _paged(WaitingOut, Page(api.waiting(user=_me(request), course=course)))
