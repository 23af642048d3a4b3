"""me/mastery, me/reviews and courses/{id}/insights of the API."""

from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    inline_serializer,
)
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from edu.analytics import api
from edu.analytics.data import Review
from edu.analytics.web.serializers import InsightsOut, MasteryOut, RatingIn, ReviewOut
from edu.common.pages import page_of_list, sensible
from edu.courses import api as courses

COURSE = OpenApiParameter("course", str, description="Id of a course; without it, all of mine.")
STRANGER = OpenApiResponse(description="There is no such course, or you are not in it.")
ITEM = "0197a3c4-8f1b-7a60-9c1e-2b1f0f6f2b11"
MASTERY = {
    "results": [
        {
            "objective": "0197a3c1-2d0e-7c1e-8a51-5f0f6f2b9f11",
            "p": 0.71,
            "low": 0.41,
            "high": 0.94,
            "attempts": 4,
            "enough": True,
            "why": "Right without help on 3 of the last 4, so it went from 62 % to 71 %.",
            "updated_at": "2026-11-22T14:03:11.204Z",
        }
    ]
}
REVIEWS = {
    "results": [
        {
            "item": ITEM,
            "objective": "0197a3c1-2d0e-7c1e-8a51-5f0f6f2b9f11",
            "course": "0197a3c0-5d0e-7c1e-8a51-5f0f6f2b9f11",
            "due_at": "2026-11-24T14:03:11.204Z",
            "retrievability": 0.97,
            "reviews": 1,
        }
    ]
}


def _wanted(request: Request) -> list[str]:
    """Return the ids of the courses that the request is about, all of them open to the asker."""
    user, course = str(request.user.id), request.query_params.get("course", "")
    if course:
        return [courses.course(user=user, course=course).id]
    return [each.id for each in courses.courses_of(user=user, limit=200).items]


def _reviews(request: Request) -> list[Review]:
    """Return the reviews that the request is about, the most urgent first."""
    mine = set(_wanted(request))
    course = request.query_params.get("course") or None
    found = api.reviews(user=str(request.user.id), course=course)
    return [each for each in found if each.course in mine]


class MasteryView(APIView):
    """me/mastery"""

    @extend_schema(
        summary="What I know",
        tags=["me"],
        parameters=[COURSE],
        responses={
            200: inline_serializer("MasteryList", {"results": MasteryOut(many=True)}),
            404: STRANGER,
        },
        examples=[OpenApiExample("One objective", MASTERY, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """Mastery per accepted objective as of now, in the order of the objectives. An objective
        without evidence is there with the starting guess, `attempts` 0 and `enough` false."""
        user = str(request.user.id)
        found = [row for each in _wanted(request) for row in api.mastery(user=user, course=each)]
        return Response({"results": MasteryOut(found, many=True).data})


class ReviewsView(APIView):
    """me/reviews"""

    @extend_schema(
        summary="What I should see again, and when",
        tags=["me"],
        parameters=[COURSE],
        responses={
            200: inline_serializer("ReviewList", {"results": ReviewOut(many=True)}),
            404: STRANGER,
        },
        examples=[OpenApiExample("One item", REVIEWS, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """Every item that was answered: what is due first, and of that what fades most."""
        return Response({"results": ReviewOut(_reviews(request), many=True).data})


class ReviewPagesView(GenericAPIView):
    """me/reviews of version 2: in pages, as all other lists are."""

    serializer_class = ReviewOut

    @extend_schema(
        operation_id="v2_me_reviews_list",
        summary="What I should see again, in pages",
        tags=["me"],
        parameters=[COURSE],
        responses={200: ReviewOut(many=True), 404: STRANGER},
        examples=[OpenApiExample("One item", REVIEWS["results"][0], response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """What is due first, and of that what fades most. Version 1 answers with all of them at once."""
        query = request.query_params
        page = page_of_list(_reviews(request), query.get("cursor"), sensible(query.get("limit")))
        results = ReviewOut(page.items, many=True).data
        return Response({"results": results, "next": page.next, "previous": page.previous})


class RatingView(APIView):
    """me/reviews/{item}"""

    @extend_schema(
        summary="Say how hard the last recall was",
        tags=["me"],
        request=RatingIn,
        responses={
            200: ReviewOut,
            400: OpenApiResponse(description="There is no such rating."),
            404: OpenApiResponse(description="You have not answered this item."),
            409: OpenApiResponse(description="The last answer was not right."),
        },
        examples=[
            OpenApiExample("That was easy", {"rating": "easy"}, request_only=True),
            OpenApiExample("Later", REVIEWS["results"][0], response_only=True),
        ],
    )
    def post(self, request: Request, item: str) -> Response:
        """Move the next date of an item whose last answer was right; mastery does not change."""
        serializer = RatingIn(data=request.data)
        serializer.is_valid(raise_exception=True)
        user, rating = str(request.user.id), serializer.validated_data["rating"]
        return Response(ReviewOut(api.rate(user=user, item=item, rating=rating)).data)


class InsightsView(APIView):
    """courses/{id}/insights"""

    @extend_schema(
        summary="A course at a glance",
        tags=["courses"],
        responses={
            200: InsightsOut,
            403: OpenApiResponse(description="Only teachers of the course see this."),
            404: STRANGER,
        },
        examples=[
            OpenApiExample(
                "An item",
                {
                    "items": [
                        {
                            "item": ITEM,
                            "stem": "Which way does water go in osmosis?",
                            "n": 24,
                            "difficulty": 0.58,
                            "low": 0.41,
                            "high": 0.74,
                            "discrimination": 0.44,
                        }
                    ]
                },
                response_only=True,
            )
        ],
    )
    def get(self, request: Request, course: str) -> Response:
        """Learners by objectives, how the items work, patterns, and who may need help and why."""
        found = api.insights(user=str(request.user.id), course=course)
        return Response(InsightsOut(found).data)
