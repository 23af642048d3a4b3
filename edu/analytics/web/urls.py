"""Addresses of analytics."""

from django.urls import path

from edu.analytics.web import rest

api = [
    path("me/mastery", rest.MasteryView.as_view(), name="api-me-mastery"),
    path("me/reviews", rest.ReviewsView.as_view(), name="api-me-reviews"),
    path("me/reviews/<str:item>", rest.RatingView.as_view(), name="api-me-review"),
    path("courses/<str:course>/insights", rest.InsightsView.as_view(), name="api-insights"),
]
site: list = []
