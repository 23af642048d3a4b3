"""Forms of the account pages. What is right and wrong is the api's to say: these only carry it."""

from typing import Any

from allauth.account.forms import RequestLoginCodeForm
from django import forms
from django.conf.locale import LANG_INFO
from django.contrib.auth import get_backends
from django.utils.translation import gettext_lazy as _

from edu.users import api
from edu.users.data import Preferences
from edu.users.web.widgets import LongSelect


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

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        cleaned = super().clean() or {}
        if "again" in cleaned and cleaned.get("new") != cleaned["again"]:
            self.add_error("again", _("The two new passwords differ."))
        return cleaned


class PasswordForm(NewPasswordForm):
    """Another password for the same account."""

    old = _password(_("Your password now"), "current-password")
    field_order = ("old", "new", "again")


def _languages() -> list[tuple[str, str]]:
    names = ((code, str(LANG_INFO[code]["name_local"])) for code in api.choices()["language"])
    return sorted(((code, name[:1].upper() + name[1:]) for code, name in names), key=lambda x: x[1])


def _time_zones() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in api.choices()["time_zone"]]


def _radio(label: Any, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)


class ProfileForm(forms.Form):
    """Name and preferences."""

    display_name = forms.CharField(
        label=_("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=_languages,
        widget=LongSelect,
        help_text=_("For reading aloud and the tutor; pages follow where they are translated."),
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
    modalities = forms.MultipleChoiceField(
        label=_("How you like to learn"),
        choices=[
            ("text", _("By reading")),
            ("picture", _("By pictures")),
            ("voice", _("By listening")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    tone = _radio(
        _("The tutor's tone"),
        [("plain", _("Plain")), ("warm", _("Warm")), ("brief", _("As brief as can be"))],
    )
    captions = forms.BooleanField(label=_("Show captions with recordings"), required=False)
    voice = forms.CharField(
        label=_("Voice"),
        max_length=60,
        required=False,
        help_text=_("The name of a voice of this site. Empty: the one that fits the language."),
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

    def wanted(self, before: Preferences) -> dict[str, Any]:
        """Return the preferences in the form; ways of learning keep the order they had before."""
        result = {name: self.cleaned_data[name] for name in self.PREFERENCES}
        chosen = result["modalities"]
        kept = [each for each in before.modalities if each in chosen]
        result["modalities"] = kept + [each for each in chosen if each not in kept]
        return result
