"""Settings come from the environment, from files, and are refused in words that help."""

import os
import runpy
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric import x25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from edu.common import environment as env
from tests.places import ROOT

OTHER_KEY = (
    x25519.X25519PrivateKey.generate()
    .private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    .decode()
)
WRONG = {
    "EDU_MODELS_INSIDE": ["https://models.example.org", "10.0.0.0/99"],
    "EDU_OUTSIDE_MEDIA": ["some"],
    "EDU_PORT": ["abc", "0", "70000"],
    "EDU_BIND": ["nonsense", "256.0.0.1"],
    "EDU_PUBLIC_URL": ["edu.example.org", "ftp://edu.example.org", "https://"],
    "DATABASE_URL": ["mysql://a/b", "postgresql://host", "postgresql://host:port/name"],
    "EDU_DATABASE_POOL": ["0"],
    "REDIS_URL": ["redis.example.org", "http://a", "redis://a:b"],
    "CELERY_BROKER_URL": ["mq", "kafka://a"],
    "MEMCACHED_URL": ["cache:11211", "memcached://", "memcached://a:b", "memcached://me@a"],
    "EDU_S3_URL": ["https://s3.example.org/bucket", "s3://"],
    "EDU_S3_ENCRYPTION": ["AES128", "aws:kms"],  # the second says nothing without a bucket
    "EDU_S3_BROWSER": [
        "files.example.org",
        "https://files.example.org/x",
        "https://files.example.org",
    ],
    "EDU_INFERENCE_URL": ["localhost:8001"],
    "EDU_MODEL_URL": ["models.example.org", "file:///etc/passwd"],
    "EDU_SEE_URL": ["x"],
    "EDU_RERANK_URL": ["x"],
    "EDU_MODELS_HUB": ["hub"],
    "EDU_HEAR_BACKEND": ["ear"],
    "EDU_CHAT": ["gpt", "whisper-base", "multilingual-e5-small"],
    "EDU_EMBED": ["none", "whisper-base"],
    "EDU_MODELS_MANIFEST": ["/nowhere/models.toml", __file__],
    "EDU_JWT_KEY": [
        "secret",
        "-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----",
        OTHER_KEY,
    ],
    "EDU_BODY_GRACE": ["0"],
    "EDU_BODY_RATE": ["0", "fast"],
    "EDU_INFERENCE_IDLE": ["1"],
    "EDU_INFERENCE_THREADS": ["-1"],
    "EDU_WEB_WORKERS": ["0", "many"],
    "EDU_SOON_JOBS": ["x"],
    "EDU_BULK_JOBS": ["x"],
    "EDU_ACCESS_MINUTES": ["0"],
    "EDU_REFRESH_DAYS": ["1.5"],
    "EDU_REQUIRE_VERIFIED_EMAIL": ["perhaps"],
    "EDU_REGISTRATION": ["everybody", "domains:"],
    "EMAIL_URL": ["http://a", "smtp://", "smtp://a:b"],
    "EDU_CORS_ORIGINS": ["app.example.org", "https://app.example.org/path"],
    "EDU_WEBHOOK_NETWORKS": ["10.0.0.0/99"],
    "EDU_COURSE_BUDGETS": ["lots", "models=x", "models=1/x", "speech=1", "models=-1"],
    "EDU_MAX_UPLOAD_MB": ["0"],
    "EDU_MAX_PAGES": ["x"],
    "EDU_MAX_AUDIO_MINUTES": ["x"],
    "EDU_LANGUAGE": ["xx"],
    "EDU_LOG_LEVEL": ["LOUD"],
    "STATIC_URL": [
        "static/",
        "https://cdn.example.org",
        "//cdn.example.org/",
        "https://a b/",
        "/s",
    ],
}


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, values in WRONG.items() for v in values])
def test_each_wrong_setting_is_named_in_a_sentence(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(env.BadSetting) as refused:
        runpy.run_path(str(ROOT / "edu" / "settings.py"))
    said = str(refused.value)
    assert said.startswith(name)
    assert f"Use {name}=" in said or "Use one of: " in said or "Use a whole number" in said
    assert "\n" not in said


def test_a_wrong_setting_ends_the_start_with_its_sentence_alone(tmp_path):
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "up"],
        env=os.environ | {"EDU_DATA": str(tmp_path), "REDIS_URL": "http://:s3cret@redis.example"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("REDIS_URL is no address that works here. Use REDIS_URL=redis://")
    assert "s3cret" not in done.stderr


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path):
    (tmp_path / "in-the-way").write_text("")
    with pytest.raises(env.BadSetting, match="Set EDU_DATA"):
        env.secret(tmp_path / "in-the-way" / "secrets", "key")


