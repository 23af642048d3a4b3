"""The forms of an answer: camelCase, some of the fields, 304 and 412, compressed."""

import gzip
import json
import threading

import brotli
import pytest
import zstandard
from django.db import connection
from django.test import Client

from edu.gateway.compression import chosen
from edu.gateway.names import camelised, snaked
from edu.gateway.representation import picked

CAMEL = {"Accept": "application/json; case=camel"}


@pytest.fixture
def program(teacher, api_of):
    return api_of(teacher)


@pytest.fixture
def address(program):
    made = program.post("/api/v1/courses", {"title": "Cells"}).json()
    return f"/api/v1/courses/{made['id']}"


@pytest.mark.django_db
class TestNames:
    def test_names_are_camel_when_asked_for(self, program, address):
        plain, camel = program.get(address), program.get(address, headers=CAMEL)
        assert camel.json()["joinCode"] == plain.json()["join_code"]
        assert "join_code" not in camel.json()
        assert camel["Content-Type"] == "application/json; case=camel"
        assert "Accept" in camel["Vary"]

    def test_bodies_are_read_so_too(self, program):
        sent = {"email": "x@example.org", "password": "violet-harbour-41", "displayName": "Xenia"}
        made = program.post("/api/v1/auth/register", sent, headers=CAMEL)
        assert made.status_code == 201
        assert made.json()["displayName"] == "Xenia"

    def test_a_body_may_say_it_for_itself(self, program):
        sent = json.dumps({"displayName": "Tamara B."})
        kind = 'application/json; case="camel"'
        changed = program.patch("/api/v1/me", sent, content_type=kind)
        assert changed.status_code == 200
        assert changed.json()["display_name"] == "Tamara B."

    def test_a_problem_names_the_field_as_the_client_does(self, program):
        sent = {"email": "y@example.org", "password": "violet-harbour-41", "displayName": ""}
        told = program.post("/api/v1/auth/register", sent, headers=CAMEL).json()
        assert told["errors"][0]["field"] == "displayName"
        assert told["requestId"]

    def test_without_asking_nothing_changes(self, program):
        sent = {"email": "z@example.org", "password": "violet-harbour-41", "displayName": "Zoe"}
        assert program.post("/api/v1/auth/register", sent).status_code == 400

    def test_ids_and_other_words_stay_as_they_are(self):
        value = {"0198-ab_cd": 1, "a_b_2": [{"X_y": 2}], "café_au": 3}
        assert camelised(value) == {"0198-abCd": 1, "aB2": [{"X_y": 2}], "café_au": 3}
        assert snaked({"aB2": {"keepMe": 1}, "freeText": {"keepMe": 1}}, ("free_text",)) == {
            "a_b2": {"keep_me": 1},
            "free_text": {"keepMe": 1},
        }


@pytest.mark.django_db
class TestFields:
    def test_one_thing_has_the_fields_that_were_named(self, program, address):
        assert program.get(f"{address}?fields=title,role").json() == {
            "title": "Cells",
            "role": "teacher",
        }

    def test_each_of_a_list_has_them_and_the_list_its_ends(self, program, address):
        told = program.get("/api/v1/courses?fields=title").json()
        assert told == {"results": [{"title": "Cells"}], "next": None, "previous": None}

    def test_a_point_goes_down(self, program):
        told = program.get("/api/v1/me?fields=preferences.theme").json()
        assert list(told) == ["preferences"]
        assert list(told["preferences"]) == ["theme"]

    def test_names_that_are_not_there_are_told_with_those_that_are(self, program, address):
        told = program.get(f"{address}?fields=colour")
        assert told.status_code == 400
        assert told.json()["errors"][0]["field"] == "fields"
        assert "join_code" in told.json()["errors"][0]["detail"]

    @pytest.mark.parametrize("wrong", [",", "a b", "a..b", "(id)", ",".join(["id"] * 101)])
    def test_what_is_no_list_of_names_is_a_problem(self, program, address, wrong):
        assert program.get(address, {"fields": wrong}).status_code == 400

    def test_camel_names_may_be_named(self, program, address):
        told = program.get(f"{address}?fields=joinCode", headers=CAMEL).json()
        assert list(told) == ["joinCode"]

    def test_an_empty_list_stays_empty(self):
        assert picked({"results": []}, {"anything": {}}) == {"results": []}


