"""What leaves for a server elsewhere: written down, with placeholders, and only for those who let it."""

import base64
import json
import threading
from contextvars import copy_context

import pytest

from edu.common.held import NOBODY
from edu.inference import api
from edu.inference.data import Message, ModelUnavailable
from edu.inference.logic import acquainted, doors, state
from edu.inference.models import OutsideCall
from edu.users import api as users
from tests.inference.strangers import Stranger, said

pytestmark = pytest.mark.django_db
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
CHAT, VECTORS = "/v1/chat/completions", "/v1/embeddings"
SECRET = "Call me at +49 170 5551234, says Zoltan Ferenczy of zoltan@example.org."


@pytest.fixture
def elsewhere(settings):
    """A server that is not ours, of every kind; our own process answers on the same port by `own`."""
    server, own = Stranger(), Stranger()
    at = {"url": server.url, "key": "k", "name": "big"}
    settings.EDU_SERVERS = dict.fromkeys(("model", "embed", "rerank", "see", "hear", "speak"), at)
    settings.EDU_INFERENCE_URL = own.url
    server.own = own
    for each in (server, own):
        each.answers[CHAT] = (200, said("I do not know."))
        each.answers[VECTORS] = (200, {"data": [{"index": 0, "embedding": [1.0] * 384}]})
    state.forget()
    acquainted.forget()
    yield server
    server.close()
    own.close()


def echoing(body):
    return 200, said(body["messages"][-1]["content"])


def refuse(person):
    users.decide(user=person.id, purpose="outside-model", given=False, by=person.id)


def test_a_call_is_written_down_without_a_word_of_it(elsewhere, learner, course):
    with api.on_behalf(user=learner.id, course=course.id):
        api.chat(messages=[Message("user", SECRET)])
    row = OutsideCall.objects.get()
    assert (str(row.user), str(row.course)) == (learner.id, course.id)
    assert (row.kind, row.model, row.carried, row.outcome) == ("chat", "big", "text", "answered")
    assert row.host == elsewhere.url.split("/")[2]
    assert row.bytes_out == len(elsewhere.asked[-1][1])
    assert row.bytes_in == len(json.dumps(said("I do not know.")))
    assert row.redacted == {"email": 1, "name": 1, "phone": 1}
    assert not any("Zoltan" in str(value) for value in vars(row).values())


def test_personal_data_stays_and_is_put_back(elsewhere, learner):
    elsewhere.answers[CHAT] = echoing
    with api.on_behalf(user=learner.id):
        reply = api.chat(messages=[Message("user", SECRET)])
    sent = elsewhere.asked[-1][1].decode()
    assert not any(part in sent for part in ("Zoltan", "555", "zoltan"))
    assert reply.text == SECRET


def test_who_refused_is_answered_by_our_own_model(elsewhere, learner):
    refuse(learner)
    with api.on_behalf(user=learner.id):
        assert not api.strong_chat()
        assert not api.can_see()
        api.chat(messages=[Message("user", "hello")])
        api.embed(texts=["hello"], purpose="query")
        with pytest.raises(ModelUnavailable):
            api.see(picture=PNG, prompt="What is it?")
    assert elsewhere.asked == []
    assert {path for path, _ in elsewhere.own.asked} == {CHAT, VECTORS}
    assert not OutsideCall.objects.exists()


def test_a_server_that_is_declared_inside_is_neither_written_down_nor_redacted(
    elsewhere, settings, learner
):
    settings.EDU_MODELS_INSIDE = ["127.0.0.0/8"]
    refuse(learner)
    with api.on_behalf(user=learner.id):
        api.chat(messages=[Message("user", SECRET)])
    assert "Zoltan" in elsewhere.asked[-1][1].decode()
    assert not OutsideCall.objects.exists()


@pytest.mark.parametrize(
    ("url", "inside", "leaves"),
    [
        ("", [], False),
        ("echo", [], False),
        ("http://127.0.0.1:9/v1", [], True),
        ("https://models.example.org/v1", ["10.0.0.0/8", "example.org"], True),
        ("https://GPU.example.org:8443/v1", ["gpu.example.org"], False),
        ("http://10.1.2.3:8000/v1", ["10.0.0.0/8"], False),
        ("http://[fd00::1]:8000/v1", ["fd00::/8"], False),
    ],
)
def test_what_is_elsewhere(settings, url, inside, leaves):
    settings.EDU_MODELS_INSIDE = inside
    assert doors.elsewhere(url) is leaves


@pytest.mark.parametrize(
    ("rule", "yes", "sent"),
    [("all", False, 1), ("consented", False, 0), ("consented", True, 1), ("none", True, 0)],
)
def test_pictures_leave_by_the_operators_rule(elsewhere, settings, learner, rule, yes, sent):
    settings.EDU_OUTSIDE_MEDIA = rule
    if yes:
        users.decide(user=learner.id, purpose="outside-model", given=True, by=learner.id)
    read = {"lines": [], "rotation": 0, "engine": "x"}
    elsewhere.answers["/v1/pictures/text"] = elsewhere.own.answers["/v1/pictures/text"] = (
        200,
        read,
    )
    with api.on_behalf(user=learner.id):
        api.read_picture(picture=PNG)
    assert (len(elsewhere.asked), OutsideCall.objects.filter(carried="picture").count()) == (
        sent,
        sent,
    )


