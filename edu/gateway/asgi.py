"""HTTP, WebSockets and Socket.IO, one application."""

import os

import django
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "edu.settings")

import edu.celery  # noqa: F401  (binds the shared tasks to our broker)

django.setup(set_prefix=False)

from edu.gateway.bodies import BodyLimit  # noqa: E402
from edu.gateway.handler import OneThread  # noqa: E402
from edu.gateway.polling import SocketIO  # noqa: E402
from edu.gateway.sockets import Known, SameOrigin  # noqa: E402
from edu.gateway.urls import brought  # noqa: E402

_routes = brought("websocket")
_websockets = SameOrigin(Known(_routes, AuthMiddlewareStack(URLRouter(_routes))))
_rest = ProtocolTypeRouter({"http": BodyLimit(OneThread()), "websocket": _websockets})

application = SocketIO(_websockets, _rest)
