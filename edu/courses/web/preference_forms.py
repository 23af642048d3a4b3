"""The form of what one prefers in one course."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from edu.common.formparts import LongSelect, OrderField, listed
from edu.users import api as users
from edu.users.data import OF_A_COURSE, TONES, WAYS, Preferences


class CoursePreferencesForm(forms.Form):
    """What is left empty is as in the profile."""

    tone = forms.ChoiceField(label=_("The tutor's tone"), required=False)
    language = forms.ChoiceField(
        label=_("Language you learn in"), required=False, widget=LongSelect
    )
    modalities = OrderField(
        label=_("How you like to learn"),
        choices=[(name, _(words)) for name, words in WAYS.items()],
        required=False,
    )
    voice = forms.CharField(
        label=_("Voice"),
        max_length=60,
        required=False,
        help_text=_(
            "It reads texts in its own language; others are read by a voice that fits them."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    speed = forms.FloatField(
        label=_("Speed of speech"),
        min_value=0.5,
        max_value=2.0,
        required=False,
        widget=forms.NumberInput(attrs={"step": "0.1"}),
    )
    daily_goal_minutes = forms.IntegerField(
        label=_("Daily goal in this course, in minutes"),
        min_value=1,
        max_value=600,
        required=False,
        help_text=_("Shown with your progress in the course. Empty: none of its own."),
    )

    def __init__(self, *args: Any, user: str, everywhere: Preferences, **more: Any) -> None:
        super().__init__(*args, **more)
        named: dict[str, Any] = self.fields
        names = dict(users.language_names())
        as_profile = gettext("As in your profile: %(value)s")
        for field, words, now in (
            ("tone", {name: gettext(words) for name, words in TONES.items()}, everywhere.tone),
            ("language", names, everywhere.language),
        ):
            same = ("", as_profile % {"value": words.get(now, now)})
            named[field].choices = [same, *words.items()]
        ways = ", ".join(gettext(WAYS[each]) for each in everywhere.modalities)
        named["modalities"].help_text = as_profile % {"value": ways}
        named["modalities"].widget.leave = gettext("As in your profile")
        voices = users.voice_names(user=user)
        usual = dict(voices or {}).get(everywhere.voice) or gettext(
            "the one that fits the language"
        )
        kept = str(self.initial.get("voice") or "")
        named["voice"] = listed(named["voice"], voices, kept, as_profile % {"value": usual})
        named["speed"].help_text = as_profile % {"value": everywhere.speed}

    def changes(self) -> dict[str, Any]:
        """Return what is in the form; None for what is as in the profile."""
        return {name: self.cleaned_data[name] or None for name in OF_A_COURSE}
