"""A teacher's question as a form, and back: one shape for the four kinds."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from edu.assessments.data import Item
from edu.courses.data import Objective

LABELS = {
    "choice": _("Choice: one or several options are right"),
    "number": _("Number, with a tolerance and perhaps a unit"),
    "short": _("Short answer in words"),
    "cloze": _("Gaps in a sentence"),
}
# Which fields belong to which kind; the others are left out of its form.
FIELDS = {
    "choice": ["options"],
    "number": ["value", "tolerance", "unit"],
    "short": ["accept"],
    "cloze": ["blanks"],
}


def lines(text: str) -> list[str]:
    """Return the lines of `text` that hold something, trimmed."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class ItemForm(forms.Form):
    """One question of the kind given."""

    stem = forms.CharField(
        label=_("Question"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    options = forms.CharField(
        label=_("Options, one a line"),
        max_length=8000,
        help_text=_("Put a * before each right one."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    value = forms.CharField(label=_("Right number"), max_length=50)
    tolerance = forms.CharField(
        label=_("Tolerance"),
        max_length=50,
        required=False,
        help_text=_("How far off is still right; 0 when empty."),
    )
    unit = forms.CharField(label=_("Unit"), max_length=30, required=False)
    accept = forms.CharField(
        label=_("Accepted answers, one a line"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    blanks = forms.CharField(
        label=_("What fills the gaps, one gap a line"),
        max_length=8000,
        help_text=_(
            "Write _____ for each gap in the question; put | between answers that both do."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    objective = forms.ChoiceField(label=_("Objective"), required=False)
    explanation = forms.CharField(
        label=_("Why, shown after the answer"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, kind: str, objectives: list[Objective], **more: Any) -> None:
        super().__init__(*args, **more)
        self.kind = kind
        for other, names in FIELDS.items():
            if other != kind:
                for name in names:
                    self.fields.pop(name)
        choice = self.fields["objective"]
        choice.choices = [(each.id, each.title) for each in objectives]  # type: ignore[attr-defined]

    def clean_value(self) -> float:
        """The right number; a comma may stand for the point."""
        return _number(self.cleaned_data["value"])

    def clean_tolerance(self) -> float:
        """The tolerance; nothing is 0."""
        return _number(self.cleaned_data["tolerance"] or "0")

    def item(self) -> dict[str, Any]:
        """Return stem, key, options, objective and explanation as the api takes them."""
        found = self.cleaned_data
        options: list[str] = []
        if self.kind == "choice":
            rows = lines(found["options"])
            options = [row.lstrip("*").strip() for row in rows]
            key: dict[str, Any] = {
                "correct": [at for at, row in enumerate(rows) if row.startswith("*")]
            }
        elif self.kind == "number":
            key = {"value": found["value"], "tolerance": found["tolerance"]}
            if found["unit"]:
                key["unit"] = found["unit"]
        elif self.kind == "short":
            key = {"accept": lines(found["accept"])}
        else:
            key = {
                "blanks": [
                    [each.strip() for each in line.split("|") if each.strip()]
                    for line in lines(found["blanks"])
                ]
            }
        return {
            "stem": found["stem"],
            "key": key,
            "options": options or None,
            "objective": found["objective"] or None,
            "explanation": found["explanation"],
        }


def initial(item: Item) -> dict[str, Any]:
    """Return what the form of an existing item begins with."""
    key = item.key
    right = set(key.get("correct", []))
    return {
        "stem": item.stem,
        "objective": item.objective,
        "explanation": item.explanation,
        "options": "\n".join(
            ("* " if at in right else "") + option.text for at, option in enumerate(item.options)
        ),
        "value": key.get("value", ""),
        "tolerance": key.get("tolerance", ""),
        "unit": key.get("unit", ""),
        "accept": "\n".join(key.get("accept", [])),
        "blanks": "\n".join(" | ".join(each) for each in key.get("blanks", [])),
    }


def _number(text: str) -> float:
    try:
        return float(str(text).strip().replace(",", "."))
    except ValueError:
        raise forms.ValidationError(gettext("Write a number, such as 2.5.")) from None
