"""What is held about a person: shown, exported whole, and erased from every table and every store."""

import io
import json
import zipfile

import pytest
from allauth.account.models import EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.utils import timezone
from oauth2_provider import models as oauth

from edu.agents.models import AgentRun
from edu.analytics import api as analytics
from edu.assessments import api as assessments
from edu.common.ids import new_id
from edu.courses import api as courses
from edu.gateway.models import Webhook, WebhookMessage
from edu.multimodal import api as multimodal
from edu.multimodal.logic import storage
from edu.multimodal.models import Material, Passage, Transcription
from edu.orchestrator import api
from edu.orchestrator.logic import leaving, privacy
from edu.orchestrator.models import Erasure, Export, Notification, Turn
from edu.users import api as users
from edu.users.data import NoSuchPerson
from edu.users.logic import addresses
from edu.users.models import AuditRecord, Invitation, Mail, User
from tests.cast import PASSWORD
from tests.multimodal.helpers import CELLS, bring

pytestmark = pytest.mark.django_db

SECRET_WORDS = "the stranger's own words about turgor"


@pytest.fixture
def lived(work, teacher, learner, stranger, course, tmp_path, api_of, client_of, photo):
    """A learner who has done everything, beside others who have done some of it."""
    bring(work, teacher, course, CELLS, tmp_path)
    courses.update_course(user=teacher.id, course=course.id, learner_uploads=True)
    shared = bring(work, learner, course, "# Salt\n\nSalt dissolves in water quickly.", tmp_path)
    own = courses.create_course(user=learner.id, title="Mine", personal=True)
    mine = bring(work, learner, own, "# Yeast\n\nYeast makes dough rise slowly.", tmp_path)
    courses.join(user=stranger.id, join_code=course.join_code)
    for person in (learner, stranger):
        _learns(work, person, course, photo)
    _elsewhere(work, learner, teacher, course, api_of(learner), tmp_path)
    client_of(learner)
    users.set_picture(user=learner.id, data=photo)
    return {"own": own, "mine": mine, "shared": shared}


@pytest.fixture
def photo():
    """A small PNG."""
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, "PNG")
    return file.getvalue()


def _learns(work, person, course, photo):
    words = SECRET_WORDS if person.display_name == "Sonja" else "What is osmosis?"
    with work():
        session = api.start_session(user=person.id, course=course.id)
        api.ask(user=person.id, session=session.id, text=words, image=photo)
        made = assessments.request_quiz(
            user=person.id, course=course.id, size=2, source="generate", mode="practice"
        )
    with work():
        quiz = assessments.quiz(user=person.id, quiz=made.id)
        for each in quiz.items:
            assessments.attempt(user=person.id, quiz=quiz.id, item=each.id, response="cells")
    analytics.record(user=person.id, course=course.id, verb="read")


def _elsewhere(work, learner, teacher, course, program, tmp_path):
    """What a learner leaves behind besides learning."""
    now, user = timezone.now(), User.objects.get(id=learner.id)
    users.make_token(user=learner.id, name="Script", scopes=["profile"], days=3)
    path = tmp_path / "sound"
    path.write_bytes(b"sound")
    kept = multimodal.keep(kind="sound", data=b"sound", media_type="audio/wav")
    Transcription.objects.create(
        user=user.id, file_name="a.wav", media_type="audio/wav", bytes=5, sha256="0", key=kept.key,
        due_at=now, status="ready", finished_at=now, text="heard",
    )  # fmt: skip
    program.post("/api/v1/courses", {"title": "By program"}, headers={"Idempotency-Key": "one"})
    courses.add_objective(user=teacher.id, course=course.id, title="Turgor")
    Notification.objects.create(
        user=user.id, kind="material_read", thing="x", url="/", created_at=now
    )
    AgentRun.objects.create(
        agent="tutor", task="answer", turn=Turn.objects.filter(user=user.id)[0].id, created_at=now
    )
    for owner in (learner, teacher):
        hook = Webhook.objects.create(
            user=owner.id, url="https://example.org", secret=b"x", events=[], created_at=now
        )
        WebhookMessage.objects.create(
            webhook=hook, event=str(new_id()), type="attempt.graded", due_at=now, created_at=now,
            body={"data": {"user": learner.id}},
        )  # fmt: skip
    Mail.objects.create(to=learner.email, subject="Hello", body="You", next_at=now, created_at=now)
    Invitation.objects.create(made_by=user.id, note="a friend", created_at=now, expires_at=now)
    row = addresses.row(user)
    EmailConfirmation.objects.create(email_address=row, key="k", created=now)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "hidden-seed"})
    group = Group.objects.create(name="Pupils")
    user.groups.add(group)
    user.user_permissions.add(Permission.objects.first())
    LogEntry.objects.create(
        user=user, object_id=str(user.id), object_repr=user.email, action_flag=CHANGE
    )
    made = oauth.Application.objects.create(user=user, name="Mine", client_type="public")
    more = {"user": user, "application": made, "expires": now}
    access = oauth.AccessToken.objects.create(token="secret-access", scope="profile", **more)
    oauth.Grant.objects.create(code="c", redirect_uri="https://x", scope="", **more)
    oauth.IDToken.objects.create(scope="", **more)
    oauth.RefreshToken.objects.create(
        user=user, application=made, token="secret-refresh", access_token=access
    )


