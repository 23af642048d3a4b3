"""A running stack, and somebody who uses it over the REST API."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.ask import Edu
from tests.journeys.stack import Stack, fresh


@contextmanager
def running(**settings: str) -> Iterator[Stack]:
    """A fresh stack with the real default models, stopped and removed at the end."""
    stack = fresh(**settings)
    try:
        yield stack.start(600)
    finally:
        stack.stop()
        shutil.rmtree(stack.data.parent, ignore_errors=True)


def person(stack: Stack) -> tuple[Edu, str, str]:
    """Register somebody; return their client, e-mail and password."""
    edu = Edu(stack.address)
    email, password = f"b-{secrets.token_hex(6)}@example.org", secrets.token_hex(12)
    edu.call(
        "POST",
        "/api/v1/auth/register",
        {"email": email, "password": password, "display_name": "Bench"},
    )
    edu.access = edu.call("POST", "/api/v1/auth/token", {"email": email, "password": password})[
        "access"
    ]
    return edu, email, password


def upload(edu: Edu, course: str, place: Path, media_type: str) -> str:
    """Bring a file; return the material's id."""
    mark = secrets.token_hex(8)
    head = (
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{place.name}"\r\n'
        f"Content-Type: {media_type}\r\n\r\n"
    )
    body = head.encode() + place.read_bytes() + f"\r\n--{mark}--\r\n".encode()
    made = edu.call(
        "POST",
        f"/api/v1/courses/{course}/materials",
        body,
        f"multipart/form-data; boundary={mark}",
    )
    return str(made["id"])
