"""All URLs: every app that has web/urls.py brings its `site` (pages) and `api` (under /api/v1/) lists."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.contrib import admin
from django.urls import include, path

APPS = (
    "users",
    "courses",
    "assessments",
    "analytics",
    "multimodal",
    "agents",
    "orchestrator",
)


def brought(kind: str) -> list[Any]:
    """Return the URL patterns that the apps bring in their list `kind`, in the order of the floors."""
    found: list[Any] = []
    for app in APPS:
        if find_spec(f"edu.{app}.web") and find_spec(f"edu.{app}.web.urls"):
            found += getattr(import_module(f"edu.{app}.web.urls"), kind, [])
    return found


urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include(brought("api"))),
    *brought("site"),
]
