"""The one mapping from errors to HTTP."""

from rest_framework.views import exception_handler


def handle(error, context):
    return exception_handler(error, context)
