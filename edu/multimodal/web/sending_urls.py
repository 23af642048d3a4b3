"""Addresses of files that are sent straight to the store."""

from django.urls import path

from edu.multimodal.web import rest_sending

api = [
    path(
        "courses/<str:course>/uploads",
        rest_sending.FilesToComeView.as_view(),
        name="api-course-uploads",
    ),
    path("uploads/<str:upload>", rest_sending.UploadView.as_view(), name="api-upload"),
    path("uploads/<str:upload>/parts", rest_sending.PartsView.as_view(), name="api-upload-parts"),
    path(
        "uploads/<str:upload>/finish", rest_sending.FinishView.as_view(), name="api-upload-finish"
    ),
]
