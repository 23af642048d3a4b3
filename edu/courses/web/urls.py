"""Paths of the courses app."""

from django.urls import path

from edu.courses.web import (
    objective_pages,
    objective_rest,
    pages,
    people_pages,
    pictures,
    preference_pages,
    preference_rest,
    pupil_pages,
    pupil_rest,
    rest,
)

api = [
    path("courses", rest.CoursesView.as_view(), name="api-courses"),
    path("courses/join", rest.JoinView.as_view(), name="api-course-join"),
    path("courses/<str:course>", rest.CourseView.as_view(), name="api-course"),
    path("courses/<str:course>/restore", rest.RestoreView.as_view(), name="api-course-restore"),
    path("people/<str:member>/picture", pictures.PictureView.as_view(), name="api-picture"),
    path("courses/<str:course>/leave", rest.LeaveView.as_view(), name="api-course-leave"),
    path(
        "courses/<str:course>/join-code", rest.JoinCodeView.as_view(), name="api-course-join-code"
    ),
    path(
        "courses/<str:course>/preferences",
        preference_rest.CoursePreferencesView.as_view(),
        name="api-course-preferences",
    ),
    path("courses/<str:course>/members", rest.MembersView.as_view(), name="api-course-members"),
    path(
        "courses/<str:course>/members/<str:member>",
        rest.MemberView.as_view(),
        name="api-course-member",
    ),
    path(
        "courses/<str:course>/pupils/<str:pupil>/of-age",
        pupil_rest.OfAgeView.as_view(),
        name="api-pupil-of-age",
    ),
    path(
        "courses/<str:course>/objectives",
        objective_rest.ObjectivesView.as_view(),
        name="api-course-objectives",
    ),
    path(
        "courses/<str:course>/objectives/decisions",
        objective_rest.DecisionsView.as_view(),
        name="api-course-objectives-decide",
    ),
    path(
        "courses/<str:course>/objectives/<str:objective>",
        objective_rest.ObjectiveView.as_view(),
        name="api-course-objective",
    ),
]
site = [
    path("people/<str:member>/picture/", pictures.page, name="picture"),
    path("courses/", pages.courses, name="courses"),
    path("courses/new/", pages.new, name="course-new"),
    path("courses/join/", pages.join, name="course-join"),
    path("courses/<str:course>/settings/", pages.settings, name="course-settings"),
    path("courses/<str:course>/leave/", pages.leave, name="course-leave"),
    path("courses/<str:course>/remove/", pages.remove, name="course-remove"),
    path("courses/<str:course>/restore/", pages.restore, name="course-restore"),
    path("courses/<str:course>/join-code/", pages.join_code, name="course-join-code"),
    path(
        "courses/<str:course>/preferences/",
        preference_pages.preferences,
        name="course-preferences",
    ),
    path("courses/<str:course>/people/", people_pages.people, name="course-people"),
    path("courses/<str:course>/people/pupils/", pupil_pages.pupils, name="course-pupils"),
    path("courses/<str:course>/people/wishes/<str:wish>/", pupil_pages.wish, name="course-wish"),
    path("courses/<str:course>/people/pupils/<str:pupil>/", pupil_pages.pupil, name="course-pupil"),
    path(
        "courses/<str:course>/people/<str:member>/role/",
        people_pages.role,
        name="course-member-role",
    ),
    path(
        "courses/<str:course>/people/<str:member>/remove/",
        people_pages.remove,
        name="course-member-remove",
    ),
    path("courses/<str:course>/objectives/", objective_pages.objectives, name="course-objectives"),
    path(
        "courses/<str:course>/objectives/decide/",
        objective_pages.decide,
        name="course-objectives-decide",
    ),
    path(
        "courses/<str:course>/objectives/<str:objective>/",
        objective_pages.objective,
        name="course-objective",
    ),
    path(
        "courses/<str:course>/objectives/<str:objective>/remove/",
        objective_pages.remove,
        name="course-objective-remove",
    ),
]
