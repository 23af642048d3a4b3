"""Controls of forms that Django's own are too slow for, or has not."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy


class LongSelect(forms.Select):
    """A list of hundreds of choices, drawn in one go: Django draws a template for each of them, which
    took most of the time of the page. Choices in groups are not for it."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Return the <select> with its options."""
        chosen = {str(each) for each in self.format_value(value)}
        own = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            (
                (key, SafeString(" selected") if str(key) in chosen else "", label)
                for key, label in self.choices
            ),
        )
        return format_html("<select{}>\n{}\n</select>", flatatt(own), options)


class OrderSelect(forms.SelectMultiple):
    """As many lists as there are choices, under one name: what comes first, what then."""

    use_fieldset = True
    leave = ""  # what to call choosing nothing at all, where one may

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Return the lists, each with a label of its own."""
        chosen = [str(each) for each in value or []][: len(list(self.choices))]
        base = {**(attrs or {}), "name": name}
        start = base.pop("id", f"id_{name}")
        parts = []
        for place, _choice in enumerate(self.choices):
            picked = chosen[place] if place < len(chosen) else ""
            empty = self.leave if place == 0 else gettext("nothing more")
            offered = [("", empty), *self.choices] if empty else [*self.choices]
            one = LongSelect(choices=offered)
            own = {**base, "id": f"{start}_{place}"}
            own["aria-label"] = gettext("First") if place == 0 else gettext("Then")
            parts.append(one.render(name, picked, own))
        return format_html('<div class="row tight">{}</div>', SafeString("\n".join(parts)))

    def id_for_label(self, id_: str, index: Any = None) -> str:
        """No single control is meant by the label: it is a legend."""
        return ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Return what was chosen, in order."""
        found = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
        return [each for each in found if each]


class OrderField(forms.MultipleChoiceField):
    """Some of the choices in an order, each at most once."""

    widget = OrderSelect

    def validate(self, value: Any) -> None:
        """Refuse what is chosen twice."""
        super().validate(value)
        if len(set(value)) < len(value):
            raise forms.ValidationError(gettext_lazy("Choose each only once."))


def listed(
    field: forms.Field, names: list[tuple[str, str]] | None, kept: str, empty: str
) -> forms.Field:
    """Return `field`, into which a name is typed, as a list of `names` (name, label); `empty` is what
    choosing none is called. What was `kept` stays a choice when it is in the list no more. Where names
    are None, anything can still be typed."""
    if names is None:
        return field
    gone = gettext("%(name)s (not here any more)") % {"name": kept}
    more = [(kept, gone)] if kept and kept not in dict(names) else []
    return forms.ChoiceField(
        label=field.label,
        help_text=field.help_text,
        required=False,
        choices=[("", empty), *names, *more],
        widget=LongSelect,
    )
