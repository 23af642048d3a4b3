"""Tags that every template may load: icons, Markdown, the mastery bar, query strings."""

from typing import Any

from django import template
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from edu.common.text import gettext_noop
from edu.gateway import icons, markup, state

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw the icon `name` as inline SVG; without `label` it is decoration beside a word."""
    if label:
        start = format_html(
            '<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}"', label
        )
    else:
        start = mark_safe('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"')
    # The drawings are constants of our own.
    return mark_safe(  # noqa: S308
        f'{start} fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" '
        f'stroke-linejoin="round" focusable="false">{icons.DRAWINGS[name]}</svg>'
    )


@register.filter
def safe_markdown(text: str | None) -> SafeString:
    """Markdown as sanitised HTML: no raw HTML, no pictures, no scripts, only harmless links."""
    return mark_safe(markup.html(text or ""))  # noqa: S308  (sanitised by nh3)


@register.simple_tag(name="markdown")
def markdown_tag(text: str | None) -> SafeString:
    """The same as the filter `safe_markdown`."""
    return safe_markdown(text)


@register.filter
def percent(share: float | None) -> int:
    """A share 0..1 as a whole number of percent; None is 0."""
    return round(100 * min(1.0, max(0.0, share or 0.0)))


@register.filter
def ramp(share: float | None) -> int:
    """The step 1..5 of the mastery ramp for a share 0..1."""
    return min(5, 1 + int(5 * min(1.0, max(0.0, share or 0.0))))


@register.simple_tag
def mastery_bar(mastery: Any) -> dict[str, Any]:
    """What fragments/mastery.html draws, from a Mastery (or None): whole percents and a ramp step."""
    if mastery is None or not mastery.enough:
        return {"enough": False, "attempts": getattr(mastery, "attempts", 0)}
    low, high = percent(mastery.low), percent(mastery.high)
    return {
        "enough": True,
        "p": percent(mastery.p),
        "low": low,
        "high": high,
        "band": max(1, high - low),
        "step": ramp(mastery.p),
        "attempts": mastery.attempts,
    }


@register.simple_tag(takes_context=True)
def qs(context: template.Context, **changes: object) -> str:
    """The query string of this page with `changes`; None takes a name out. `{% qs page=2 %}`"""
    query: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"


@register.inclusion_tag("fragments/degraded.html")
def degraded(*kinds: str) -> dict[str, list[str]]:
    """Name what cannot be done now because a model is off, missing or down; nothing when all work.
    `{% degraded %}` speaks of all kinds, `{% degraded "chat" "hear" %}` of these."""
    return {"lines": state.sentences(kinds)}


_EXACT = {"line": gettext_noop("line %(line)s"), "cell": gettext_noop("cell %(cell)s")}


@register.filter
def place(locator: dict[str, Any] | None) -> str:
    """A locator in words: "page 3", "slide 4", "1:05", "Chapter 2, Osmosis"."""
    found = locator or {}
    kind = found.get("kind")
    if kind == "page":
        return _("page %(number)s") % {"number": found.get("page", "")}
    if kind == "slide":
        return _("slide %(number)s") % {"number": found.get("slide", "")}
    if kind == "time":
        return clock(found.get("start", 0))
    if kind == "section":
        exact = [_(words) % found for name, words in _EXACT.items() if name in found]
        return ", ".join([*(str(each) for each in found.get("path", [])[-2:]), *exact])
    if kind == "cell":
        return f"{found.get('sheet', '')} {found.get('range', '')}".strip()
    return ""


@register.filter
def clock(seconds: float | None) -> str:
    """Seconds as 1:05 or 1:02:05."""
    whole = int(seconds or 0)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