def everywhere(words):
    """Every table in which a row holds `words`, in whichever column."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS row WHERE row::text ILIKE %s',  # noqa: S608
                [f"%{words}%"],
            )
            if count := cursor.fetchone()[0]:
                found[table] = count
    return found


def archive_of(work, person):
    """The archive of a person: name -> bytes."""
    with work():
        asked = api.export_person(user=person.id)
    assert api.export(user=person.id, export=asked.id).status == "ready"
    data = multimodal.fetch(key=api.export_file(user=person.id, export=asked.id))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_an_export_holds_all_that_is_held_and_nothing_of_others(work, lived, learner, stranger):
    kinds = {each.name for each in api.held_of_person(user=learner.id)}
    archive = archive_of(work, learner)
    rows = {
        table: held
        for app in privacy.apps()
        for table, held in json.loads(archive[f"{app}.json"]).items()
    }
    assert kinds - {"orchestrator.export"} <= set(rows)
    assert {"users.user", "orchestrator.turn", "assessments.attempt", "agents.agentrun"} <= kinds
    assert {"multimodal.passage", "analytics.mastery", "gateway.once", "events.delivery"} <= kinds
    whole = b"".join(archive.values()).decode(errors="replace")
    assert "What is osmosis?" in whole
    for theirs in (stranger.id, stranger.email, SECRET_WORDS):
        assert theirs not in whole
    for secret in ("hidden-seed", "secret-access", "secret-refresh", '"password":'):
        assert secret not in whole
    turn = rows["orchestrator.turn"][0]
    assert archive[turn["image_key"]].startswith(b"\x89PNG")
    assert b"Yeast makes dough" in archive[rows["multimodal.material"][0]["key"]] + b"".join(
        archive[each["key"]] for each in rows["multimodal.material"]
    )
    drawn = rows["users.picture"][0]["large"]
    assert drawn.startswith("files/picture-") and archive[drawn][8:12] == b"WEBP"
    page = archive["index.html"].decode()
    assert all(f'<a href="{name}">' in page for name in (turn["image_key"], drawn))


def erase(work, person):
    """Erase somebody who gives their password; return the receipt's id."""
    with work():
        begun = api.erase_person(user=person.id, password=PASSWORD)
    return begun.id


def test_nothing_names_an_erased_person_any_more(work, lived, learner, stranger):
    before = everywhere(stranger.id)
    keys = [
        *Turn.objects.filter(user=learner.id).values_list("image_key", flat=True),
        *Material.objects.filter(course=lived["own"].id).values_list("key", flat=True),
        *Transcription.objects.filter(user=learner.id).values_list("key", flat=True),
    ]
    assert len(keys) == 3
    archive_of(work, learner)
    keys.append(Export.objects.get(user=learner.id).key)
    receipt = api.erasure(erasure=erase(work, learner))
    assert receipt.status == "ready"
    assert receipt.erased["orchestrator"]["orchestrator.turn"] == 1
    assert receipt.erased["multimodal"]["multimodal.material"] == 2
    assert set(everywhere(learner.id)) == {"users_auditrecord"}
    assert everywhere(learner.email) == {}
    stored = set(storage.objects().keys(timezone.now() + timezone.timedelta(days=1)))
    assert not stored & set(keys)
    assert everywhere(stranger.id) == before
    assert learner.id not in json.dumps([receipt.erased, receipt.kept])
    with pytest.raises(NoSuchPerson):
        users.person(user=learner.id)


def test_what_others_learn_from_stays_without_the_name(work, lived, learner, teacher):
    erase(work, learner)
    left = multimodal.material(user=teacher.id, material=lived["shared"].id)
    assert left.status == "ready"
    assert Passage.objects.filter(material=left.id).exists()
    assert not Material.objects.filter(course=lived["own"].id).exists()
    assert not Passage.objects.filter(course=lived["own"].id).exists()


