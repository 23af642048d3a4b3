"""Paths of the books."""

from django.urls import path

from edu.assessments.web import bank_pages, pages, rest

api = [
    path("courses/<str:course>/items", rest.ItemsView.as_view(), name="api-items"),
    path("courses/<str:course>/quizzes", rest.QuizzesView.as_view(), name="api-quizzes"),
    path("courses/<str:course>/grading", rest.GradingView.as_view(), name="api-grading"),
    path("items/<str:item>", rest.ItemView.as_view(), name="api-item"),
    path("items/<str:item>/restore", rest.ItemRestoreView.as_view(), name="api-item-restore"),
    path("quizzes/<str:quiz>", rest.QuizView.as_view(), name="api-quiz"),
    path("quizzes/<str:quiz>/set-aside", rest.QuizAsideView.as_view(), name="api-quiz-aside"),
    path("quizzes/<str:quiz>/cancel", rest.QuizCancelView.as_view(), name="api-quiz-cancel"),
    path("quizzes/<str:quiz>/items/<str:item>/hint", rest.HintView.as_view(), name="api-hint"),
    path("attempts", rest.AttemptsView.as_view(), name="api-attempts"),
    path("attempts/<str:attempt>", rest.AttemptView.as_view(), name="api-attempt"),
    path("attempts/<str:attempt>/grade", rest.GradeView.as_view(), name="api-grade"),
]
site = [
    path("courses/<str:course>/practise/", pages.practise, name="course-practise"),
    path("courses/<str:course>/quizzes/", pages.start, name="quiz-new"),
    path("courses/<str:course>/bank/", bank_pages.bank, name="course-bank"),
    path("courses/<str:course>/bank/new/", bank_pages.new, name="item-new"),
    path("courses/<str:course>/grading/", bank_pages.grading, name="course-grading"),
    path("items/<str:item>/", bank_pages.edit, name="item-edit"),
    *[
        path(f"items/<str:item>/{verb}/", bank_pages.change, {"verb": verb}, name=f"item-{verb}")
        for verb in ("retire", "restore", "adopt")
    ],
    path("quizzes/<str:quiz>/", pages.quiz, name="quiz"),
    path("quizzes/<str:quiz>/set-aside/", pages.set_aside, name="quiz-aside"),
    path("quizzes/<str:quiz>/cancel/", pages.cancel, name="quiz-cancel"),
    path("quizzes/<str:quiz>/<str:item>/answer/", pages.answer, name="quiz-answer"),
    path("quizzes/<str:quiz>/<str:item>/hint/", pages.hint, name="quiz-hint"),
]
