"""The search in a course."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from edu.common.sources import Source
from edu.courses import api as courses
from edu.multimodal import api
from edu.multimodal.web.pages import may_bring, me
from edu.multimodal.web.places import place

HITS = 20
NEAREST = 3  # that are named when nothing is to the point
LONGEST = 500  # characters of a question


@login_required
@require_safe
def search(request: HttpRequest, course: str) -> HttpResponse:
    """The passages that speak of the query, best first; or that none does, and which are nearest."""
    seen = courses.course(user=me(request), course=course)
    query = " ".join(request.GET.get("q", "").split())[:LONGEST]
    found = None
    if query:
        found = api.search(user=me(request), course=seen.id, query=query, limit=HITS)
    hits = found.results if found and found.relevant else []
    nearest = [] if hits or not found else found.results[:NEAREST]
    context = {
        "course": seen,
        "query": query,
        "hits": [_hit(each, query) for each in hits],
        "nearest": [_hit(each, query) for each in nearest],
        "may_bring": may_bring(request, seen),
        "there": bool(api.materials(user=me(request), course=seen.id, limit=1).items),
    }
    return render(request, "multimodal/search.html", context)


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