def test_audit_records_stay_without_names_and_the_chain_holds(work, lived, learner):
    told = {"for": "program", "address": "192.0.2.9"}
    users.audit(action="sign-in", by=learner.id, about=learner.id, detail=told)
    erase(work, learner)
    records = AuditRecord.objects.filter(about=learner.id)
    assert {"sign-in", "erase-asked", "erased"} <= set(records.values_list("action", flat=True))
    assert {tuple(each) for each in records.values_list("detail", flat=True)} <= {(), ("erased",)}
    assert everywhere("192.0.2.9") == {}
    assert users.check_audit().broken is None


def test_a_worker_that_is_killed_in_the_middle_is_followed_by_another(
    work, lived, learner, monkeypatch
):
    erasure = api.erase_person(user=learner.id, password=PASSWORD)
    whole, seen = privacy.erase, []

    def killed(user, app):
        seen.append(app)
        if app == "multimodal":
            raise KeyboardInterrupt
        whole(user, app)

    monkeypatch.setattr(privacy, "erase", killed)
    with pytest.raises(KeyboardInterrupt):
        leaving.run(Erasure.objects.get().id, timezone.now)
    row = Erasure.objects.get()
    assert (row.status, str(row.user)) == ("running", learner.id)
    assert set(row.done) == {"events", "courses", "agents", "orchestrator"}
    assert row.id not in leaving.due(timezone.now())  # it may still be alive
    later = timezone.now() + leaving.LEASE * 2
    assert leaving.due(later) == [row.id]
    monkeypatch.setattr(privacy, "erase", whole)
    leaving.run(row.id, lambda: later)
    receipt = api.erasure(erasure=erasure.id)
    assert receipt.status == "ready"
    assert receipt.erased["orchestrator"]["orchestrator.turn"] == 1
    assert set(everywhere(learner.id)) == {"users_auditrecord"}


def test_the_api_exports_and_erases(work, api_of, learner, stranger, client):
    program, other = api_of(learner), api_of(stranger)
    with work():
        asked = program.get("/api/v1/me/export")
    assert asked.status_code == 202
    place = f"/api/v1/me/export/{asked.json()['id']}"
    told = program.get(place).json()
    assert (told["status"], told["progress"]) == ("ready", 1.0)
    sent = program.get(told["url"])
    assert zipfile.is_zipfile(io.BytesIO(b"".join(sent.streaming_content)))
    for path in (place, told["url"]):
        assert other.get(path).status_code == 404
    missing = program.delete("/api/v1/me", {})
    assert missing.status_code == 400
    assert missing.json()["errors"][0]["field"] == "password"
    assert program.delete("/api/v1/me", {"password": "wrong"}).status_code == 400
    with work():
        gone = program.delete("/api/v1/me", {"password": PASSWORD})
    assert gone.status_code == 202
    assert program.get("/api/v1/me").status_code == 401
    receipt = client.get(f"/api/v1/erasures/{gone.json()['id']}")
    assert receipt.json()["status"] == "ready"
    assert client.get(f"/api/v1/erasures/{new_id()}").status_code == 404


def test_the_account_is_closed_before_anything_is_erased(client_of, learner):
    browser = client_of(learner)
    api.erase_person(user=learner.id, password=PASSWORD)
    assert browser.get("/profile/").status_code == 302
    assert User.objects.filter(id=learner.id, is_active=False).exists()


def test_the_page_tells_exports_and_erases(work, client_of, course, learner, stranger):
    browser = client_of(learner)
    page = browser.get("/profile/held/")
    assert b"Courses that you are in" in page.content
    with work():
        browser.post("/profile/held/export/")
    export = api.last_export(user=learner.id)
    place = f"/profile/held/export/{export.id}/"
    assert place.encode() in browser.get("/profile/held/").content
    assert browser.get(place)["Content-Type"] == "application/zip"
    assert client_of(stranger).get(place).status_code == 404
    wrong = browser.post("/profile/held/erase/", {"password": "not it"})
    assert wrong.status_code == 400
    assert b"This is not your password." in wrong.content
    with work():
        gone = browser.post("/profile/held/erase/", {"password": PASSWORD})
    assert gone.status_code == 302
    assert b"users.user" in browser.get(gone["Location"]).content
    assert browser.get("/profile/held/").status_code == 302
