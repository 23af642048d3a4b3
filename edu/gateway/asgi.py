"""HTTP, WebSockets and Socket.IO, one application."""

import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "edu.settings")

import edu.celery  # noqa: F401  (binds the shared tasks to our broker)

_http = get_asgi_application()

from edu.gateway.bodies import BodyLimit  # noqa: E402
from edu.gateway.polling import SocketIO  # noqa: E402
from edu.gateway.sockets import SameOrigin  # noqa: E402
from edu.gateway.urls import brought  # noqa: E402

_websockets = SameOrigin(AuthMiddlewareStack(URLRouter(brought("websocket"))))

_rest = ProtocolTypeRouter({"http": BodyLimit(_http), "websocket": _websockets})

application = SocketIO(_websockets, _rest)
