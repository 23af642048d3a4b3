"""All URLs: every app that has web/urls.py brings its `site` (pages) and `api` (under /api/v1/)
lists; what version 2 changes already stands in `api_v2`. See docs/api-versions.md."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from edu.gateway import answers, health, pages, schema, webhook_rest

APPS = (
    "users",
    "courses",
    "inference",
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


def joined(patterns: list[Any]) -> list[Any]:
    """Return the patterns with one view for each address: where two apps answer other methods of the
    same one, as of `me`, their views become one that has the methods of both."""
    found: dict[str, Any] = {}
    for each in patterns:
        route = str(each.pattern)
        if route in found:
            first = found[route]
            views = (each.callback.cls, first.callback.cls)
            view: Any = type(first.callback.cls.__name__, views, {"__doc__": views[1].__doc__})
            found[route] = path(route, view.as_view(), name=first.name)
        else:
            found[route] = each
    return list(found.values())


def quick(patterns: list[Any]) -> list[Any]:
    """Return the patterns, with a store of answers before the views that have a rule for it."""
    return [
        path(
            str(each.pattern), answers.kept(each.name, each.callback.cls).as_view(), name=each.name
        )
        if each.name in answers.RULES
        else each
        for each in patterns
    ]


api = [
    *quick(joined(brought("api"))),
    path(
        "courses/<str:course>/webhooks",
        webhook_rest.CourseView.as_view(),
        name="api-course-webhooks",
    ),
    path("me/webhooks", webhook_rest.MineView.as_view(), name="api-me-webhooks"),
    path("webhooks/<str:webhook>", webhook_rest.WebhookView.as_view(), name="api-webhook"),
    path(
        "webhooks/<str:webhook>/secret",
        webhook_rest.SecretView.as_view(),
        name="api-webhook-secret",
    ),
    path("webhooks/<str:webhook>/ping", webhook_rest.PingView.as_view(), name="api-webhook-ping"),
    path(
        "webhooks/<str:webhook>/messages",
        webhook_rest.MessagesView.as_view(),
        name="api-webhook-messages",
    ),
    path(
        "webhooks/<str:webhook>/messages/<str:message>/replay",
        webhook_rest.ReplayView.as_view(),
        name="api-webhook-replay",
    ),
    path("schema/", schema.SchemaView.as_view(), name="api-schema"),
    path("docs/", pages.docs, name="api-docs"),
]
api_v2 = brought("api_v2")
site = brought("site")
if not any(each.name == "home" for each in site):
    site.append(path("", pages.landing, name="home"))

urlpatterns = [
    *site,
    path("about/", pages.about, name="about"),
    path("search/", pages.search, name="search"),
    path("problems/<slug:name>/", pages.problem, name="problem"),
    path("styleguide/", pages.styleguide, name="styleguide"),
    path("styleguide/<int:status>/", pages.error_specimen, name="styleguide-error"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics_text, name="metrics"),
    path("admin/login/", pages.admin_sign_in, name="admin-sign-in"),
    path("admin/", admin.site.urls),
    path("api/v1/", include(api)),
    path("api/v2/", include(api_v2)),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}gateway/icon.svg")),
]

handler400 = "edu.gateway.errors.bad_request"
handler403 = "edu.gateway.errors.not_allowed"
handler404 = "edu.gateway.errors.not_found"
handler500 = "edu.gateway.errors.server_error"
