"""The item kinds, by name, as the scan of kinds/ finds them."""

from functools import cache

from edu.assessments.base.kind import Kind, Sheet
from edu.assessments.data import Option
from edu.assessments.models import ItemVersion
from edu.common import registry


@cache
def all_kinds() -> dict[str, Kind]:
    """Return an instance of every kind, by its name."""
    found = registry.kinds("edu.assessments.kinds", Kind)  # type: ignore[type-abstract]
    return {one.name: one() for one in found}


def kind_of(name: str) -> Kind | None:
    """Return the kind of this name, if there is one."""
    return all_kinds().get(name)


def sheet_of(version: ItemVersion) -> Sheet:
    """Return a version as its kind works on it."""
    options = [Option(each["id"], each["text"]) for each in version.options]
    return Sheet(version.stem, options, version.key, version.language)
