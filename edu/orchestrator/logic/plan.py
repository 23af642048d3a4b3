"""Who acts in a turn, and in which order. Pure rules: what was brought decides how it begins, what
was understood decides how it goes on."""

from dataclasses import dataclass

ANSWERING = (
    "question",
    "explain",
    "simpler",
    "example",
    "explain_differently",
    "more",
    "overview",
)
SAYING = {"smalltalk": "hello", "empty": "empty"}


@dataclass(frozen=True)
class Planned:
    """One step: which agent does which task. When an `optional` one fails, the turn goes on and says
    what is missing."""

    agent: str
    task: str
    optional: bool = False

    @property
    def key(self) -> str:
        """The step's name in the notebook of its turn."""
        return f"{self.agent}.{self.task}"


HEAR = Planned("speech", "hear")
SEE = Planned("vision", "see")
UNDERSTAND = Planned("text", "understand")
GRADE = Planned("assessor", "grade")
HINT = Planned("assessor", "hint")
CHECK = Planned("assessor", "check", optional=True)
SPEAK = Planned("speech", "speak", optional=True)


def opening(text: bool, audio: bool, image: bool) -> list[Planned]:
    """Return the steps that make one message of all that was brought. What is not the only thing
    brought is optional: a photo that cannot be read does not spoil a written question."""
    steps = []
    if audio:
        steps.append(Planned("speech", "hear", optional=text or image))
    if image:
        steps.append(Planned("vision", "see", optional=text or audio))
    return [*steps, UNDERSTAND]


def answering(intent: str, mode: str) -> list[Planned]:
    """Return the steps that answer a message of this intent in a session of this mode."""
    if intent == "answer":
        steps = [GRADE]
        return [*steps, CHECK] if mode == "practice" else steps
    if intent == "hint":
        return [HINT]
    if intent == "check_me":
        return [Planned("assessor", "check")]
    if intent in ANSWERING:
        task = "answer" if intent == "question" else intent
        if mode == "explain" and intent == "question":
            task = "explain"
        return [Planned("tutor", task), CHECK]
    return [Planned("tutor", "say")]
