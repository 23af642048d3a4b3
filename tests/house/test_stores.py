"""Each process of the tests has stores of its own: what one of them clears is its own."""

import os

from django.conf import settings
from django.db import connection


def test_the_settings_go_by_the_stores_that_this_process_started(db):
    assert os.environ["REDIS_URL"] == settings.REDIS_URL
    assert f":{connection.settings_dict['PORT']}/" in os.environ["DATABASE_URL"]
