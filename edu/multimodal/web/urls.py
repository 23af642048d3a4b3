"""Addresses of the multimodal service."""

from django.urls import path

from edu.multimodal.web import rest, rest_sound

api = [
    path(
        "courses/<str:course>/materials",
        rest.CourseMaterialsView.as_view(),
        name="api-course-materials",
    ),
    path("courses/<str:course>/search", rest.SearchView.as_view(), name="api-course-search"),
    path("materials/<str:material>", rest.MaterialView.as_view(), name="api-material"),
    path("materials/<str:material>/cancel", rest.CancelView.as_view(), name="api-material-cancel"),
    path("materials/<str:material>/retry", rest.RetryView.as_view(), name="api-material-retry"),
    path(
        "materials/<str:material>/restore", rest.RestoreView.as_view(), name="api-material-restore"
    ),
    path(
        "materials/<str:material>/passages",
        rest.PassagesView.as_view(),
        name="api-material-passages",
    ),
    path("transcriptions", rest_sound.TranscriptionsView.as_view(), name="api-transcriptions"),
    path(
        "transcriptions/<str:transcription>",
        rest_sound.TranscriptionView.as_view(),
        name="api-transcription",
    ),
    path("speech", rest_sound.SpeechView.as_view(), name="api-speech"),
]
site: list = []
