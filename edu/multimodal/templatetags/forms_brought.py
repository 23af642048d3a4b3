"""What may be brought, as forms say it."""

from django import template

from edu.multimodal import api

register = template.Library()


@register.simple_tag
def endings() -> str:
    """Return the endings of all files that may be brought, for the attribute `accept`."""
    return ",".join(f".{ending}" for form in api.forms() for ending in form.endings)


@register.simple_tag
def brought() -> str:
    """Return what may be brought in words: "CSV, DOCX, ..."."""
    return ", ".join(sorted({form.brought for form in api.forms()}, key=str.casefold))
