"""Where the pages, the API and the WebSockets of the orchestrator are."""

from typing import Any

from django.urls import path

from edu.orchestrator.web import home_pages, learn_pages

api: list[Any] = []

site = [
    path("", home_pages.home, name="home"),
    path("today/later/", home_pages.later, name="today-later"),
    path("bring/", home_pages.bring, name="bring"),
    path("demo/", home_pages.demo, name="demo"),
    path("courses/<str:course>/", learn_pages.learn, name="course"),
    path("courses/<str:course>/tutor/", learn_pages.talks, name="tutor-new"),
]

websocket: list[Any] = []
