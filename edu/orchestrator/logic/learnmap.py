"""The objectives of a course as a layered drawing: what builds on what goes from top to bottom.

A plain layering (Sugiyama's idea): each objective stands one layer below the deepest thing it builds on;
within a layer the order follows the mean place of its prerequisites, so that few arrows cross.
"""

from edu.analytics import api as analytics
from edu.analytics.data import Mastery
from edu.courses import api as courses
from edu.courses.data import Course, Objective
from edu.multimodal import api as multimodal
from edu.orchestrator.data import LearnMap, MapEdge, MapNode

WIDTH, HEIGHT = 168.0, 58.0
ACROSS, DOWN = 24.0, 46.0
MARGIN = 8.0
MOST_IN_ROW = 4
READY = 0.6  # mastery of a prerequisite from which on what builds on it can begin
LETTERS = 22  # of a title in one line of a box


def draw(user: str, course: Course) -> LearnMap:
    """Return the map of `course` for one learner."""
    every = courses.objectives(course=course.id, status=None)
    shown = [each for each in every if each.status == "accepted" and not each.root]
    known = {each.objective: each for each in analytics.mastery(user=user, course=course.id)}
    layers = _layers(shown)
    rows = _ordered(shown, layers)
    places: dict[str, tuple[float, float]] = {}
    widest = max((len(row) for row in rows), default=1)
    width = 2 * MARGIN + widest * WIDTH + (widest - 1) * ACROSS
    for number, row in enumerate(rows):
        used = len(row) * WIDTH + (len(row) - 1) * ACROSS
        left = (width - used) / 2
        for place, objective in enumerate(row):
            places[objective.id] = (
                left + place * (WIDTH + ACROSS),
                MARGIN + number * (HEIGHT + DOWN),
            )
    nodes = [
        MapNode(
            objective=each.id,
            title=each.title,
            description=each.description,
            lines=_wrapped(each.title),
            layer=number,
            x=round(places[each.id][0], 1),
            y=round(places[each.id][1], 1),
            width=WIDTH,
            height=HEIGHT,
            mastery=known.get(each.id),
            ready=all(_ready(known.get(other)) for other in each.prerequisites),
            prerequisites=[p for p in each.prerequisites if p in places],
        )
        for number, row in enumerate(rows)
        for each in row
    ]
    edges = [
        MapEdge(source=before, target=node.objective, path=_path(places[before], node))
        for node in nodes
        for before in node.prerequisites
    ]
    height = 2 * MARGIN + len(rows) * HEIGHT + max(0, len(rows) - 1) * DOWN
    return LearnMap(
        nodes=nodes,
        edges=edges,
        width=round(width, 1),
        height=round(height, 1),
        proposed=sum(each.status == "proposed" for each in every),
        materials=len(multimodal.materials(user=user, course=course.id, limit=50).items),
    )


def _ready(mastery: Mastery | None) -> bool:
    return mastery is not None and mastery.enough and mastery.p >= READY


def _layers(objectives: list[Objective]) -> dict[str, int]:
    """Return how deep each objective stands; the longest way down from one that builds on nothing."""
    known = {each.id: each for each in objectives}
    depth: dict[str, int] = {}

    def deep(one: str, above: frozenset[str]) -> int:
        if one in depth:
            return depth[one]
        before = [p for p in known[one].prerequisites if p in known and p not in above]
        found = max((deep(p, above | {one}) + 1 for p in before), default=0)
        depth[one] = found
        return found

    for each in objectives:
        deep(each.id, frozenset())
    return depth


def _ordered(objectives: list[Objective], layers: dict[str, int]) -> list[list[Objective]]:
    """Return the rows of the drawing; a layer that is too wide becomes several rows."""
    rows: list[list[Objective]] = []
    place: dict[str, float] = {}
    for layer in range(max(layers.values(), default=-1) + 1):
        here = [each for each in objectives if layers[each.id] == layer]

        def wanted(each: Objective) -> tuple[float, int]:
            before = [place[p] for p in each.prerequisites if p in place]
            middle = sum(before) / len(before) if before else float(each.ordinal)
            return (middle, each.ordinal)

        here.sort(key=wanted)
        for start in range(0, len(here), MOST_IN_ROW):
            row = here[start : start + MOST_IN_ROW]
            rows.append(row)
            for number, each in enumerate(row):
                place[each.id] = (number + 0.5) / len(row)
    return rows


def _path(start: tuple[float, float], node: MapNode) -> str:
    """Return a curve from the foot of one box to the head of the other."""
    x0, y0 = start[0] + WIDTH / 2, start[1] + HEIGHT
    x1, y1 = node.x + WIDTH / 2, node.y - 4
    bend = max(DOWN / 2, (y1 - y0) / 2)
    return f"M{x0:.1f} {y0:.1f}C{x0:.1f} {y0 + bend:.1f} {x1:.1f} {y1 - bend:.1f} {x1:.1f} {y1:.1f}"


def _wrapped(title: str) -> list[str]:
    """Return a title in at most two lines that fit a box."""
    lines: list[str] = []
    for word in title.split():
        if lines and len(lines[-1]) + 1 + len(word) <= LETTERS:
            lines[-1] += f" {word}"
        elif len(lines) < 2:
            lines.append(word)
        else:
            lines[-1] = lines[-1][: LETTERS - 1].rstrip() + "…"
            break
    return [line if len(line) <= LETTERS + 1 else line[:LETTERS] + "…" for line in lines]
