"""The whole front door as it runs: uvicorn with the site's ASGI application, in a thread of the test."""

import socket
import threading
import time
from contextlib import contextmanager

import uvicorn


@contextmanager
def served(application=None):
    """Yield the address (http://127.0.0.1:port) at which the application answers."""
    if application is None:
        from edu.gateway.asgi import application
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            application,
            http="edu.gateway.lines:BoundedHead",
            log_level="warning",
            lifespan="off",
            timeout_graceful_shutdown=2,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([place],), daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{place.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(20)
