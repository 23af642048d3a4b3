"""Forms of the account pages. What is right and wrong is the api's to say: these only carry it."""

from collections.abc import Sequence
from typing import Any

from allauth.account.forms import RequestLoginCodeForm
from django import forms
from django.conf import settings
from django.contrib.auth import get_backends
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from edu.common.errors import Invalid
from edu.common.formparts import LongSelect, OrderField, listed
from edu.users import api
from edu.users.data import TONES, WAYS, Preferences


def _password(label: Any, autocomplete: str, **more: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=1000, strip=False, widget=widget, **more)


class SignInForm(forms.Form):
    """Address and password."""

    email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = _password(_("Password"), "current-password")


class PupilForm(forms.Form):
    """Class code, user name and password of a pupil."""

    class_code = forms.CharField(
        label=_("Class code"),
        max_length=100,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    username = forms.CharField(
        label=_("User name"),
        max_length=100,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = _password(_("Password"), "current-password")


class SignUpForm(forms.Form):
    """A new account."""

    display_name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        help_text=_("As others in your courses will see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
    )
    email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = _password(
        _("Password"),
        "new-password",
        help_text=_(
            "At least 8 characters. Three or four words that do not belong together are good."
        ),
    )

    invitation = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    # Filled in by the browser where there is script; whose days begin when is worth knowing.
    time_zone = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)


class BirthForm(forms.Form):
    """When somebody was born, asked of everybody alike."""

    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        widget=forms.NumberInput(attrs={"autocomplete": "bday-year", "autofocus": True}),
    )

    def clean_birth_year(self) -> int:
        """Refuse what is no year of birth."""
        year = int(self.cleaned_data["birth_year"])
        try:
            api.below_age(birth_year=year)
        except Invalid as error:
            raise forms.ValidationError(error.fields["birth_year"]) from None
        return year


class MinorForm(SignUpForm):
    """A wish for an account, to which somebody else has to consent."""

    guardian_email = forms.CharField(
        label=_("E-mail address of a parent or guardian"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("We ask them whether you may have an account."),
    )
    class_code = forms.CharField(
        label=_("Or the code of your class"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Then your teacher is asked."),
    )


class AddressForm(forms.Form):
    """Whom a letter goes to."""

    email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )


class CodeForm(RequestLoginCodeForm):
    """Whom a code to sign in goes to: the account that has the address now."""

    email = AddressForm.declared_fields["email"]

    def clean_email(self) -> str:
        """Find the account; that there is none is not told."""
        email = str(super().clean_email()).strip().lower()
        found = api.for_code(email=email)
        self._user = get_backends()[0].get_user(found) if found else None
        return email


class NewPasswordForm(forms.Form):
    """A password for an account whose old one is forgotten."""

    new = _password(_("New password"), "new-password", help_text=_("At least 8 characters."))
    again = _password(_("New password again"), "new-password")

    def __init__(self, *args: Any, guardians: Sequence[str] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        if guardians:
            named = {"names": ", ".join(guardians)}
            self.fields["keep_guardians"] = forms.BooleanField(
                label=gettext("%(names)s is my parent or guardian") % named,
                required=False,
                help_text=_(
                    "They see how you learn, and decide for you. Tick it if you know them."
                ),
            )

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        cleaned = super().clean() or {}
        if "again" in cleaned and cleaned.get("new") != cleaned["again"]:
            self.add_error("again", _("The two new passwords differ."))
        return cleaned


class OwnPasswordForm(NewPasswordForm):
    """The password of an account whose address is being confirmed."""

    new = _password(_("Your password"), "new-password")
    again = _password(_("Your password again"), "new-password")


class PasswordForm(NewPasswordForm):
    """Another password for the same account."""

    old = _password(_("Your password now"), "current-password")
    field_order = ("old", "new", "again")


def _site_languages() -> list[tuple[str, str]]:
    return [("", gettext("As the one you learn in")), *settings.LANGUAGES]


def _time_zones() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in api.choices()["time_zone"]]


def _radio(label: Any, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)


class ProfileForm(forms.Form):
    """Name and preferences."""

    display_name = forms.CharField(
        label=_("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    site_language = forms.ChoiceField(
        label=_("Language of the site"),
        choices=_site_languages,
        required=False,
        help_text=_("Of pages and letters: these are the languages that the site has texts in."),
    )
    language = forms.ChoiceField(
        label=_("Language you learn in"),
        choices=api.language_names,
        widget=LongSelect,
        help_text=_(
            "The tutor answers in the language of your question; where that does not tell, in this "
            "one. Materials are quoted in their own."
        ),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=_time_zones, widget=LongSelect)
    theme = _radio(
        _("Theme"), [("auto", _("As the device")), ("light", _("Paper")), ("dark", _("Night"))]
    )
    reading_size = _radio(
        _("Size of text"),
        [
            ("small", _("Small")),
            ("normal", _("Normal")),
            ("large", _("Large")),
            ("huge", _("Very large")),
        ],
    )
    font = _radio(
        _("Letters"),
        [
            ("serif", _("With serifs, like a book")),
            ("sans", _("Without serifs")),
            ("dyslexic", _("Easier with dyslexia: heavier, wider set")),
        ],
    )
    motion = _radio(
        _("Motion"), [("auto", _("A little, as the device allows")), ("none", _("None"))]
    )
    modalities = OrderField(
        label=_("How you like to learn"),
        choices=[(name, _(words)) for name, words in WAYS.items()],
        help_text=_(
            "Pictures before reading: a source shows its page before the words. Listening first: the "
            "tutor's answers are read aloud, and speaking stands before writing."
        ),
    )
    tone = _radio(_("The tutor's tone"), [(name, _(words)) for name, words in TONES.items()])
    captions = forms.BooleanField(label=_("Show captions with recordings"), required=False)
    voice = forms.CharField(
        label=_("Voice"),
        max_length=60,
        required=False,
        help_text=_(
            "It reads texts in its own language; others are read by a voice that fits them."
        ),
    )
    speed = forms.FloatField(
        label=_("Speed of speech"),
        min_value=0.5,
        max_value=2.0,
        help_text=_("1 is as spoken, 0.5 half as fast, 2 twice as fast."),
        widget=forms.NumberInput(attrs={"step": "0.1"}),
    )
    daily_goal_minutes = forms.IntegerField(
        label=_("Daily goal, in minutes"), min_value=1, max_value=600
    )

    PREFERENCES = tuple(Preferences.__dataclass_fields__)

    def __init__(self, *args: Any, user: str, **more: Any) -> None:
        super().__init__(*args, **more)
        if len(settings.LANGUAGES) < 2:  # nothing to choose
            del self.fields["site_language"]
        names, kept = api.voice_names(user=user), str(self.initial.get("voice") or "")
        empty = gettext("The one that fits the language")
        self.fields["voice"] = listed(self.fields["voice"], names, kept, empty)

    def wanted(self) -> dict[str, Any]:
        """Return the preferences in the form."""
        return {name: self.cleaned_data[name] for name in self.PREFERENCES if name in self.fields}
