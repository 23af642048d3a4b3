"""The Celery application. Tasks carry one id; the row it names is the truth, never Celery's state."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "edu.settings")

app = Celery("edu")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
