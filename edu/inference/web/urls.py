"""Paths of the inference app on the site. What the inference process itself serves is in server.py."""

from django.urls import path

from edu.inference.web import pages, rest

api = [
    path("me/outside-calls", rest.OutsideCallsView.as_view(), name="api-me-outside-calls"),
]
site = [
    path("profile/sent/", pages.outside_calls, name="outside-calls"),
]
