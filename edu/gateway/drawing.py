"""How one call is drawn in the schema where drf-spectacular would leave something out."""

from typing import Any

from drf_spectacular.openapi import AutoSchema


class Drawn(AutoSchema):
    """Draws the body of a DELETE too, where its view describes one."""

    _body_of_delete = False

    def get_request_serializer(self) -> Any:
        """What the view describes; nothing is guessed for a DELETE, which most often has no body."""
        return None if self._body_of_delete else super().get_request_serializer()

    def _get_request_body(self, direction: str = "request") -> Any:
        if self.method != "DELETE":
            return super()._get_request_body(direction)
        self.method, self._body_of_delete = "PUT", True
        try:
            return super()._get_request_body(direction) if self.get_request_serializer() else None
        finally:
            self.method, self._body_of_delete = "DELETE", False