def test_a_value_may_stand_in_a_file_of_its_own(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("s3cret\n")
    monkeypatch.setenv("THING_FILE", str(tmp_path / "secret"))
    assert env.text("THING") == "s3cret"


def test_a_file_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setenv("THING_FILE", "/nowhere/secret")
    with pytest.raises(env.BadSetting, match="/nowhere/secret"):
        env.text("THING")


@pytest.mark.parametrize(("value", "truth"), [("1", True), ("Yes", True), ("off", False)])
def test_it_reads_a_yes_and_a_no(monkeypatch, value, truth):
    monkeypatch.setenv("THING", value)
    assert env.flag("THING") is truth


def test_a_yes_or_no_that_is_neither_is_refused_with_the_words_to_use(monkeypatch):
    monkeypatch.setenv("THING", "maybe")
    with pytest.raises(env.BadSetting, match="THING=1 or THING=0"):
        env.flag("THING")


@pytest.mark.parametrize("value", ["x", "-1", "70000", "1.5"])
def test_a_number_out_of_range_is_refused(monkeypatch, value):
    monkeypatch.setenv("THING", value)
    with pytest.raises(env.BadSetting, match="0 to 65535"):
        env.number("THING", 1, 0, 65535)


def test_hosts_and_networks_are_taken_and_addresses_of_pages_are_not(monkeypatch):
    monkeypatch.setenv("EDU_X", "gpu.example.org, 10.2.0.0/16,::1,localhost")
    assert env.hosts("EDU_X") == ["gpu.example.org", "10.2.0.0/16", "::1", "localhost"]
    for wrong in ("https://gpu.example.org", "gpu example", "10.0.0.0/99", "10.1"):
        monkeypatch.setenv("EDU_X", wrong)
        with pytest.raises(SystemExit, match="is no host"):
            env.hosts("EDU_X")


def test_one_of_a_few_words_is_taken_and_no_other(monkeypatch):
    monkeypatch.setenv("EDU_X", "none")
    assert env.one_of("EDU_X", "all", "none") == "none"
    assert env.one_of("EDU_Y", "all", "none") == "all"
    monkeypatch.setenv("EDU_X", "some")
    with pytest.raises(SystemExit, match="Use one of: all, none"):
        env.one_of("EDU_X", "all", "none")


def test_a_database_url_is_taken_apart():
    found = env.database("postgresql://me:p%40ss@db.example:6543/edu?sslmode=require")
    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("me", "p@ss", "db.example")
    assert (found["PORT"], found["NAME"], found["OPTIONS"]) == (
        "6543",
        "edu",
        {"sslmode": "require"},
    )


def test_another_kind_of_database_is_refused():
    with pytest.raises(env.BadSetting, match="postgresql://"):
        env.database("sqlite:///edu.db")


def test_what_the_person_wrote_wins_over_what_a_stack_says(tmp_path, monkeypatch):
    monkeypatch.setattr(env, "_written", {})
    monkeypatch.setattr(env, "_running", {})
    (tmp_path / "stack.env").write_text("# made\nTHING=stack\n")
    (tmp_path / ".env").write_text('THING="written"\n')
    env.load(tmp_path / "stack.env", running=True)
    assert (env.text("THING"), env.given("THING")) == ("stack", "")
    env.load(tmp_path / ".env")
    assert (env.text("THING"), env.given("THING")) == ("written", "written")


def test_a_secret_is_made_once_and_readable_by_its_owner_only(tmp_path):
    first = env.secret(tmp_path / "secrets", "key")
    assert len(first) >= 32
    assert env.secret(tmp_path / "secrets", "key") == first
    assert (tmp_path / "secrets" / "key").stat().st_mode & 0o077 == 0
