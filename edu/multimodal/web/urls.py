"""Addresses of the multimodal service."""

from django.urls import path

from edu.multimodal.web import (
    caption_pages,
    figures,
    files,
    pages,
    replacing_urls,
    rest,
    rest_about,
    rest_captions,
    rest_figures,
    rest_sound,
    rest_spoken,
    search_pages,
    sending_urls,
    viewer_pages,
    web_pages,
)

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
        "materials/<str:material>/refetch", rest.RefetchView.as_view(), name="api-material-refetch"
    ),
    path(
        "materials/<str:material>/restore", rest.RestoreView.as_view(), name="api-material-restore"
    ),
    path("materials/<str:material>/links", rest.LinksView.as_view(), name="api-material-links"),
    path(
        "materials/<str:material>/passages",
        rest.PassagesView.as_view(),
        name="api-material-passages",
    ),
    path(
        "materials/<str:material>/about", rest_about.AboutView.as_view(), name="api-material-about"
    ),
    path(
        "materials/<str:material>/captions",
        rest_captions.CaptionsView.as_view(),
        name="api-material-captions",
    ),
    path(
        "materials/<str:material>/cues",
        rest_captions.CuesView.as_view(),
        name="api-material-cues",
    ),
    path(
        "materials/<str:material>/cues/<str:cue>",
        rest_captions.CueView.as_view(),
        name="api-material-cue",
    ),
    path(
        "materials/<str:material>/cues/<str:cue>/split",
        rest_captions.CueSplitView.as_view(),
        name="api-material-cue-split",
    ),
    path(
        "materials/<str:material>/cues/<str:cue>/join",
        rest_captions.CueJoinView.as_view(),
        name="api-material-cue-join",
    ),
    path(
        "materials/<str:material>/cue-edits",
        rest_captions.CueEditsView.as_view(),
        name="api-material-cue-edits",
    ),
    path(
        "materials/<str:material>/figures",
        rest_figures.FiguresView.as_view(),
        name="api-material-figures",
    ),
    path(
        "materials/<str:material>/figures/<str:figure>",
        rest_figures.FigureView.as_view(),
        name="api-material-figure",
    ),
    path(
        "materials/<str:material>/figures/<str:figure>/image",
        rest_figures.FigureImageView.as_view(),
        name="api-material-figure-image",
    ),
    path("transcriptions", rest_sound.TranscriptionsView.as_view(), name="api-transcriptions"),
    path(
        "transcriptions/<str:transcription>",
        rest_sound.TranscriptionView.as_view(),
        name="api-transcription",
    ),
    path("speech", rest_sound.SpeechView.as_view(), name="api-speech"),
    path("speech/<str:speech>", rest_spoken.UtteranceView.as_view(), name="api-utterance"),
    path(
        "speech/<str:speech>/cancel",
        rest_spoken.CancelView.as_view(),
        name="api-utterance-cancel",
    ),
    path(
        "speech/<str:speech>/audio",
        rest_spoken.AudioView.as_view(),
        name="api-utterance-audio",
    ),
    *replacing_urls.api,
    *sending_urls.api,
]
site = [
    path("courses/<str:course>/materials/", pages.materials, name="course-materials"),
    path("courses/<str:course>/materials/live/", pages.live, name="course-materials-live"),
    path("courses/<str:course>/materials/page/", web_pages.bring, name="course-page"),
    path("courses/<str:course>/search/", search_pages.search, name="course-search"),
    path("materials/<str:material>/", viewer_pages.material, name="material"),
    path("materials/<str:material>/source/", viewer_pages.source, name="material-source"),
    path("materials/<str:material>/pages/<int:page>/", files.page, name="material-page"),
    path(
        "materials/<str:material>/pages/<int:page>/words/",
        viewer_pages.signs,
        name="material-signs",
    ),
    path("materials/<str:material>/file/", files.original, name="material-file"),
    path("materials/<str:material>/media/", files.media, name="material-media"),
    path("materials/<str:material>/captions/", files.captions, name="material-captions"),
    path(
        "materials/<str:material>/figures/<str:figure>/", figures.describe, name="material-figure"
    ),
    path(
        "materials/<str:material>/figures/<str:figure>/image/",
        files.figure,
        name="material-figure-image",
    ),
    path("materials/<str:material>/captions/edit/", caption_pages.captions, name="material-cues"),
    path("materials/<str:material>/rename/", pages.rename, name="material-rename"),
    path("materials/<str:material>/cancel/", pages.cancel, name="material-cancel"),
    path("materials/<str:material>/retry/", pages.retry, name="material-retry"),
    path("materials/<str:material>/refetch/", web_pages.refetch, name="material-refetch"),
    path("materials/<str:material>/remove/", pages.remove, name="material-remove"),
    path("materials/<str:material>/restore/", pages.restore, name="material-restore"),
    *replacing_urls.site,
]
