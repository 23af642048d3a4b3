"""Limits."""

from rest_framework.throttling import BaseThrottle


class PerUser(BaseThrottle):
    """By person."""

    def allow_request(self, request, view):
        return True


class PerAddress(PerUser):
    """By address."""
