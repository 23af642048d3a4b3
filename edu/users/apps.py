"""App configuration."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class AdministrationConfig(admin_apps.AdminConfig):
    """Django's administration, entered by our rule."""

    default = False
    default_site = "edu.users.web.site.Administration"


class UsersConfig(AppConfig):
    """See docs in edu/users/__init__.py's neighbours: api.py and data.py are the doors."""

    default = True
    name = "edu.users"

    def ready(self) -> None:
        """Listen to Django telling of sign-ins; take the library's own lists out of the admin, where
        staff could confirm addresses and remove second steps that are not theirs."""
        from allauth.account.models import EmailAddress
        from allauth.mfa.models import Authenticator
        from allauth.socialaccount.models import SocialAccount, SocialToken
        from allauth.usersessions.models import UserSession
        from django.contrib import admin

        from edu.users.logic import borrowed
        from edu.users.web import signals  # noqa: F401

        borrowed.listen()

        for each in (EmailAddress, Authenticator, SocialAccount, SocialToken, UserSession):
            admin.site.unregister(each)
