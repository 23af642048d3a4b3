"""Asks a running edu one question over its API: `python deploy/ask.py http://127.0.0.1:8000`.

Signs up, makes a course, brings a short text, asks about it, and fails unless the answer is cited and
the quote stands in the material. Standard library only, so that it runs against any deployment.
"""

import json
import secrets
import sys
import time
import urllib.error
import urllib.request
from typing import Any

TEXT = """# Tides

The tide is the rise and fall of the sea caused mainly by the pull of the Moon. Most coasts have two high
tides each lunar day, which lasts about 24 hours and 50 minutes.

# Spring tides

A spring tide comes when the Sun, the Moon and the Earth stand in one line, at new moon and at full moon.
Then the pulls of Sun and Moon add up, and the difference between high and low water is largest.
"""


class Edu:
    """A client of the REST API at `address`."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.access = ""

    def call(self, method: str, path: str, body: Any = None, kind: str = "application/json") -> Any:
        """Return the decoded JSON answer; raise urllib.error.HTTPError for a refusal."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode() if body else None
        request = urllib.request.Request(f"{self.address}{path}", data, method=method)  # noqa: S310
        request.add_header("Content-Type", kind)
        if self.access:
            request.add_header("Authorization", f"Bearer {self.access}")
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return json.load(answer)

    def until(self, path: str, seconds: float) -> Any:
        """Poll a resource until its status is final; return it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            thing = self.call("GET", path)
            if thing["status"] in ("ready", "failed", "cancelled"):
                return thing
            time.sleep(0.3)
        raise TimeoutError(f"{path} was not done after {seconds:.0f} s")


def main(address: str) -> int:
    """Run the whole conversation; return 0 when the answer is cited."""
    begun = time.monotonic()
    while True:
        try:
            urllib.request.urlopen(f"{address}/readyz", timeout=5).close()  # noqa: S310
            break
        except OSError as error:
            if time.monotonic() - begun > 300:
                print(f"not ready after 300 s: {error}")  # noqa: T201
                return 1
            time.sleep(0.5)
    print(f"ready after {time.monotonic() - begun:.1f} s")  # noqa: T201
    edu = Edu(address)
    person = {"email": f"ask-{secrets.token_hex(6)}@example.org", "password": secrets.token_hex(12)}
    edu.call("POST", "/api/v1/auth/register", {**person, "display_name": "Asker"})
    edu.access = edu.call("POST", "/api/v1/auth/token", person)["access"]
    course = edu.call("POST", "/api/v1/courses", {"title": "Tides"})
    mark = secrets.token_hex(8)
    form = (
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="tides.md"\r\n'
        f"Content-Type: text/markdown\r\n\r\n{TEXT}\r\n--{mark}--\r\n"
    ).encode()
    material = edu.call(
        "POST",
        f"/api/v1/courses/{course['id']}/materials",
        form,
        f"multipart/form-data; boundary={mark}",
    )
    material = edu.until(f"/api/v1/materials/{material['id']}", 180)
    print(f"material: {material['status']}, {material['passages']} passages")  # noqa: T201
    session = edu.call("POST", f"/api/v1/courses/{course['id']}/sessions", {"mode": "tutor"})
    turn = edu.call(
        "POST", f"/api/v1/sessions/{session['id']}/turns", {"text": "When does a spring tide come?"}
    )
    turn = edu.until(f"/api/v1/turns/{turn['id']}", 240)
    print(f"answer: {turn['answer']}")  # noqa: T201
    for citation in turn["citations"]:
        print(f"[{citation['marker']}] {citation['title']}: {citation['quote']}")  # noqa: T201
    quoted = all(
        " ".join(each["quote"].split()) in " ".join(TEXT.split()) for each in turn["citations"]
    )
    return 0 if turn["citations"] and quoted else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000"))
