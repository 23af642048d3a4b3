"""The site's URLs, and some that go wrong on purpose."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import path
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from edu.gateway.urls import *  # noqa: F403
from edu.gateway.urls import urlpatterns as usual

raised: dict[str, Exception] = {}
made: list[object] = []


class BrokenMiddleware:
    """Raises what the test put into `raised`, before any view is asked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        raise raised["now"]


class Breaks(APIView):
    """Raises what the test put into `raised`."""

    permission_classes = (AllowAny,)

    def get(self, request):
        raise raised["now"]


class Echo(APIView):
    """Says what it read."""

    permission_classes = (AllowAny,)

    def post(self, request):
        return Response({"read": request.data})


class Typed(APIView):
    """Reads two fields, one of them nested."""

    permission_classes = (AllowAny,)

    class Shape(serializers.Serializer):
        email = serializers.EmailField()
        key = serializers.DictField(child=serializers.IntegerField())

    def post(self, request):
        shape = self.Shape(data=request.data)
        shape.is_valid(raise_exception=True)
        return Response(shape.validated_data)


class Makes(APIView):
    """Makes one thing at each call, slowly."""

    permission_classes = (AllowAny,)
    pause = 0.0
    then = 201

    def post(self, request):
        time.sleep(self.pause)
        made.append(request.data)
        return Response({"id": str(len(made))}, status=self.then, headers={"Location": "/thing"})


class Takes(APIView):
    """Takes a file."""

    permission_classes = (AllowAny,)
    parser_classes = (MultiPartParser,)

    def post(self, request):
        made.append(request.data["file"].read())
        return Response({"id": str(len(made)), "bytes": len(made[-1])}, 202)


@dataclass(frozen=True)
class Thing:
    name: str
    at: datetime


class Lists(APIView):
    """A page of a list, with raw cursors."""

    permission_classes = (AllowAny,)

    def get(self, request):
        at = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=2)))
        return Response({"results": [Thing("one", at)], "next": "YWI", "previous": None})


class Times(APIView):
    """A time through a serializer."""

    permission_classes = (AllowAny,)

    class Shape(serializers.Serializer):
        at = serializers.DateTimeField()

    def get(self, request):
        return Response(self.Shape({"at": datetime(2026, 3, 1, 12, tzinfo=UTC)}).data)


class Sees(APIView):
    """For the signed-in."""

    def get(self, request):
        return Response({"me": str(request.user.pk)})


def page(request):
    raise raised["now"]


@login_required
def private(request):
    return HttpResponse("mine")


urlpatterns = [
    path("api/v1/test/breaks", Breaks.as_view()),
    path("api/v1/test/echo", Echo.as_view()),
    path("api/v1/test/typed", Typed.as_view()),
    path("api/v1/test/makes", Makes.as_view()),
    path("api/v1/test/takes", Takes.as_view()),
    path("api/v1/test/lists", Lists.as_view()),
    path("api/v1/test/times", Times.as_view()),
    path("api/v1/test/sees", Sees.as_view()),
    path("api/v1/test/register", Sees.as_view()),
    path("test/page/", page),
    path("test/private/", private),
    *usual,
]