def test_names_of_the_matter_stay_and_those_of_the_course_do_not(
    elsewhere, learner, teacher, course
):
    users.update_me(user=teacher.id, display_name="Marie Okonkwo")
    passage = "Marie Curie discovered radium. Notes by Marie Okonkwo, m.okonkwo@example.org."
    said = f"Passages:\n{passage}\n\nQuestion: What did Marie Curie find, asks okonkwo?"
    with api.on_behalf(user=learner.id, course=course.id):
        api.chat(messages=[Message("user", said, matter=[passage])])
    sent = elsewhere.body()["messages"][-1]["content"]
    assert sent.count("Marie Curie") == 2
    assert "konkwo" not in sent


def test_a_query_keeps_the_words_that_the_materials_have(elsewhere):
    api.embed(
        texts=["What did Marie Curie tell Piotr Nowak?"], purpose="query", matter=["Marie", "Curie"]
    )
    assert elsewhere.body()["input"] == ["What did Marie Curie tell [NAME_1]?"]
    assert OutsideCall.objects.get().user is None


def test_a_question_is_weighed_elsewhere_without_names_that_the_passages_do_not_hold(elsewhere):
    elsewhere.answers["/v1/rerank"] = (200, {"results": [{"index": 0, "relevance_score": 1}]})
    api.rerank(query="What did Marie Curie tell Piotr Nowak?", texts=["Marie Curie found radium."])
    assert elsewhere.body()["query"] == "What did Marie Curie tell [NAME_1]?"
    assert elsewhere.body()["documents"] == ["Marie Curie found radium."]
    assert OutsideCall.objects.get().kind == "rerank"


def test_speech_of_a_text_with_an_address_in_it_is_made_here(elsewhere):
    with pytest.raises(ModelUnavailable):  # by our own process, which speaks no word in this test
        api.speak(text="Write to anna@example.org.")
    assert elsewhere.asked == []


def test_a_failed_call_is_written_down_as_one(elsewhere):
    elsewhere.answers[CHAT] = (500, {"error": {"message": "no"}})
    with pytest.raises(ModelUnavailable):
        api.chat(messages=[Message("user", "hello")])
    assert OutsideCall.objects.get().outcome == "failed"


def chunks(*pieces):
    """A streamed answer of these pieces."""
    rows = [{"choices": [{"delta": {"content": piece}}]} for piece in pieces]
    rows.append({"choices": [{"delta": {}, "finish_reason": "stop"}]})
    told = "".join(f"data: {json.dumps(each)}\n\n" for each in rows) + "data: [DONE]\n\n"
    return 200, told.encode(), {"Content-Type": "text/event-stream"}


def test_a_placeholder_that_is_cut_in_two_is_put_back(elsewhere):
    elsewhere.answers[CHAT] = chunks(
        "Ask [NA", "ME_", "1", "]'s aunt, or name_1. [NAME_2] is", " out [NA"
    )
    pieces = list(api.chat_stream(messages=[Message("user", "I met Zoltan Ferenczy.")]))
    assert "".join(pieces) == "Ask Zoltan Ferenczy's aunt, or Zoltan Ferenczy. [NAME_2] is out [NA"
    assert OutsideCall.objects.get().outcome == "answered"


def test_a_stream_that_nobody_hears_to_its_end_was_stopped(elsewhere):
    elsewhere.answers[CHAT] = chunks("one ", "two ", "three")
    stream = api.chat_stream(messages=[Message("user", "hello")])
    next(iter(stream))
    stream.close()
    assert OutsideCall.objects.get().outcome == "stopped"


def test_threads_inherit_for_whom_it_is_done(learner):
    from edu.inference.logic import behalf

    seen = []
    with api.on_behalf(user=learner.id):
        run = copy_context().run
        thread = threading.Thread(target=run, args=(lambda: seen.append(behalf.current().user),))
    thread.start()
    thread.join()
    assert seen == [learner.id]
    with api.on_behalf(user=str(NOBODY)):
        assert behalf.current().user == ""


def test_a_person_sees_their_own_calls_and_leaves_them_unnamed(elsewhere, learner, stranger):
    for person in (learner, stranger):
        with api.on_behalf(user=person.id):
            api.chat(messages=[Message("user", "hello")])
    mine = api.outside_calls(user=learner.id).items
    assert [each.user for each in mine] == [learner.id]
    assert len(api.export_person(user=learner.id).rows["inference.outsidecall"]) == 1
    assert api.erase_person(user=learner.id) == {"inference.outsidecall": 1}
    assert api.outside_calls(user=learner.id).items == []
    assert OutsideCall.objects.count() == 2


def test_a_person_reads_them_in_the_api_and_on_a_page(
    elsewhere, learner, stranger, api_of, client_of
):
    with api.on_behalf(user=learner.id):
        api.chat(messages=[Message("user", SECRET)])
    [told] = api_of(learner).get("/api/v1/me/outside-calls").json()["results"]
    assert told["redacted"] == {"email": 1, "name": 1, "phone": 1}
    assert api_of(stranger).get("/api/v1/me/outside-calls").json()["results"] == []
    page = client_of(learner).get("/profile/sent/").content.decode()
    assert "Words for an answer" in page
    assert "names (1)" in page
    assert "Nothing was sent" in client_of(stranger).get("/profile/sent/").content.decode()
