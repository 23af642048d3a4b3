"""Search latency at 100 000 passages of one course, with made-up words and vectors."""

import os
import random
import time
from urllib.parse import urlsplit

from benchmarks.people import person, running
from benchmarks.table import machine, percentile, show

PASSAGES = int(os.environ.get("EDU_BENCH_PASSAGES", "100000"))
QUERIES = 200


def main() -> None:
    """Fill a course, then ask it through the api of the multimodal service."""
    with running() as stack:
        edu, _, _ = person(stack)
        course = edu.call("POST", "/api/v1/courses", {"title": "Large"})["id"]
        os.environ |= stack.environment()
        os.environ["DJANGO_SETTINGS_MODULE"] = "edu.settings"
        import django

        django.setup()
        from benchmarks.filling import VOCABULARY, fill
        from edu.inference import api as inference
        from edu.multimodal import api as multimodal

        begun = time.monotonic()
        fill(course, PASSAGES)
        filled = time.monotonic() - begun
        chance = random.Random(3)
        embed, whole = [], []
        for _ in range(QUERIES):
            query = "what about " + " ".join(chance.choices(VOCABULARY, k=4))
            begun = time.perf_counter()
            inference.embed(texts=[query], purpose="query")
            embed.append((time.perf_counter() - begun) * 1000)
            begun = time.perf_counter()
            multimodal.search(course=course, query=query, limit=8)
            whole.append((time.perf_counter() - begun) * 1000)
        rows = [
            (name, f"{percentile(taken, 0.5):.1f}", f"{percentile(taken, 0.95):.1f}")
            for name, taken in (("embedding of the query", embed), ("search, all of it", whole))
        ]
        show(
            f"Search in {PASSAGES} passages, ms ({machine()}; filled in {filled:.0f} s, "
            f"{urlsplit(stack.address).hostname})",
            ("part", "p50", "p95"),
            rows,
        )


if __name__ == "__main__":
    main()
