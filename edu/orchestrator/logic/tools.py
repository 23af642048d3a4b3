"""The toolbox of an agent: plain callables over the services, which the agent does not know."""

from collections.abc import Callable

from edu.agents.data import Toolbox
from edu.analytics import api as analytics
from edu.assessments import api as assessments
from edu.common.codec import plain
from edu.common.sources import Citation, Source
from edu.multimodal import api as multimodal
from edu.orchestrator.logic import live
from edu.orchestrator.logic.asked import source_of
from edu.orchestrator.logic.lease import Hold

SHARE = 400  # characters of a step's line
MOST_PASSAGES = 1000  # of a course that an overview is made of
MOST_TITLES = 100


class Desk:
    """What one turn's agents work with: finds, cites, and shows what they say as they say it."""

    def __init__(self, hold: Hold, tell_step: Callable[[str], None]) -> None:
        self.hold = hold
        self._tell_step = tell_step
        self._first: int | None = None
        self._cited = False
        self.guarded = ""  # the open quiz for which something was kept back
        self.held_first = False  # whether that was what answers best

    def toolbox(self) -> Toolbox:
        """Return the toolbox to hand to an agent."""
        return Toolbox(
            search=self.search,
            say=self.say,
            cite=self.cite,
            mastery_of=self.mastery_of,
            cancelled=self.hold.gone,
            leaks=self.leaks,
            note=self._tell_step,
            show=self.show,
            retract=self.retract,
            read=self.read,
        )

    def search(self, query: str, limit: int) -> list[Source]:
        """Search in the turn's course."""
        found = multimodal.search(
            course=str(self.hold.row.course), query=query, limit=limit
        ).results
        if found:
            count = len({source.material for source in found})
            line = f"looked through {count} material{'s'[: count != 1]}"
            self._tell_step(f"{line}, {_reading(found[0])}")
        return found

    def read(self) -> list[Source]:
        """Return the passages of the turn's course in the order of its materials."""
        course, user = str(self.hold.row.course), str(self.hold.row.user)
        titles = {
            each.id: each.title
            for each in multimodal.materials(user=user, course=course, limit=MOST_TITLES).items
        }
        found = multimodal.course_passages(course=course, limit=MOST_PASSAGES)
        return [source_of(each, titles.get(each.material, "")) for each in found]

    def say(self, text: str) -> None:
        """Show more words of the answer."""
        seq = self.hold.tell(live.TOKEN, {"text": text})
        self._first = self._first or seq

    def show(self, citation: Citation) -> None:
        """Show a citation before the words that bear its marker."""
        self._cited = True
        seq = self.hold.tell(live.CITATION, plain(citation))
        self._first = self._first or seq

    def retract(self) -> None:
        """Take back all that was shown."""
        if self._first is not None:
            self.hold.tell(live.RETRACT, {"from_seq": self._first})
            self._first = None

    def cite(self, source: Source, quote: str) -> Citation | None:
        """Return the citation of `quote` if it stands verbatim in the passage."""
        return multimodal.cite(passage=source.passage, quote=quote)

    def mastery_of(self, objective: str) -> float | None:
        """Return how the turn's learner stands on an objective."""
        return analytics.mastery_of(user=str(self.hold.row.user), objective=objective)

    def leaks(self, text: str) -> bool:
        """Whether `text` gives away the answer to a question that the learner works on."""
        row = self.hold.row
        asked = str(row.notebook.get("text.understand", {}).get("question") or row.text)
        quiz = assessments.guarded(
            user=str(row.user), course=str(row.course), text=text, question=asked
        )
        if quiz:
            self.guarded = quiz
            self.held_first = self.held_first or not self._cited
        return bool(quiz)


def _reading(source: Source) -> str:
    """Return where the best passage stands, as a step says it."""
    place = source.locator
    kind = place.get("kind")
    if kind == "page":
        return f"reading page {place.get('page')}"
    if kind == "slide":
        return f"reading slide {place.get('slide')}"
    if kind == "time":
        start = int(float(place.get("start") or 0))
        return f"listening at {start // 60}:{start % 60:02d}"
    if kind == "section" and place.get("path"):
        return f"reading “{str(place['path'][-1])[:60]}”"
    return f"reading “{source.title[:60]}”"
