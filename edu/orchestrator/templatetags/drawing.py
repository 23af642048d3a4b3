"""Numbers for drawings: SVG wants a point in them, whatever the language of the page."""

from django import template

register = template.Library()


@register.filter
def unlocal(value: float) -> str:
    """The number with a decimal point and no grouping."""
    return f"{value:g}"


@register.filter
def half(value: float) -> str:
    """Half of the number."""
    return f"{value / 2:g}"


@register.filter
def times(value: int, factor: int) -> int:
    """The product of two whole numbers."""
    return int(value) * int(factor)
