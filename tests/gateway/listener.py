"""A program of an integrator's: an HTTP server on this machine that keeps what it is told."""

import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Listener:
    """`url` is where it listens; `heard` has (path, headers, body) of each request. `answer` is the
    status it gives, `extra` its headers, `slowly` seconds between the bytes of its answer."""

    def __init__(self):
        self.heard, self.answer, self.extra, self.body, self.slowly = [], 204, {}, b"", 0.0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                sent = self.rfile.read(int(self.headers["Content-Length"]))
                outer.heard.append((self.path, dict(self.headers), sent))
                if outer.slowly:
                    outer.drip(self.wfile)
                    return
                self.send_response(outer.answer)
                for name, value in outer.extra.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(outer.body)))
                self.end_headers()
                self.wfile.write(outer.body)

            def log_message(self, *_):
                """Silence."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/told?by=edu"

    def drip(self, out):
        """Say the first line of an answer, a letter at a time."""
        try:
            for letter in b"HTTP/1.1 200 OK\r\n" * 50:
                out.write(bytes([letter]))
                out.flush()
                time.sleep(self.slowly)
        except OSError:
            return


@contextmanager
def listening():
    """Yield a Listener that listens."""
    made = Listener()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.server.shutdown()
        made.server.server_close()
        thread.join()
