"""The five ways in which a request can be wrong. Apps subclass these in their own data.py.

`detail` is one plain sentence for the person who asked: what was wrong and what to do. It is an
untranslated message id; web rooms and templates translate it. Only the gateway maps to HTTP.
"""


class EduError(Exception):
    """Base of all errors that are part of an api: `detail` (str) and `params` to fill it with."""

    detail = "Something went wrong. Try again."

    def __init__(self, detail: str = "", **params: object) -> None:
        self.template = detail or type(self).detail
        self.params = params
        self.detail = self.template % params if params else self.template
        super().__init__(self.detail)


class NotFound(EduError):
    """There is no such thing, or it is not the asker's: the two are never told apart."""

    detail = "There is nothing here, or it is not yours to see."


class Denied(EduError):
    """The asker may know of the thing, but may not do this with it."""

    detail = "You may not do this here."


class Conflict(EduError):
    """The thing is in a state in which this cannot be done."""

    detail = "This does not fit what is already there. Reload and try again."


class Invalid(EduError):
    """What was sent is wrong; `fields` names each bad field and says why."""

    detail = "Some of what you sent is not right."

    def __init__(self, detail: str = "", fields: dict[str, str] | None = None, **params: object):
        super().__init__(detail, **params)
        self.fields = fields or {}


class Unavailable(EduError):
    """A part that is needed is not ready; `retry_after` seconds from now is worth a try."""

    detail = "This part is not ready. Try again in a moment."

    def __init__(self, detail: str = "", retry_after: int = 10, **params: object) -> None:
        super().__init__(detail, **params)
        self.retry_after = retry_after
