"""From upload to ready: a 100-page PDF and a 10-minute recording."""

import subprocess
import tempfile
import time
import wave
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from benchmarks.people import person, running, upload
from benchmarks.table import machine, show

SUBJECTS = ("rivers", "glaciers", "volcanoes", "deserts", "reefs", "forests", "plains", "coasts")
SENTENCES = (
    "The {0} of region {1} were first described {2} years before the {3} were mapped.",
    "A change in the {0} is followed by a change in the {3} within about {2} months.",
    "Observers at station {1} counted {2} events near the {0} during one season.",
    "Where {0} meet {3}, the ground rises by {2} centimetres in a century.",
)


def prose(number: int, count: int) -> list[str]:
    """Return `count` different sentences for page `number`."""
    return [
        SENTENCES[(number + i) % len(SENTENCES)].format(
            SUBJECTS[(number * 3 + i) % 8],
            number,
            7 + (number * 31 + i * 17) % 900,
            SUBJECTS[i % 8],
        )
        for i in range(count)
    ]


def pdf(place: Path, pages: int) -> None:
    """Write a PDF of `pages` pages, each a heading and 24 sentences."""
    canvas = Canvas(str(place), pagesize=A4)
    for number in range(1, pages + 1):
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(72, 780, f"{number} The {SUBJECTS[number % 8]} of region {number}")
        canvas.setFont("Helvetica", 10.5)
        for line, sentence in enumerate(prose(number, 24)):
            canvas.drawString(72, 750 - line * 16 - 12 * (line // 6), sentence)
        canvas.showPage()
    canvas.save()


def recording(place: Path, seconds: float) -> float:
    """Write spoken prose of at least `seconds`; return its length in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        spoken, length, number = [], 0.0, 0
        while length < seconds:
            number += 1
            part = Path(folder) / f"{number}.wav"
            words = " ".join(prose(number, 8))
            subprocess.run(["flite", "-voice", "slt", "-t", words, "-o", str(part)], check=True)
            with wave.open(str(part)) as sound:
                spoken.append(sound.readframes(sound.getnframes()))
                shape = sound.getparams()
                length += sound.getnframes() / sound.getframerate()
        with wave.open(str(place), "wb") as out:
            out.setparams(shape)
            out.writeframes(b"".join(spoken))
    return length


def main() -> None:
    """Bring both, one after the other."""
    with tempfile.TemporaryDirectory() as folder, running() as stack:
        edu, _, _ = person(stack)
        course = edu.call("POST", "/api/v1/courses", {"title": "Reading"})["id"]
        book, talk = Path(folder) / "book.pdf", Path(folder) / "talk.wav"
        pdf(book, 100)
        seconds = recording(talk, 600)
        rows = []
        for place, kind, size, unit in (
            (book, "application/pdf", 100.0, "pages/s"),
            (talk, "audio/wav", seconds, "s of sound per s"),
        ):
            begun = time.monotonic()
            made = edu.until(f"/api/v1/materials/{upload(edu, course, place, kind)}", 3600)
            took = time.monotonic() - begun
            rows.append(
                (
                    place.name,
                    made["status"],
                    made["passages"],
                    f"{took:.1f}",
                    f"{size / took:.2f} {unit}",
                )
            )
        show(
            f"Upload to ready ({machine()})",
            ("file", "status", "passages", "seconds", "speed"),
            rows,
        )


if __name__ == "__main__":
    main()
