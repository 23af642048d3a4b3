"""What happened with one's account: /profile/history/, and me/history of the API, out of one list."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from edu.common.pages import sensible
from edu.users import api
from edu.users.data import AUDITED, AuditEntry


def line(entry: AuditEntry, user: str) -> dict[str, Any]:
    """One record in words, as the person whom it concerns is told of it."""
    where = entry.detail.get("address") or ""
    what = entry.detail.get("name") or ""
    return {
        "number": entry.number,
        "at": entry.at,
        "action": entry.action,
        "told": _(AUDITED.get(entry.action, entry.action)),
        "who": "" if entry.actor in ("", user) else entry.actor_name or _("somebody"),
        "more": " · ".join(str(each) for each in (what, where) if each),
    }


@login_required
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """What the audit trail says about the person who asks."""
    user = str(request.user.pk)
    page = api.history(user=user, cursor=request.GET.get("cursor"))
    lines = [line(each, user) for each in page.items]
    return render(request, "users/history.html", {"lines": lines, "page": page})


class HistoryOut(serializers.Serializer):
    """One thing that happened with my account."""

    number = serializers.IntegerField(help_text="In the audit trail; the newest has the highest.")
    at = serializers.DateTimeField()
    action = serializers.CharField(help_text="What, for programs: sign-in, password, export, ...")
    told = serializers.CharField(help_text="The same in words.")
    who = serializers.CharField(help_text="Who did it; empty: I did, or nobody is known.")
    more = serializers.CharField(help_text="Names and addresses that belong to it.")


class HistoryView(GenericAPIView):
    """me/history"""

    serializer_class = HistoryOut

    @extend_schema(
        summary="What happened with my account",
        tags=["me"],
        responses=HistoryOut(many=True),
        examples=[
            OpenApiExample(
                "A sign-in",
                {
                    "number": 812,
                    "at": "2026-11-05T14:05:00.000000Z",
                    "action": "sign-in",
                    "told": "Signed in",
                    "who": "",
                    "more": "192.0.2.7",
                },
                response_only=True,
            )
        ],
    )
    def get(self, request: Request) -> Response:
        """List what the audit trail says about me, the newest first: what the page "What happened with
        your account" shows."""
        user = str(request.user.pk)
        page = api.history(
            user=user,
            cursor=request.query_params.get("cursor"),
            limit=sensible(request.query_params.get("limit")),
        )
        told = HistoryOut([line(each, user) for each in page.items], many=True).data
        return Response({"results": told, "next": page.next, "previous": page.previous})
