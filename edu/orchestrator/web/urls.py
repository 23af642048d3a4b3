"""Where the pages, the API and the WebSockets of the orchestrator are."""

from typing import Any

from django.urls import path

from edu.orchestrator.web import (
    guardian_pages,
    home_pages,
    learn_pages,
    notice_pages,
    notice_rest,
    notice_stream,
    oversight_pages,
    oversight_rest,
    privacy_pages,
    privacy_rest,
    rest,
    tutor_pages,
)
from edu.orchestrator.web.consumers import SessionConsumer
from edu.orchestrator.web.person import PersonConsumer

api: list[Any] = [
    path("courses/<str:course>/sessions", rest.SessionsView.as_view(), name="api-sessions"),
    path(
        "courses/<str:course>/members/<str:member>/sessions",
        oversight_rest.MemberSessionsView.as_view(),
        name="api-member-sessions",
    ),
    path(
        "courses/<str:course>/members/<str:member>/sessions/<str:session>/turns",
        oversight_rest.MemberTurnsView.as_view(),
        name="api-member-turns",
    ),
    path("sessions/<str:session>", rest.SessionView.as_view(), name="api-session"),
    path("sessions/<str:session>/close", rest.SessionCloseView.as_view(), name="api-session-close"),
    path("sessions/<str:session>/turns", rest.TurnsView.as_view(), name="api-turns"),
    path("turns/<str:turn>", rest.TurnView.as_view(), name="api-turn"),
    path("turns/<str:turn>/cancel", rest.TurnCancelView.as_view(), name="api-turn-cancel"),
    path("turns/<str:turn>/links", rest.TurnLinksView.as_view(), name="api-turn-links"),
    path("turns/<str:turn>/messages", rest.TurnMessagesView.as_view(), name="api-turn-messages"),
    path("turns/<str:turn>/sound", rest.TurnSoundView.as_view(), name="api-turn-sound"),
    path("turns/<str:turn>/audio", rest.TurnAudioView.as_view(), name="api-turn-audio"),
    path("turns/<str:turn>/image", rest.TurnImageView.as_view(), name="api-turn-image"),
    path("me/events", notice_stream.EventsView.as_view(), name="api-events"),
    path("me/notifications", notice_rest.NotificationsView.as_view(), name="api-notifications"),
    path("me/notifications/read", notice_rest.ReadAllView.as_view(), name="api-notifications-read"),
    path(
        "me/notifications/<str:notification>/read",
        notice_rest.ReadView.as_view(),
        name="api-notification-read",
    ),
    path("me", privacy_rest.LeaveView.as_view(), name="api-me"),
    path("me/export", privacy_rest.ExportView.as_view(), name="api-me-export"),
    path("me/export/<str:export>", privacy_rest.ExportOneView.as_view(), name="api-me-export-one"),
    path(
        "me/export/<str:export>/file",
        privacy_rest.ExportFileView.as_view(),
        name="api-me-export-file",
    ),
    path("erasures/<str:erasure>", privacy_rest.ErasureView.as_view(), name="api-erasure"),
    path("me/recommendations", rest.RecommendationsView.as_view(), name="api-recommendations"),
]

site = [
    path("", home_pages.home, name="home"),
    path("today/later/", home_pages.later, name="today-later"),
    path("bring/", home_pages.bring, name="bring"),
    path("demo/", home_pages.demo, name="demo"),
    path("notifications/", notice_pages.notifications, name="notifications"),
    path("notifications/read/", notice_pages.read_all, name="notifications-read"),
    path("notifications/<str:notification>/", notice_pages.follow, name="notification"),
    path("profile/children/", guardian_pages.children, name="children"),
    path("profile/children/<str:child>/", guardian_pages.child, name="child"),
    path("profile/children/<str:child>/consent/", guardian_pages.consent, name="child-consent"),
    path("profile/children/<str:child>/export/", guardian_pages.export, name="child-export"),
    path(
        "profile/children/<str:child>/export/<str:export>/",
        guardian_pages.archive,
        name="child-archive",
    ),
    path("profile/children/<str:child>/erase/", guardian_pages.erase, name="child-erase"),
    path("profile/held/", privacy_pages.held, name="held"),
    path("profile/held/export/", privacy_pages.export, name="held-export"),
    path("profile/held/export/<str:export>/", privacy_pages.archive, name="held-archive"),
    path("profile/held/erase/", privacy_pages.erase, name="held-erase"),
    path("erasures/<str:erasure>/", privacy_pages.receipt, name="erasure"),
    path("courses/<str:course>/", learn_pages.learn, name="course"),
    path("courses/<str:course>/tutor/", learn_pages.talks, name="tutor-new"),
    path(
        "courses/<str:course>/people/<str:member>/talks/",
        oversight_pages.talks,
        name="member-talks",
    ),
    path(
        "courses/<str:course>/people/<str:member>/talks/<str:session>/",
        oversight_pages.talk,
        name="member-talk",
    ),
    path("tutor/<str:session>/", tutor_pages.tutor, name="tutor"),
    path("tutor/<str:session>/ask/", tutor_pages.ask, name="tutor-ask"),
    path("tutor/<str:session>/about/", tutor_pages.about, name="tutor-about"),
    path("tutor/turns/<str:turn>/", tutor_pages.turn, name="tutor-turn"),
    path("tutor/turns/<str:turn>/stop/", tutor_pages.stop, name="tutor-stop"),
]

websocket: list[Any] = [
    path("ws/sessions/<str:session>/", SessionConsumer.as_asgi()),
    path("ws/me/", PersonConsumer.as_asgi()),
]
