"""The addresses of the site, and of one view that does nothing itself."""

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from benchmarks.bare import ANSWER
from edu.gateway.urls import *  # noqa: F403
from edu.gateway.urls import urlpatterns as usual


class Nothing(APIView):
    """For the signed-in."""

    def get(self, request: Request) -> Response:
        """Answer."""
        return Response(ANSWER)


urlpatterns = [path("api/v1/benchmark", Nothing.as_view()), *usual]
