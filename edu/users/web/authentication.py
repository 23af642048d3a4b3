"""Bearer tokens for integrators, the site's session for its own pages."""

from rest_framework.authentication import BaseAuthentication, SessionAuthentication


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer <access>`."""

    def authenticate(self, request):
        return None


class SiteSessionAuthentication(SessionAuthentication):
    """The site's cookie, with CSRF."""
