"""Questions of packed courses: brought as they are asked, and never with what is right."""

import pytest
from lxml import etree

from edu.courses import api as courses
from edu.multimodal import api, tasks
from edu.multimodal.base.packed import parser
from edu.multimodal.base.questions import markdown, questions
from edu.multimodal.data import KEYLESS
from edu.multimodal.models import Material
from tests.multimodal.helpers import bring, texts
from tests.multimodal.kinds import archive

OLD = """<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">
<assessment ident="a" title="Cells">
<section><item ident="i1" title="It is osmosis"><presentation>
<material>
<mattext texttype="text/html">&lt;p&gt;What moves water&amp;nbsp;through a membrane?&lt;/p&gt;</mattext>
</material>
<response_lid ident="r"><render_choice>
<response_label ident="x"><material><mattext>Osmosis</mattext></material></response_label>
<response_label ident="y"><material><mattext>Boiling</mattext></material></response_label>
</render_choice></response_lid></presentation>
<resprocessing><respcondition><conditionvar>
<varequal respident="r">KEYX</varequal></conditionvar></respcondition>
</resprocessing><itemfeedback ident="f"><material><mattext>KEYSAID</mattext></material></itemfeedback></item>
<item ident="i2"><presentation><material><mattext>Firm cells have high</mattext></material>
<response_str ident="s"><render_fib/></response_str></presentation>
<resprocessing><respcondition><conditionvar><varequal>KEYTURGOR</varequal></conditionvar></respcondition></resprocessing>
</item></section></assessment></questestinterop>"""
NEW = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i" title="KEYTITLE">
<responseDeclaration identifier="R">
<correctResponse><value>KEYA</value></correctResponse></responseDeclaration>
<itemBody><p>Look at <b>this</b> cell.</p><choiceInteraction responseIdentifier="R">
<prompt>What is it?</prompt>
<simpleChoice identifier="A">A root hair
<feedbackInline identifier="A">KEYRIGHT</feedbackInline></simpleChoice>
<simpleChoice identifier="B">A muscle</simpleChoice></choiceInteraction>
<rubricBlock view="scorer"><p>KEYRUBRIC</p></rubricBlock>
<p>It has <textEntryInteraction responseIdentifier="T"/> parts.</p></itemBody>
<modalFeedback identifier="M">KEYMODAL</modalFeedback></assessmentItem>"""


def asked(text):
    return questions(etree.fromstring(text.encode(), parser()))


def test_it_reads_what_is_asked_and_what_may_be_chosen():
    assert asked(OLD) == [
        ("What moves water through a membrane?", ["Osmosis", "Boiling"]),
        ("Firm cells have high _____", []),
    ]
    assert asked(NEW) == [
        ("Look at this cell. What is it? It has _____ parts.", ["A root hair", "A muscle"])
    ]
    assert asked("<html><item>No question</item></html>") == []


@pytest.mark.parametrize("text", [OLD, NEW])
def test_nothing_of_the_key_is_left(text):
    assert "KEY" in text
    assert "KEY" not in markdown("Test", asked(text))


def test_what_strangers_wrote_stays_words():
    said = markdown("A *b*", [("<script>x</script> # [a](b)", ["`c`"])])
    assert said == "# A \\*b\\*\n\n1\\. \\<script\\>x\\</script\\> \\# \\[a\\](b)\n\n- \\`c\\`\n"


@pytest.mark.django_db
def test_a_packed_course_keeps_its_answers_from_learners(
    work, teacher, learner, course, tmp_path, client_of
):
    courses.join(user=learner.id, join_code=course.join_code)
    manifest = archive.MANIFEST.replace("q/quiz.txt", "q/quiz.xml")
    parts = {"imsmanifest.xml": manifest, "first.txt": "Roots take water.", "q/quiz.xml": OLD}
    parts["loose.xml"] = NEW
    packed = archive.content({**parts, "w/second.html": archive.PARTS["w/second.html"]})
    made = bring(work, teacher, course, packed, tmp_path, archive.FILE)
    with work():
        tasks.sweep()
    assert {each.name: each.why for each in made.left} == {
        "q/quiz.xml": KEYLESS,
        "loose.xml": KEYLESS,
    }
    held = {
        each.inside: each
        for each in api.materials(user=teacher.id, course=course.id, archive=made.id).items
    }
    quiz = held["q/quiz.md"]
    assert quiz.title == "Test"
    said = "\n".join(texts(learner, quiz)) + "\n".join(texts(learner, held["loose.md"]))
    assert "What moves water through a membrane?" in said
    assert "Boiling" in said
    assert "KEY" not in said
    for each in held.values():
        body = client_of(learner).get(f"/materials/{each.id}/file/")
        assert b"KEY" not in b"".join(body.streaming_content)
    address = f"/materials/{made.id}/file/"
    assert client_of(learner).get(address).status_code == 403
    assert client_of(teacher).get(address).status_code == 200
    Material.objects.filter(id=made.id).update(status="running", left=[])
    assert client_of(learner).get(address).status_code == 403  # nobody has looked into it yet
    Material.objects.filter(id=made.id).update(status="ready", left=[["q/quiz.xml", KEYLESS]])
    page = f"/materials/{made.id}/"
    assert address not in client_of(learner).get(page).content.decode()
    assert address in client_of(teacher).get(page).content.decode()
