"""What pictures show, in words; and a page's form to say it better."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from edu.common.errors import Conflict, Invalid
from edu.multimodal import api
from edu.multimodal.data import Figure, Material
from edu.multimodal.web.pages import me
from edu.multimodal.web.places import place

LABELS = 160  # signs of the words in a picture that its text alternative names
SHOWN = 60  # pictures on one page
STEPPED = ("handwriting", "text", "formula", "")  # kinds that written work comes as


def kind_named(kind: str) -> str:
    """Return what a kind of picture is called."""
    return {
        "photo": _("Photo"),
        "chart": _("Chart"),
        "diagram": _("Diagram"),
        "formula": _("Formula"),
        "table": _("Table"),
        "handwriting": _("Handwriting"),
        "text": _("Page of text"),
    }.get(kind, _("Picture"))


def form_named(media_type: str) -> str:
    """Return what a form of pictures is called that cannot be drawn here."""
    name = media_type.rpartition("/")[2].partition("+")[0]
    return name.upper() if name != "*" else _("unknown")


def source_of(figure: Figure) -> str:
    """Return who says what a picture shows: person, author (of the file), model or rule."""
    if figure.edited or figure.authored:
        return "person" if figure.edited else "author"
    return "model" if figure.described else "rule"


def alt_of(figure: Figure) -> str:
    """Return a picture's text alternative: what a person, its author or a model says; or else what is
    known, and that nobody has described it."""
    said = figure.edited or figure.authored or figure.described
    if said:
        return said
    kind, words = kind_named(figure.kind), _labels(figure.words)
    if figure.media_type and not figure.shown:
        return _(
            "%(kind)s in a form that cannot be drawn here (%(form)s). Nobody has described it."
        ) % {
            "kind": kind,
            "form": form_named(figure.media_type),
        }
    if not words:
        return _("%(kind)s without words that can be read. No model has described it.") % {
            "kind": kind
        }
    return _("%(kind)s with the words: %(words)s. No model has described it.") % {
        "kind": kind,
        "words": words,
    }


def _labels(words: list[str]) -> str:
    """Return the first of the words in a picture, each once."""
    said = ""
    parts = [part for line in words for part in line.split("\t")]
    for each in dict.fromkeys(" ".join(part.split()).strip(" .;,:|") for part in parts):
        if not each:
            continue
        if said and len(said) + len(each) > LABELS:
            return f"{said} …"
        said = f"{said}, {each}" if said else each[:LABELS]
    return said


def shown(user: str, material: Material, page: int | None = None) -> list[dict[str, Any]]:
    """Return the pictures of a material, or of one page of it, as a page draws them."""
    found = api.figures(user=user, material=material.id, page=page, limit=SHOWN)
    return [_card(each) for each in found.items]


def _card(figure: Figure) -> dict[str, Any]:
    undrawn = figure.media_type if not figure.shown else ""
    return {
        "figure": figure,
        "kind": kind_named(figure.kind),
        "alt": alt_of(figure),
        "by": source_of(figure),
        "place": place(figure.locator),
        "steps": [_step(step) for step in figure.steps] if _is_work(figure) else [],
        "undrawn": form_named(undrawn) if undrawn and source_of(figure) != "rule" else "",
    }


def _beside(user: str, material: Material, seen: dict[str, Any]) -> None:
    """Put the pictures of a text, or of slides, to the passages that they stand at."""
    drawn = [each for slide in seen.get("slides", []) for each in slide["shown"]]
    drawn = drawn or seen.get("shown", [])
    ids = [each["passage"].id for each in drawn]
    placed = api.figures_beside(user=user, material=material.id, passages=ids)
    for each in drawn:
        passage = each["passage"]
        cards = [_card(figure) for figure in placed.get(passage.id, [])]
        for card in cards:  # what the passage says is not said twice
            card["said"] = passage.kind == "picture" and passage.text == card["alt"]
        each["figures"] = cards


def context(user: str, material: Material, seen: dict[str, Any]) -> dict[str, Any]:
    """Return what the viewer shows of pictures, beside what it has `seen` of the material: those of the
    page that is open, or all; `alt` is of a material that is a picture itself."""
    if material.status != "ready" or seen["view"] in ("sound", "said", "contents"):
        return {}
    view = seen["view"]
    if view in ("text", "slides"):
        _beside(user, material, seen)
        return {}
    found = shown(user, material, seen.get("number") if view == "page" else None)
    alone = found[0] if view == "picture" and found else None
    return {
        "figures": found,
        "alt": alone["alt"] if alone else "",
        "steps": alone["steps"] if alone else [],
        "figures_alt": " ".join(each["alt"] for each in found)[:600] if view == "page" else "",
    }


def _is_work(figure: Figure) -> bool:
    return figure.kind in STEPPED and len(figure.steps) > 1


def _step(step: Any) -> dict[str, Any]:
    x0, y0, x1, y1 = (round(1000 * edge) for edge in step.box)
    return {
        "number": step.number,
        "text": step.text,
        "box": {"x": x0, "y": y0, "wide": max(4, x1 - x0), "high": max(4, y1 - y0)},
    }


@login_required
@require_POST
def describe(request: HttpRequest, material: str, figure: str) -> HttpResponse:
    """Write what a picture shows, and go back to where it stands."""
    found = api.material(user=me(request), material=material)
    said = request.POST.get("alt", "")
    try:
        kept = api.describe_figure(user=me(request), material=material, figure=figure, text=said)
    except (Invalid, Conflict) as error:
        fields = getattr(error, "fields", None) or {}
        messages.error(request, str(next(iter(fields.values()), error.detail)))
        return redirect("material", found.id)
    messages.success(request, _("Written. The picture is found by these words now."))
    here = kept.locator.get("page") or kept.locator.get("slide")
    beside = request.POST.get("passage", "")
    response = redirect("material", found.id)
    if beside and beside in api.passages_by_id(passages=[beside]):
        response["Location"] += f"?passage={beside}#f-{kept.id}"
    else:
        response["Location"] += f"?page={here}#f-{kept.id}" if here else f"#f-{kept.id}"
    return response
