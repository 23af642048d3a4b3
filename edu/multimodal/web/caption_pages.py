"""Captions on a page of their own: heard and put right line by line."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from edu.common.errors import Conflict, Denied, Invalid, NotFound
from edu.courses import api as courses
from edu.multimodal import api
from edu.multimodal.data import Cue, CueChange, Material
from edu.multimodal.web.files import FILMS
from edu.multimodal.web.pages import me, said
from edu.multimodal.web.places import clock, form_of
from edu.users import api as users

LINES = 100  # on one page
MOST_TOLD = 30  # changes


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def captions(request: HttpRequest, material: str) -> HttpResponse:
    """The lines, a hundred on a page; POST writes one (`text`), gives it back the machine's words
    (`undo`), holds on to it (`keep`), parts it where its text has a line break (`split`), or joins it
    with the next (`join`). The script sends each line by itself and is answered with it; a form without
    script comes back to the page."""
    found = api.material(user=me(request), material=material)
    course = courses.course(user=me(request), course=found.course)
    if not course.may_change(found.uploaded_by, me(request)):
        raise Denied
    view = form_of(found.kind).view
    if view not in ("sound", "said"):
        raise NotFound
    if request.method == "POST":
        return _write(request, found)
    page = api.cues_page(
        user=me(request), material=found.id, cursor=request.GET.get("cursor"), limit=LINES
    )
    return render(
        request,
        "multimodal/captions.html",
        {
            "course": course,
            "material": found,
            "page": page,
            "lines": [_line(each, "", None) for each in page.items],
            "silent": view == "said",
            "film": found.media_type in FILMS,
            "second": None,
            "here": request.GET.get("cursor", ""),
            "changes": _changes(request, found),
        },
    )


def _write(request: HttpRequest, material: Material) -> HttpResponse:
    named: dict[str, Any] = {
        "user": me(request),
        "material": material.id,
        "cue": request.POST.get("cue", ""),
    }
    was = request.POST.get("was")
    wrong, typed, done = "", None, ""
    more: list[Cue] = []
    gone = ""
    try:
        if "undo" in request.POST:
            cue = api.undo_cue(**named, was=was)
            done = _("The machine's words are back.")
        elif "split" in request.POST:
            cue, *more = _split(named, request.POST.get("text", ""), was)
            done = _("Parted in two.")
        elif "join" in request.POST:
            with suppress(NotFound):
                gone = api.cue_after(**named).id
            cue = api.join_cue(**named, was=was)
            done = _("Joined with the next line.")
        elif "keep" in request.POST:
            cue = api.keep_cue(**named)
            done = _("Kept.")
        else:
            cue = api.edit_cue(**named, text=request.POST.get("text", ""), was=was)
            done = _("Kept.")
    except (Invalid, Conflict) as error:
        wrong, typed = said(error), request.POST.get("text", "")
        cue = api.cue(**named)
    if getattr(request, "htmx", False):
        context = {
            "material": material,
            "lines": [_line(cue, wrong, typed), *(_line(each, "", None) for each in more)],
            "done": done,
            "gone": gone if not wrong else "",
            "here": request.POST.get("cursor", ""),
        }
        # htmx draws only what is well; the words say what is wrong.
        return render(request, "multimodal/caption_lines.html", context)
    (messages.error if wrong else messages.success)(request, wrong or done)
    here = reverse("material-cues", args=[material.id])
    cursor = request.POST.get("cursor", "")
    return redirect(f"{here}{'?cursor=' + cursor if cursor.isalnum() else ''}#c-{cue.id}")


def _split(named: dict[str, Any], text: str, was: str | None) -> list[Cue]:
    """Part a line where somebody put the first line break."""
    first, _break, rest = text.strip().partition("\n")
    before, said = " ".join(first.split()), " ".join(text.split())
    at = len(before) + 1 if rest.strip() else None
    return api.split_cue(**named, position=at, text=said if at else None, was=was)


def _line(cue: Cue, wrong: str, typed: str | None) -> dict[str, Any]:
    """Return a line as it is drawn."""
    text = cue.text if typed is None else typed
    return {
        "cue": cue,
        "clock": clock(cue.start),
        "text": text,
        "rows": max(1, -(-len(text) // 60)),
        "wrong": wrong,
    }


def _changes(request: HttpRequest, material: Material) -> list[dict[str, Any]]:
    """Return who changed what, in words."""
    page = api.cue_edits(user=me(request), material=material.id, limit=MOST_TOLD)
    ids = sorted({each for row in page.items for each in (row.by, row.ended_by) if each})
    known = users.people(users=ids)

    def name(person: str) -> str:
        return known[person].display_name if person in known else _("somebody who left")

    def told(row: CueChange) -> dict[str, Any]:
        return {"row": row, "clock": clock(row.start), "by": name(row.by)}

    return [told(row) for row in page.items]
