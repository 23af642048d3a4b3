"""Settings, addresses and application of a bare Django with one view: what benchmarks.gateway compares
the front door with."""

SECRET_KEY = "bare"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "benchmarks.bare"
ANSWER = {"id": "0197a3c0-5d0e-7c1e-8a51-5f0f6f2b9f11", "title": "Cells"}

from django.core.asgi import get_asgi_application  # noqa: E402
from django.http import HttpRequest, JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402


def view(request: HttpRequest) -> JsonResponse:
    """Answer."""
    return JsonResponse(ANSWER)


urlpatterns = [path("bare", view)]


def __getattr__(name: str) -> object:
    if name == "application":
        return get_asgi_application()
    raise AttributeError(name)
