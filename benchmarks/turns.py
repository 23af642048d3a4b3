"""A turn with the tutor: time to the first step, to the first word, to the end; the model's share."""

import json
import time
from statistics import median

from websockets.sync.client import connect

from benchmarks.people import person, running, upload
from benchmarks.table import machine, show
from deploy.ask import TEXT, Edu
from tests.journeys.stack import Stack

QUESTIONS = (
    "When does a spring tide come?",
    "What causes the tide?",
    "How long is a lunar day?",
    "How many high tides do most coasts have?",
    "Who won the football championship?",
)


def one(stack: Stack, edu: Edu, session: str, text: str) -> tuple[float, float, float, str]:
    """Ask one question over the WebSocket; return seconds to the first step, word and end."""
    address = stack.address.replace("http", "ws", 1) + f"/ws/sessions/{session}/"
    first = word = 0.0
    with connect(address) as socket:
        socket.send(json.dumps({"type": "auth", "access": edu.access}))
        begun = time.perf_counter()
        socket.send(json.dumps({"type": "turn", "text": text}))
        while True:
            message = json.loads(socket.recv(timeout=300))
            now = time.perf_counter() - begun
            if message["type"] == "step":
                first = first or now
            if message["type"] == "token":
                word = word or now
            if message["type"] in ("turn.finished", "turn.failed"):
                return first, word, now, message["type"]


def main() -> None:
    """Ask five questions with the default chat model, and five without any."""
    rows = []
    for name, settings in (("default chat model", {}), ("no chat model", {"EDU_CHAT": "none"})):
        with running(**settings) as stack:
            edu, _, _ = person(stack)
            course = edu.call("POST", "/api/v1/courses", {"title": "Tides"})["id"]
            place = stack.data / "tides.md"
            place.write_text(TEXT)
            edu.until(f"/api/v1/materials/{upload(edu, course, place, 'text/markdown')}", 600)
            session = edu.call("POST", f"/api/v1/courses/{course}/sessions", {"mode": "tutor"})[
                "id"
            ]
            one(stack, edu, session, QUESTIONS[0])  # loads the models
            taken = [one(stack, edu, session, text) for text in QUESTIONS]
            rows.append(
                (name, *(f"{median(column):.2f}" for column in list(zip(*taken, strict=True))[:3]))
            )
    show(
        f"A turn, median seconds of {len(QUESTIONS)} questions ({machine()})",
        ("with", "first step", "first word", "end"),
        rows,
    )
    print("What the first row has more than the second is the chat model's time.")


if __name__ == "__main__":
    main()
