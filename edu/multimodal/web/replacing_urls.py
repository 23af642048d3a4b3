"""Addresses of what takes the place of a material's file."""

from django.urls import path

from edu.multimodal.web import replacing_pages, rest_replacing

api = [
    path(
        "materials/<str:material>/file", rest_replacing.FileView.as_view(), name="api-material-file"
    ),
    path(
        "materials/<str:material>/reread",
        rest_replacing.RereadView.as_view(),
        name="api-material-reread",
    ),
    path(
        "materials/<str:material>/drift",
        rest_replacing.DriftView.as_view(),
        name="api-material-drift",
    ),
    path(
        "materials/<str:material>/earlier",
        rest_replacing.EarlierView.as_view(),
        name="api-material-earlier",
    ),
    path(
        "materials/<str:material>/earlier/<str:earlier>/restore",
        rest_replacing.PutBackView.as_view(),
        name="api-material-put-back",
    ),
]
site = [
    path("materials/<str:material>/replace/", replacing_pages.replace, name="material-replace"),
    path("materials/<str:material>/reread/", replacing_pages.reread, name="material-reread"),
    path(
        "materials/<str:material>/earlier/<str:earlier>/",
        replacing_pages.earlier,
        name="material-earlier",
    ),
    path(
        "materials/<str:material>/earlier/<str:earlier>/back/",
        replacing_pages.back,
        name="material-put-back",
    ),
]
