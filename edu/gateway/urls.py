"""All URLs: every app that has web/urls.py brings its `site` and `api` lists."""

from django.contrib import admin
from django.urls import path

urlpatterns = [path("admin/", admin.site.urls)]
