"""Letters: kept for superusers while there is no mail server, sent by it when there is one."""

import socketserver
import threading
from datetime import timedelta

import pytest
from django.core.mail import send_mail
from django.utils import timezone

from edu.common import environment as env
from edu.users import api
from edu.users.logic import mail
from edu.users.models import Mail
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def post(settings):
    """Our own way to send, instead of the one that Django's test runner puts in its place."""
    settings.EMAIL_BACKEND = "edu.users.web.mail.Post"


class Postman(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as a client needs; refuses recipients while the server's `refuse` is set."""

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self):
        self.say("220 post")
        for line in iter(self.rfile.readline, b""):
            word = line[:4].upper()
            if word == b"DATA":
                self.say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.got.append(b"".join(lines).decode())
            elif word == b"RCPT" and self.server.refuse:
                self.say("450 not now")
                continue
            elif word == b"QUIT":
                self.say("221 bye")
                return
            self.say("250 ok")


@pytest.fixture
def server(settings):
    """A mail server on this machine."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Postman) as server:
        server.got, server.refuse = [], False
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EDU_MAIL_SERVER = env.mail(f"smtp://127.0.0.1:{server.server_address[1]}")
        yield server
        server.shutdown()


def write(to="levko@example.org", subject="A letter"):
    send_mail(subject, "Dear reader,\nall is well.\n", None, [to])


def test_without_a_server_a_letter_is_logged_and_kept(work, caplog):
    with caplog.at_level("WARNING"), work():
        write()
    assert "levko@example.org" in caplog.text
    assert "all is well" in caplog.text
    assert Mail.objects.get().status == "kept"


def test_superusers_read_the_mailbox_and_nobody_else(work, client_of, learner):
    with work():
        write()
    letter = Mail.objects.get()
    place = "/admin/users/mail/"
    boss = client_of(
        api.make_admin(email="boss@example.org", password=PASSWORD, display_name="Boss")
    )
    assert b"A letter" in boss.get(place).content
    page = boss.get(f"{place}{letter.id}/change/").content
    assert b"all is well" in page
    assert b'name="_save"' not in page
    assert boss.post(f"{place}{letter.id}/delete/", {"post": "yes"}).status_code == 403

    from django.contrib.auth.models import Permission

    from edu.users.models import User

    helper = User.objects.get(id=learner.id)
    helper.is_staff = True
    helper.save()
    helper.user_permissions.set(Permission.objects.filter(content_type__app_label="users"))
    assert client_of(learner).get(place).status_code == 403


def test_a_server_gets_the_letter_and_we_keep_none(work, server):
    with work():
        write()
    assert len(server.got) == 1
    assert "To: levko@example.org" in server.got[0]
    assert "all is well." in server.got[0]
    assert not Mail.objects.exists()


def test_what_the_server_refuses_is_tried_again_later(work, server):
    server.refuse = True
    with work():
        write()
    letter = Mail.objects.get()
    assert (letter.status, letter.tries) == ("waiting", 1)
    assert "450" in letter.error
    now = timezone.now()
    assert mail.due(now) == []
    server.refuse = False
    later = now + timedelta(minutes=3)
    assert mail.due(later) == [letter.id]
    mail.send(letter.id, later)
    assert len(server.got) == 1
    assert not Mail.objects.exists()


def test_it_gives_up_in_the_end(work, server):
    server.refuse = True
    with work():
        write()
    now = timezone.now()
    for _each in range(mail.MOST_TRIES):
        now += timedelta(days=1)
        for letter in mail.due(now):
            mail.send(letter, now)
    assert Mail.objects.get().status == "failed"
    assert mail.due(now + timedelta(days=9)) == []


def test_two_workers_send_it_once(work, server):
    with work():
        write()
    api.post_letter(to="levko@example.org", subject="Another", body="x")
    (letter,) = mail.due(timezone.now())
    now = timezone.now()
    mail.send(letter, now)
    mail.send(letter, now)
    assert len(server.got) == 2


def test_a_subject_cannot_bring_headers(work, server):
    with work():
        api.post_letter(to="levko@example.org", subject="Hello\r\nBcc: all@example.org", body="x")
    assert "\nBcc:" not in server.got[0]


def test_old_letters_go(work):
    with work():
        write()
    now = timezone.now()
    assert mail.forget(now) == 0
    assert mail.forget(now + timedelta(days=8)) == 1


@pytest.mark.parametrize(
    ("url", "port", "whole", "turns"),
    [
        ("smtps://a%40b:c%3Ad@mail.example.org", 465, True, False),
        ("smtp://a%40b:c%3Ad@mail.example.org", 587, False, True),
        ("smtp://a%40b:c%3Ad@mail.example.org:25?tls=0", 25, False, False),
        ("smtp://a%40b:c%3Ad@127.0.0.1:2525", 2525, False, False),
    ],
)
def test_the_setting_names_a_server(url, port, whole, turns):
    told = env.mail(url)
    assert (told["username"], told["password"]) == ("a@b", "c:d")
    assert (told["port"], told["use_ssl"], told["use_tls"]) == (port, whole, turns)


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://h:port"])
def test_a_bad_setting_says_what_to_write(url):
    with pytest.raises(env.BadSetting, match="smtps://"):
        env.mail(url)
