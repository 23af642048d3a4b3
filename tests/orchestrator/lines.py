"""A WebSocket without a network: what channels' own testing needs daphne for."""

import json

from asgiref.testing import ApplicationCommunicator


class Line(ApplicationCommunicator):
    """One connection to an ASGI application."""

    def __init__(self, application, path, headers=()):
        scope = {
            "type": "websocket",
            "path": path,
            "query_string": b"",
            "headers": list(headers),
            "subprotocols": [],
        }
        super().__init__(application, scope)

    async def connect(self):
        """Shake hands; return whether the line is open."""
        await self.send_input({"type": "websocket.connect"})
        return (await self.receive_output(20))["type"] == "websocket.accept"

    async def send_json_to(self, message):
        await self.send_text(json.dumps(message))

    async def send_text(self, text):
        await self.send_input({"type": "websocket.receive", "text": text})

    async def send_bytes(self, data):
        await self.send_input({"type": "websocket.receive", "bytes": data})

    async def receive_json_from(self, seconds=20):
        return json.loads((await self.receive_output(seconds))["text"])

    async def disconnect(self):
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(20)
