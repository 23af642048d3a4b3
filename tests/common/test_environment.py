"""Settings come from the environment, from files, and are refused in words that help."""

import pytest

from edu.common import environment as env


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
