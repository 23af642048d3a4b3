"""The ladder of hints, the leak gate, the tutor's check questions."""

from datetime import timedelta

import pytest
from django.utils import timezone

from edu.assessments import api
from edu.assessments.logic.leak import WORKED_ON, Text, masked
from edu.assessments.models import QuizItem

pytestmark = pytest.mark.django_db


def climb(person, quiz, number=0):
    item = quiz.items[number].id
    return [api.hint(user=person.id, quiz=quiz.id, item=item) for _ in range(6)]


class TestLadder:
    def test_no_rung_below_the_last_tells_the_key(self, learner, bank, quiz_of):
        quiz = quiz_of(learner)
        for number, question in enumerate(quiz.items):
            hints = climb(learner, quiz, number)
            assert [hint.level for hint in hints] == [1, 2, 3, 4, 5, 5]
            secrets = {"choice": ["osmosis"], "number": ["12.5", "12,5"], "cloze": ["membrane"],
                       "short": ["Marie Curie", "Curie"]}[question.kind]  # fmt: skip
            for hint in hints[:4]:
                assert hint.text
                assert not any(Text(hint.text).gives_away(secret) for secret in secrets)
                assert all(citation.quote == "" for citation in hint.citations)
            assert any(secret in hints[4].text for secret in secrets)
            assert [hint.last for hint in hints] == [False] * 4 + [True] * 2

    def test_a_generated_item_is_hinted_from_its_source(self, learner, course, draft):
        posed = api.pose(user=learner.id, course=course.id, draft=draft(), mode="practice")
        quiz = api.quiz(user=learner.id, quiz=posed.quiz)
        nudge, idea, similar, last, answer, _ = climb(learner, quiz)
        assert "page 3" in nudge.text
        assert nudge.citations[0].passage == "p1"
        assert "quote" not in nudge.citations[0].url
        assert "“… is the movement of water" in idea.text
        assert "It is not" in similar.text
        assert last.text.count("“") == 2
        assert "osmosis" in answer.text

    def test_two_options_are_left_on_the_fourth_rung(self, learner, bank, quiz_of):
        quiz = quiz_of(learner, "choice")
        last = climb(learner, quiz)[3]
        assert sum(option.text in last.text for option in quiz.items[0].options) == 2

    def test_after_an_answer_there_is_nothing_to_climb(self, learner, bank, quiz_of):
        quiz = quiz_of(learner, "choice")
        api.attempt(user=learner.id, quiz=quiz.id, item=quiz.items[0].id, response="lysis")
        hint = api.hint(user=learner.id, quiz=quiz.id, item=quiz.items[0].id)
        assert hint.last
        assert api.quiz(user=learner.id, quiz=quiz.id).items[0].hint_level == 0

    @pytest.mark.parametrize("kind", ["choice", "cloze"])
    def test_a_heading_or_a_title_that_is_the_key_is_left_out(self, learner, course, draft, kind):
        from edu.common.sources import Citation

        place = {"kind": "section", "path": ["Osmosis"], "paragraph": 1}
        quote = "Osmosis is the movement of water"
        cited = [
            Citation(1, "p1", "m1", "Osmosis for all", place, quote, "/materials/m1/?passage=p1")
        ]
        changes = {"citations": cited}
        if kind == "cloze":
            changes |= {"kind": "cloze", "options": [], "key": {"blanks": [["osmosis"]]},
                        "stem": "Plant cells swell when water enters them by _____."}  # fmt: skip
        posed = api.pose(user=learner.id, course=course.id, draft=draft(**changes), mode="practice")
        for hint in climb(learner, api.quiz(user=learner.id, quiz=posed.quiz))[:4]:
            assert "smosis" not in hint.text
            assert "smosis" not in str(hint.citations)


