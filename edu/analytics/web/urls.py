"""Addresses of analytics."""

from django.urls import path

from edu.analytics.web import insight_pages, pages, recall_pages, rest, review_pages

api = [
    path("me/mastery", rest.MasteryView.as_view(), name="api-me-mastery"),
    path("me/reviews", rest.ReviewsView.as_view(), name="api-me-reviews"),
    path("me/reviews/<str:item>", rest.RatingView.as_view(), name="api-me-review"),
    path("courses/<str:course>/insights", rest.InsightsView.as_view(), name="api-insights"),
]
api_v2 = [
    path("me/reviews", rest.ReviewPagesView.as_view(), name="api-v2-me-reviews"),
]
site = [
    path("progress/", pages.progress, name="progress"),
    path("progress/<slug:table>.csv", pages.own_table, name="progress-csv"),
    path("courses/<str:course>/progress/", pages.course_progress, name="course-progress"),
    path(
        "courses/<str:course>/progress/<slug:table>.csv",
        pages.course_table,
        name="course-progress-csv",
    ),
    path("courses/<str:course>/insights/", insight_pages.insights, name="course-insights"),
    path(
        "courses/<str:course>/insights/<slug:table>.csv",
        insight_pages.table,
        name="course-insights-csv",
    ),
    path("courses/<str:course>/reviews/", review_pages.start, name="reviews-start"),
    path("reviews/", review_pages.reviews, name="reviews"),
    path("reviews/card/", recall_pages.card, name="review-card"),
    path("reviews/<str:item>/answer/", recall_pages.answer, name="review-answer"),
    path("reviews/<str:item>/recall/", recall_pages.recall, name="review-recall"),
    path("reviews/<str:item>/", review_pages.rate, name="review-rate"),
]
