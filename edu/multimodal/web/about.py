"""What a material tells of itself, on its page."""

from django.utils.translation import gettext as _

from edu.multimodal import api
from edu.multimodal.data import Material, Portrait, ReadingLevel
from edu.multimodal.web.places import place

MOST_TERMS = 12  # without a definition that are shown


def read_by(level: ReadingLevel) -> str:
    """Return for whom texts of a level are."""
    return {
        "1-4": _("for years 1 to 4 of school"),
        "5-6": _("for years 5 and 6 of school"),
        "7-9": _("for years 7 to 9 of school"),
        "10-12": _("for years 10 to 12 of school"),
    }.get(level.band, _("for readers who have finished school"))


def unlevelled(portrait: Portrait) -> str:
    """Return why there is no reading level, "" where there is one."""
    if portrait.level or not portrait.made:
        return ""
    if portrait.missing == "language":
        return _("No reading level: edu has no published formula for this language.")
    return _("No reading level: there is too little running text for one.")


def about(user: str, material: Material) -> dict[str, object]:
    """Return what the page of a material shows of it; nothing until it is made."""
    if material.status != "ready" or not material.passages:
        return {}
    found = api.portrait(user=user, material=material.id)
    if not found.made:
        return {}
    defined = [each for each in found.terms if each.defined]
    return {
        "about": {
            "summary": [{"quoted": each, "place": place(each.locator)} for each in found.summary],
            "defined": [
                {"term": each.term, "quoted": each.quoted, "place": place(each.quoted.locator)}
                for each in defined
            ],
            "terms": [each for each in found.terms if not each.defined][:MOST_TERMS],
            "level": found.level,
            "read_by": read_by(found.level) if found.level else "",
            "unlevelled": unlevelled(found),
        }
    }
