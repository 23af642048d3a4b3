"""Forms of the course pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from edu.courses.data import ACCEPTED, PROPOSED, Decision, Objective


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CourseForm(forms.Form):
    """A new course."""

    title = forms.CharField(
        label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    description = forms.CharField(
        label=_("What it is about"), max_length=5000, required=False, widget=_area(3)
    )


class SettingsForm(CourseForm):
    """A course that is there."""

    learner_uploads = forms.BooleanField(
        label=_("Learners may bring materials too"),
        required=False,
        help_text=_("Otherwise only teachers do."),
    )
    teachers_see_talks = forms.BooleanField(
        label=_("Teachers may read what learners say to the tutor"),
        required=False,
        help_text=_(
            "From then on, not what was said before. The tutor's page tells the learners so, and each"
            " look is written down for them to see."
        ),
    )


class JoinForm(forms.Form):
    """A join code."""

    join_code = forms.CharField(
        label=_("Join code"),
        max_length=100,
        help_text=_("Eight letters and digits from your teacher; case and spaces do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class ObjectiveForm(forms.Form):
    """An objective; `others` are those that it may build on."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("What one can do afterwards, such as: Explain osmosis."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    description = forms.CharField(
        label=_("Description"), max_length=5000, required=False, widget=_area(3)
    )
    prerequisites = forms.MultipleChoiceField(
        label=_("Comes after"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, others: list[Objective], **more: Any) -> None:
        super().__init__(*args, **more)
        if others:
            self.fields["prerequisites"].choices = [(each.id, each.title) for each in others]  # type: ignore[attr-defined]
        else:
            del self.fields["prerequisites"]

    def wanted(self) -> dict[str, Any]:
        """Return what the api is to be told."""
        return {"prerequisites": [], **self.cleaned_data}


class ProposalsForm(forms.Form):
    """One row for each proposed objective: its words, and what becomes of it."""

    LATER = "later"

    def __init__(self, *args: Any, objectives: list[Objective], **more: Any) -> None:
        super().__init__(*args, **more)
        self.proposed = [each for each in objectives if each.status == PROPOSED]
        targets = [each for each in objectives if not each.root]
        for row in self.proposed:
            into = [(f"into:{each.id}", each.title) for each in targets if each.id != row.id]
            choices: list[Any] = [
                ("accept", _("Accept")),
                ("drop", _("Drop")),
                (self.LATER, _("Decide later")),
            ]
            if into:
                choices.append((_("Merge into"), into))
            self.fields[f"title-{row.id}"] = forms.CharField(
                label=_("Title"), max_length=200, required=False, initial=row.title
            )
            self.fields[f"do-{row.id}"] = forms.ChoiceField(
                label=_("What becomes of it"), choices=choices, initial="accept"
            )

    def rows(self) -> list[dict[str, Any]]:
        """Return for each proposal the objective and its two fields."""
        return [
            {"objective": each, "title": self[f"title-{each.id}"], "do": self[f"do-{each.id}"]}
            for each in self.proposed
        ]

    def decisions(self) -> list[Decision]:
        """Return what was decided; what is left for later is not among it."""
        made = []
        for each in self.proposed:
            verdict = self.cleaned_data[f"do-{each.id}"]
            if verdict.startswith("into:"):
                made.append(Decision(each.id, "merge", into=verdict.removeprefix("into:")))
            elif verdict != self.LATER:
                made.append(Decision(each.id, verdict, self.cleaned_data[f"title-{each.id}"]))
        return made


def sorts(objectives: list[Objective]) -> tuple[list[Objective], list[Objective]]:
    """Return the accepted ones without the root, and the proposed ones."""
    accepted = [each for each in objectives if each.status == ACCEPTED and not each.root]
    return accepted, [each for each in objectives if each.status == PROPOSED]