@pytest.mark.django_db
class TestTags:
    def test_what_is_known_is_not_sent_again(self, program, address):
        tag = program.get(address)["ETag"]
        again = program.get(address, headers={"If-None-Match": f'"other", W/{tag}'})
        assert again.status_code == 304
        assert again.content == b""
        assert again["ETag"] == tag
        program.patch(address, {"title": "Cells and tissue"})
        assert program.get(address, headers={"If-None-Match": tag}).status_code == 200

    def test_each_form_has_a_tag_of_its_own(self, program, address):
        forms = [
            program.get(address)["ETag"],
            program.get(address, headers=CAMEL)["ETag"],
            program.get(f"{address}?fields=title")["ETag"],
            program.get(f"{address}?fields=id")["ETag"],
        ]
        assert len(set(forms)) == 4
        for tag in forms:  # yet each names the same state
            assert (
                program.patch(address, {"title": "Cells"}, headers={"If-Match": tag}).status_code
                == 200
            )

    def test_a_stale_edit_is_refused_and_changes_nothing(self, program, address):
        tag = program.get(address)["ETag"]
        program.patch(address, {"title": "Tissue"})
        refused = program.patch(address, {"title": "Organs"}, headers={"If-Match": tag})
        assert refused.status_code == 412
        assert refused["Content-Type"] == "application/problem+json"
        assert program.get(address).json()["title"] == "Tissue"

    def test_any_state_is_a_star(self, program, address):
        edit = program.patch(address, {"title": "Organs"}, headers={"If-Match": "*"})
        assert edit.status_code == 200

    def test_a_strangers_edit_is_answered_as_without_it(self, stranger, api_of, program, address):
        tag = program.get(address)["ETag"]
        edit = api_of(stranger).patch(address, {"title": "Mine"}, headers={"If-Match": tag})
        assert edit.status_code == 404

    def test_a_tag_is_good_wherever_its_reader_lives(self, program, teacher, client_of, address):
        there = {"preferences": {"time_zone": "Asia/Tokyo"}}
        assert program.patch("/api/v1/me", there).status_code == 200
        made = program.post(f"{address}/objectives", {"title": "Osmosis"}).json()
        page, one = client_of(teacher), f"{address}/objectives/{made['id']}"
        for path, body in ((address, {"title": "Life"}), (one, {"title": "Diffusion"})):
            tag = page.get(path)["ETag"]
            edit = page.patch(
                path, body, content_type="application/json", headers={"If-Match": tag}
            )
            assert edit.status_code == 200, edit.content

    def test_problems_have_no_tag(self, program):
        assert "ETag" not in program.get("/api/v1/courses/nothing")


@pytest.mark.django_db(transaction=True)
def test_of_two_edits_with_one_tag_one_wins(program, address, teacher, api_of):
    tag, told = program.get(address)["ETag"], []

    def edit(title):
        answer = api_of(teacher).patch(address, {"title": title}, headers={"If-Match": tag})
        told.append(answer.status_code)
        connection.close()

    several = [threading.Thread(target=edit, args=(f"Title {at}",)) for at in range(6)]
    for each in several:
        each.start()
    for each in several:
        each.join()
    assert sorted(told) == [200] + [412] * 5


class TestCompression:
    UNPACK = {
        "gzip": gzip.decompress,
        "br": brotli.decompress,
        "zstd": lambda body: zstandard.ZstdDecompressor().decompress(body),
    }

    @pytest.mark.django_db
    @pytest.mark.parametrize("coding", UNPACK)
    def test_pages_are_compressed_as_the_client_takes_it(self, coding):
        plain = Client().get("/sign-in/")
        small = Client().get("/sign-in/", headers={"Accept-Encoding": coding})
        assert small["Content-Encoding"] == coding
        assert "Accept-Encoding" in small["Vary"]
        assert len(small.content) < len(plain.content) / 2
        assert b"</html>" in self.UNPACK[coding](small.content)

    @pytest.mark.django_db
    def test_a_tag_of_what_was_compressed_is_weak_and_still_good(self, program):
        for at in range(12):
            program.post("/api/v1/courses", {"title": f"Course {at}"})
        first = program.get("/api/v1/courses", headers={"Accept-Encoding": "br"})
        assert first["Content-Encoding"] == "br"
        assert first["ETag"].startswith("W/")
        known = {"Accept-Encoding": "br", "If-None-Match": first["ETag"]}
        assert program.get("/api/v1/courses", headers=known).status_code == 304

    @pytest.mark.parametrize(
        ("header", "coding"),
        [
            ("gzip, deflate, br, zstd", "zstd"),
            ("gzip, br;q=0.5", "gzip"),
            ("*", "zstd"),
            ("identity", ""),
            ("gzip;q=0", ""),
            ("", ""),
            ("br;q=nonsense, gzip", "gzip"),
        ],
    )
    def test_the_best_that_is_liked_is_chosen(self, header, coding):
        assert chosen(header) == coding

    @pytest.mark.django_db
    def test_short_answers_go_as_they_are(self, program):
        answer = program.get("/healthz", headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in answer
