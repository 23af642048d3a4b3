"""A server of another maker, whose answers a test writes down."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Stranger:
    """A server whose answers a test writes down: `answers[path]` is (status, body) or a function of
    the request's JSON that returns it; `asked` keeps every (path, body)."""

    def __init__(self) -> None:
        self.answers: dict[str, object] = {}
        self.asked: list[tuple[str, bytes]] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.reply(b"")

            def do_POST(self) -> None:
                self.reply(self.rfile.read(int(self.headers["Content-Length"])))

            def reply(self, sent: bytes) -> None:
                owner.asked.append((self.path, sent))
                answer = owner.answers.get(self.path, (404, {"error": {"message": "no such path"}}))
                if callable(answer):
                    answer = answer(json.loads(sent))
                status, body, *headers = answer
                data = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                for name, value in dict(*headers).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http.server_port}/v1"

    def body(self, at: int = -1) -> dict:
        return json.loads(self.asked[at][1])

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()


def said(text: object, **more: object) -> dict:
    message = {"role": "assistant", "content": text}
    return {"model": "big-1", "choices": [{"message": message, "finish_reason": "stop", **more}]}
