"""The administration: who comes in at all. What they find there each list asks for itself."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest

from edu.users import api


class Administration(AdminSite):
    """Django's, open to staff, and to those whose roles open something in it."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether whoever asks may enter."""
        user = request.user
        if not user.is_active or user.is_anonymous:
            return False
        if user.is_staff or api.may(user=str(user.pk), permission="administer"):
            return True
        return bool(api.admin_rights(user=str(user.pk)))
