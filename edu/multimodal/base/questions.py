"""Questions of packed courses (QTI 1.2 and 2) as text: what is asked and what may be chosen.

Never what is right: of QTI 1.2 only the `presentation` of an item is looked at, of QTI 2 its `itemBody`
without feedback and what is meant for graders. Which choice is right stands outside of both.
"""

import html
import re
from typing import Any

from edu.multimodal.base import tidy
from edu.multimodal.base.packed import children, local

MOST = 2000  # questions of one archive
_LONGEST = 4000  # signs of one question or choice
_TAG = re.compile(r"<[^>]{0,2000}>")
_CHOICES = (
    *("simpleChoice", "simpleAssociableChoice", "inlineChoice", "gapText", "hottext"),
    *("qti-simple-choice", "qti-simple-associable-choice", "qti-inline-choice", "qti-gap-text"),
)
_HIDDEN = (
    *("feedbackInline", "feedbackBlock", "modalFeedback", "rubricBlock", "templateBlock"),
    *("templateInline", "printedVariable", "qti-feedback-inline", "qti-feedback-block"),
    *("qti-modal-feedback", "qti-rubric-block", "qti-template-block", "qti-printed-variable"),
)
_BLANKS = ("textEntryInteraction", "qti-text-entry-interaction", "response_str", "response_num")
BLANK = "_____"

Question = tuple[str, list[str]]
"""What is asked, and what may be chosen."""


def questions(root: Any) -> list[Question]:
    """Return the questions of a file, in its order; none of a file that is no QTI."""
    found: list[Question] = []
    for item in root.iter("{*}item", "{*}assessmentItem", "{*}qti-assessment-item"):
        if local(item) == "item":
            asked = [each for part in children(item, "presentation") for each in _old(part)]
        else:
            bodies = children(item, "itemBody", "qti-item-body")
            asked = [each for body in bodies for each in _new(body)]
        found += asked
        if len(found) >= MOST:
            break
    return [(text, choices) for text, choices in found[:MOST] if text]


def title_of(root: Any) -> str:
    """Return what the assessment is called; not what a question is, which may say its answer."""
    for each in root.iter("{*}assessment", "{*}assessmentTest", "{*}qti-assessment-test"):
        return tidy(each.get("title") or "")[:200]
    return ""


def markdown(title: str, asked: list[Question]) -> str:
    """Return questions as a text that is read like any other."""
    parts = [f"# {_plain(title)}"] if title else []
    for number, (text, choices) in enumerate(asked, 1):
        parts.append(f"{number}\\. {_plain(text)}")
        if choices:
            parts.append("\n".join(f"- {_plain(each)}" for each in choices))
    return "\n\n".join(parts) + "\n"


def _plain(text: str) -> str:
    """Return text of a stranger's as what Markdown takes for words."""
    return re.sub(r"([\\`*_\[\]<>#|~$])", r"\\\1", " ".join(text.split()))


def _old(presentation: Any) -> list[Question]:
    """Return the one question of QTI 1.2."""
    asked: list[str] = []
    choices: list[str] = []
    for each in presentation.iter("{*}material", *(f"{{*}}{name}" for name in _BLANKS)):
        if local(each) != "material":
            asked.append(BLANK)
            continue
        said = " ".join(_words(part) for part in children(each, "mattext", "matemtext"))
        chosen = any(local(above) == "response_label" for above in each.iterancestors())
        (choices if chosen else asked).append(said)
    return [_question(" ".join(asked), choices)]


def _words(node: Any) -> str:
    """Return the words of a text, which may be written as HTML."""
    said = "".join(node.itertext())
    if (node.get("texttype") or "").lower().endswith(("html", "xml", "xhtml")):
        said = html.unescape(_TAG.sub(" ", said))
    return said


def _new(body: Any) -> list[Question]:
    """Return the one question of QTI 2."""
    asked: list[str] = []
    choices: list[str] = []
    _walk(body, asked, choices, 0)
    return [_question(" ".join(asked), choices)]


def _walk(node: Any, asked: list[str], choices: list[str], depth: int) -> None:
    name = local(node)
    if name in _HIDDEN or depth > 60:
        return
    if name in _CHOICES:
        said: list[str] = []
        _inside(node, said, [], depth)
        choices.append(" ".join(said))
        return
    if name in _BLANKS:
        asked.append(BLANK)
    _inside(node, asked, choices, depth)


def _inside(node: Any, asked: list[str], choices: list[str], depth: int) -> None:
    asked.append(node.text or "")
    for child in node:
        _walk(child, asked, choices, depth + 1)
        asked.append(child.tail or "")


def _question(text: str, choices: list[str]) -> Question:
    said = [tidy(each)[:_LONGEST] for each in choices]
    return tidy(text)[:_LONGEST], list(dict.fromkeys(each for each in said if each))
