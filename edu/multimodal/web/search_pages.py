"""The search in a course."""

from contextlib import suppress
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from edu.common.errors import NotFound
from edu.common.ids import parse_id
from edu.common.sources import Source
from edu.courses import api as courses
from edu.multimodal import api
from edu.multimodal.web.pages import may_bring, me
from edu.multimodal.web.places import kind_of, place

HITS = 20
NEAREST = 3  # that are named when nothing is to the point
LONGEST = 500  # characters of a question
MOST_NAMED = 100  # materials among which one may choose


@login_required
@require_safe
def search(request: HttpRequest, course: str) -> HttpResponse:
    """The passages that speak of the query, best first; or that none does, and which are nearest."""
    seen = courses.course(user=me(request), course=course)
    query = " ".join(request.GET.get("q", "").split())[:LONGEST]
    found, within = None, request.GET.get("in", "")
    if query:
        narrower = _narrower(within)
        found = api.search(user=me(request), course=seen.id, query=query, limit=HITS, **narrower)
    hits = found.results if found and found.relevant else []
    nearest = [] if hits or not found else found.results[:NEAREST]
    context = {
        "course": seen,
        "query": query,
        "hits": [_hit(each, query) for each in hits],
        "nearest": [_hit(each, query) for each in nearest],
        "may_bring": may_bring(request, seen),
        "there": bool(api.materials(user=me(request), course=seen.id, limit=1).items),
        "within": within,
        "choices": _choices(me(request), seen.id),
    }
    return render(request, "multimodal/search.html", context)


def _narrower(within: str) -> dict[str, Any]:
    """Return what narrows the search, as `_choices` spells it; what is none of these narrows nothing."""
    about, _colon, value = within.partition(":")
    if about == "kind" and value:
        return {"kinds": [value]}
    if about in ("material", "objective"):
        with suppress(NotFound):
            return {about: str(parse_id(value))}
    return {}


def _choices(user: str, course: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return where one may look, in groups of (value, name); groups of one are no choice."""
    materials = api.materials(user=user, course=course, limit=MOST_NAMED).items
    groups = [
        (_("Kinds"), [(f"kind:{each}", kind_of(each)) for each in api.kinds_found(course=course)]),
        (
            _("Materials"),
            [(f"material:{each.id}", each.title) for each in materials if each.passages],
        ),
        (
            _("Objectives"),
            [
                (f"objective:{each.id}", each.title)
                for each in courses.objectives(course=course)
                if not each.root
            ],
        ),
    ]
    return [(name, choices) for name, choices in groups if len(choices) > 1]


def _hit(source: Source, query: str) -> dict[str, object]:
    return {
        "title": source.title,
        "url": api.link(material=source.material, passage=source.passage),
        "place": place(source.locator),
        "path": source.path[-2:],
        "pieces": api.excerpt(text=source.text, query=query, language=source.language),
        "language": source.language,
        "also": [
            {
                "title": each.title,
                "place": place(each.locator),
                "url": api.link(material=each.material, passage=each.passage),
            }
            for each in source.also
        ],
    }
