"""Files are read in a process of their own, which has limits and can be stopped."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from edu.multimodal.base import Limits, child, landlock
from edu.multimodal.data import TooLarge, Unreadable, UnsupportedType
from edu.multimodal.logic import sandbox
from tests.multimodal import samples


@pytest.fixture
def place(tmp_path):
    file = tmp_path / "original"
    file.write_bytes(samples.pdf())
    return file


def test_it_returns_what_the_format_read_and_tells_of_progress(place, tmp_path):
    told = []
    document = sandbox.read(
        path=place, kind="pdf", work=tmp_path, tell=lambda share, stage: told.append((share, stage))
    )
    assert [block.text for block in document.blocks if block.kind == "heading"] == [
        "Osmosis",
        "Turgor",
    ]
    assert told[-1][1] == "Reading page 2 of 2" and 0 <= told[-1][0] <= 1
    assert sorted(each.name for each in tmp_path.iterdir()) == ["original"], (
        "nothing is left behind"
    )


def test_pictures_and_sounds_lie_in_the_work_folder(tmp_path):
    file = tmp_path / "original"
    file.write_bytes(samples.tone(1.0))
    (sound,) = sandbox.read(path=file, kind="audio", work=tmp_path).sounds
    assert (tmp_path / sound.path).stat().st_size > 16_000


def test_errors_of_the_format_come_through_with_their_words(tmp_path, place, settings):
    settings.EDU_MAX_PAGES = 1
    with pytest.raises(TooLarge, match="2 pages; the limit is 1"):
        sandbox.read(path=place, kind="pdf", work=tmp_path)
    place.write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(Unreadable, match="damaged"):
        sandbox.read(path=place, kind="pdf", work=tmp_path)
    with pytest.raises(UnsupportedType):
        sandbox.read(path=place, kind="nothing", work=tmp_path)


def test_it_draws_a_page(tmp_path, place):
    drawn = sandbox.picture(path=place, kind="pdf", page=1, work=tmp_path, width=300)
    assert drawn.parent == tmp_path and drawn.read_bytes().startswith(b"\x89PNG")
    with pytest.raises(Unreadable, match="no such page"):
        sandbox.picture(path=place, kind="pdf", page=9, work=tmp_path)


def test_too_much_memory_ends_with_a_plain_sentence(tmp_path):
    file = tmp_path / "original"
    file.write_bytes(samples.packed_bomb(megabytes=40))
    with pytest.raises(Unreadable, match=r"memory|damaged"):
        sandbox.read(path=file, kind="docx", work=tmp_path, within=Limits(memory=150_000_000))


def test_too_much_processor_time_and_silence_end_with_a_plain_sentence(tmp_path):
    file = tmp_path / "original"
    file.write_text("a *b* `c` [d](e) " * 150_000)
    for within in (Limits(silent_seconds=0.01), Limits(cpu_seconds=1)):
        with pytest.raises(Unreadable, match="longer than one file may"):
            sandbox.read(path=file, kind="markdown", work=tmp_path, within=within)


def test_it_is_stopped_within_a_second_and_leaves_no_process(tmp_path):
    file = tmp_path / "original"
    file.write_bytes(samples.two_columns(40)[0] + b"\n" * 100)
    stop = threading.Event()
    ended: list[float] = []

    def run():
        with pytest.raises(sandbox.Stopped):
            sandbox.read(
                path=file,
                kind="pdf",
                work=tmp_path,
                tell=lambda share, stage: stop.set(),
                cancelled=stop.is_set,
            )
        ended.append(time.monotonic())

    thread = threading.Thread(target=run)
    thread.start()
    assert stop.wait(60)
    asked = time.monotonic()
    thread.join()
    assert ended[0] - asked < 1.0
    assert not _children_of(os.getpid(), child.__name__)


def _children_of(parent: int, name: str) -> list[str]:
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            status, command = (each / "status").read_text(), (each / "cmdline").read_text()
        except OSError:
            continue
        if f"PPid:\t{parent}\n" in status and name in command:
            found.append(command)
    return found


def test_a_result_that_points_outside_the_work_folder_is_not_believed(tmp_path):
    (tmp_path / "result.json").write_text(
        '{"document": {"pictures": [{"path": "../../etc/passwd", "locator": {}}]}}'
    )
    found = sandbox._answer(tmp_path / "result.json")
    assert found["document"]["pictures"]
    with pytest.raises(Unreadable):
        sandbox.checked(found["document"], tmp_path)


def test_the_child_has_no_secrets_and_writes_in_its_folder_only(tmp_path, monkeypatch):
    monkeypatch.setenv("EDU_SECRET_KEY", "do not pass me on")
    assert not any("do not pass" in value for value in sandbox._environment(tmp_path).values())
    inside = tmp_path / "work"
    inside.mkdir()
    code = f"""
from pathlib import Path
from edu.multimodal.base import Limits, child
child.confine(Limits(), Path({str(inside)!r}))
Path({str(inside / "good")!r}).write_text("x")
try:
    Path({str(tmp_path / "bad")!r}).write_text("x")
except OSError:
    print("held")
import socket
try:
    socket.create_connection(("127.0.0.1", 9), 1)
except OSError as error:
    print(error.errno)
"""
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd()
    ).stdout
    assert (inside / "good").exists()
    # Landlock needs a kernel that has it; the rest of the walls stand without it.
    assert "held" in said or not _has_landlock()


def _has_landlock() -> bool:
    probe = "import sys; from pathlib import Path; from edu.multimodal.base import landlock;"
    probe += "sys.exit(not landlock.write_only_in(Path('/tmp')))"
    return not subprocess.run([sys.executable, "-c", probe], check=False).returncode


def test_formats_are_listed_without_loading_their_libraries():
    code = (
        "import sys; from edu.multimodal.base import formats; import edu.multimodal.base.detect;"
        "formats(); print([m for m in ('pypdfium2','docx','pptx','av','PIL','lxml','selectolax',"
        "'markdown_it','django') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
    assert landlock.__doc__
