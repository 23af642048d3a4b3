"""Workers are killed in the middle of their work; the work ends once, as if nothing had happened."""

import os
import signal
import time
import urllib.error

import pytest

from deploy.ask import TEXT, Edu
from tests.journeys.stack import Stack


@pytest.fixture
def edu(stack) -> Edu:
    """Somebody new, over the API."""
    import secrets

    someone = Edu(stack.address)
    person = {"email": f"k-{secrets.token_hex(6)}@example.org", "password": secrets.token_hex(12)}
    someone.call("POST", "/api/v1/auth/register", {**person, "display_name": "Kim"})
    someone.access = someone.call("POST", "/api/v1/auth/token", person)["access"]
    return someone


def bring(edu: Edu, course: str, name: str, text: str) -> str:
    form = (
        f'--m\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        f"Content-Type: text/markdown\r\n\r\n{text}\r\n--m--\r\n"
    ).encode()
    made = edu.call(
        "POST", f"/api/v1/courses/{course}/materials", form, "multipart/form-data; boundary=m"
    )
    return made["id"]


def kill(stack: Stack, part: str) -> None:
    for pid in stack.children(part):
        os.kill(pid, signal.SIGKILL)


def long_text(parts: int) -> str:
    return "\n\n".join(
        f"# Coast {n}\n\n" + TEXT.replace("Moon", f"Moon of coast {n}") for n in range(parts)
    )


@pytest.mark.parametrize("pause", [pytest.param(0.05, marks=pytest.mark.drill), 0.6])
def test_a_material_survives_its_worker(stack, edu, pause):
    course = edu.call("POST", "/api/v1/courses", {"title": "Coasts"})["id"]
    material = bring(edu, course, "coasts.md", long_text(60))
    time.sleep(pause)
    kill(stack, "bulk")
    done = edu.until(f"/api/v1/materials/{material}", 180)
    assert done["status"] == "ready"
    page = edu.call("GET", f"/api/v1/materials/{material}/passages")
    ordinals = [each["ordinal"] for each in page["results"]]
    assert len(set(ordinals)) == len(ordinals)
    assert done["passages"] >= 60


@pytest.mark.parametrize("pause", [pytest.param(0.05, marks=pytest.mark.drill), 0.8])
def test_a_turn_survives_its_worker(stack, edu, pause):
    course = edu.call("POST", "/api/v1/courses", {"title": "Tides"})["id"]
    edu.until(f"/api/v1/materials/{bring(edu, course, 'tides.md', TEXT)}", 120)
    session = edu.call("POST", f"/api/v1/courses/{course}/sessions", {"mode": "tutor"})["id"]
    turn = edu.call(
        "POST", f"/api/v1/sessions/{session}/turns", {"text": "When does a spring tide come?"}
    )
    time.sleep(pause)
    kill(stack, "worker")
    done = edu.until(f"/api/v1/turns/{turn['id']}", 180)
    assert done["status"] == "ready"
    assert "full moon" in done["answer"]
    assert done["citations"]


def test_the_models_may_die_in_the_middle_of_a_turn(stack, edu):
    course = edu.call("POST", "/api/v1/courses", {"title": "Tides"})["id"]
    edu.until(f"/api/v1/materials/{bring(edu, course, 'tides.md', TEXT)}", 120)
    session = edu.call("POST", f"/api/v1/courses/{course}/sessions", {"mode": "tutor"})["id"]
    turn = edu.call(
        "POST", f"/api/v1/sessions/{session}/turns", {"text": "When does a spring tide come?"}
    )
    kill(stack, "inference")
    done = edu.until(f"/api/v1/turns/{turn['id']}", 180)
    assert done["status"] == "ready"
    assert done["citations"]


@pytest.mark.drill
@pytest.mark.parametrize("part", ["web", "beat", "valkey", "postgres"])
def test_a_part_that_is_killed_comes_back(stack, edu, part):
    before = set(stack.children(part))
    kill(stack, part)
    end, seen = time.monotonic() + 120, ""
    while time.monotonic() < end:
        # What the dead one has started may answer for a moment more: wait for its follower.
        new = set(stack.children(part))
        try:
            edu.call("GET", "/api/v1/me")
            if new and not new & before and edu.call("GET", "/readyz")["ready"]:
                return
            seen = f"{new} after {before}"
        except urllib.error.HTTPError as error:
            seen = f"{error}: {error.read().decode()[:2000]}"
        except OSError as error:
            seen = str(error)
        time.sleep(0.3)
    raise AssertionError(f"{part} did not come back within 120 s: {seen}")