class TestLeaks:
    @pytest.mark.parametrize(
        "text",
        ["It is osmosis.", "OSMOSIS!", "o-s-m-o-s-i-s", "o s m o s i s", "O.S.M.O.S.I.S", "ósmosis",
         "the word osmosis, of course", "**osmo**sis", "os\u00admosis", "osmоsis", "o_s_m_o_s_i_s"],
    )  # fmt: skip
    def test_the_key_is_found_however_it_is_dressed(self, learner, course, bank, quiz_of, text):
        quiz_of(learner, "choice")
        assert api.leaks(user=learner.id, course=course.id, text=text)

    @pytest.mark.parametrize(
        "text", ["Water crosses the membrane.", "", "Think of how water moves.", "It is not lysis."]
    )
    def test_other_words_pass(self, learner, course, bank, quiz_of, text):
        quiz_of(learner, "choice")
        assert not api.leaks(user=learner.id, course=course.id, text=text)

    def test_only_open_items_of_this_learner_are_guarded(
        self, teacher, learner, course, bank, quiz_of
    ):
        def told(person):
            return api.leaks(user=person.id, course=course.id, text="It is osmosis.")

        assert not told(learner)
        quiz = quiz_of(learner, "choice")
        assert told(learner)
        assert not told(teacher)
        api.attempt(user=learner.id, quiz=quiz.id, item=quiz.items[0].id, response="lysis")
        assert not told(learner)

    def test_a_quiz_left_alone_guards_no_more_until_it_is_taken_up(
        self, learner, course, bank, quiz_of
    ):
        def told():
            return api.leaks(user=learner.id, course=course.id, text="It is osmosis.")

        quiz = quiz_of(learner, "choice")
        shown = QuizItem.objects.filter(quiz=quiz.id)
        shown.update(shown_at=timezone.now() - WORKED_ON - timedelta(minutes=1))
        assert not told()
        api.show_question(user=learner.id, quiz=quiz.id, item=quiz.items[0].id)
        assert told()
        shown.update(shown_at=timezone.now() - WORKED_ON - timedelta(minutes=1))
        api.show_questions(user=learner.id, quiz=quiz.id)
        assert told()

    def test_a_key_told_of_something_else_gives_nothing_away(self, learner, course, bank, quiz_of):
        quiz = quiz_of(learner, "choice")
        asked = {"user": learner.id, "course": course.id}
        stem = quiz.items[0].stem
        assert api.guarded(**asked, text="It is osmosis.", question=stem) == quiz.id
        other = {"text": "Nollet wrote of osmosis in 1748.", "question": "Who was Nollet?"}
        assert api.guarded(**asked, **other) is None

    @pytest.mark.parametrize("value", ["12.5", "12,5", "about 12.5 m"])
    def test_numbers_are_guarded_too(self, learner, course, bank, quiz_of, value):
        quiz_of(learner, "number")
        assert api.leaks(user=learner.id, course=course.id, text=f"The length is {value}")

    def test_redacting_leaves_the_rest(self, learner, course, bank, quiz_of):
        quiz_of(learner, "choice")
        text = api.redact(user=learner.id, course=course.id, text="By osmosis, water enters cells.")
        assert text == "By …, water enters cells."

    def test_masks_take_other_forms_along(self):
        assert masked("Membranes and the cell membrane.", ["membrane"]) == "… and the cell …."


class TestResembling:
    @pytest.mark.parametrize(
        ("text", "like"),
        [("osmosis", True), ("ozmosis", True), ("the membrane", True), ("lysis", True),
         ("cell wall", True), ("it is called plasmolysis of cells", True),
         ("the osmosis of water in cells", True), ("Hazards of volcanoes", False),
         ("the three parts of a plant cell", False)],
    )  # fmt: skip
    def test_an_answer_is_like_the_key(self, learner, course, draft, text, like):
        gap = {"kind": "cloze", "options": [], "key": {"blanks": [["osmosis"]]}}
        stem = "Plant cells swell when water enters them by _____."
        posed = api.pose(user=learner.id, course=course.id, draft=draft(**gap, stem=stem))
        asked = {"user": learner.id, "quiz": posed.quiz, "item": posed.item}
        assert api.resembles(**asked, text=text) is like

    def test_a_figure_is_like_a_figure(self, learner, course, bank, quiz_of):
        quiz = quiz_of(learner, "number")
        asked = {"user": learner.id, "quiz": quiz.id, "item": quiz.items[0].id}
        assert api.resembles(**asked, text="it may be 3 metres or so")
        assert not api.resembles(**asked, text="lengths of whales in the sea")


class TestCheckQuestions:
    def test_it_is_open_until_it_is_set_aside(self, learner, course, draft):
        assert api.open_question(user=learner.id, course=course.id) is None
        posed = api.pose(user=learner.id, course=course.id, draft=draft())
        question = api.open_question(user=learner.id, course=course.id)
        assert (question.id, question.quiz, question.mode) == (posed.item, posed.quiz, "check")
        assert not api.leaks(user=learner.id, course=course.id, text="osmosis")
        assert api.set_aside(user=learner.id, course=course.id) == 1
        assert api.open_question(user=learner.id, course=course.id) is None
        made = api.attempt(user=learner.id, quiz=posed.quiz, item=posed.item, response="osmosis")
        assert made.correct

    def test_the_question_shown_last_is_the_open_one(self, learner, course, bank, quiz_of):
        first = quiz_of(learner, "choice")
        second = quiz_of(learner, "short")
        assert api.open_question(user=learner.id, course=course.id).quiz == second.id
        api.attempt(user=learner.id, quiz=second.id, item=second.items[0].id, response=None)
        assert api.open_question(user=learner.id, course=course.id).quiz == first.id

    def test_a_draft_that_no_gate_lets_through_is_not_posed(self, learner, course, draft):
        posed = api.pose(user=learner.id, course=course.id, draft=draft(options=["a", "b"]))
        assert posed.item is None
        assert posed.quiz is None
        assert api.open_question(user=learner.id, course=course.id) is None
