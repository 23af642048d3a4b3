"""Forms of the pages of materials."""

from django import forms
from django.utils.translation import gettext_lazy as _

from edu.multimodal import api


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes many."""

    allow_multiple_selected = True


class BringForm(forms.Form):
    """Files to bring."""

    file = forms.FileField(
        label=_("Files"),
        widget=ManyFiles(
            attrs={
                "multiple": True,
                "accept": ",".join(f".{each}" for form in api.forms() for each in form.endings),
            }
        ),
    )


class ReplaceForm(forms.Form):
    """The file that takes the place of another."""

    file = forms.FileField(
        label=_("The new file"),
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={"accept": ",".join(f".{each}" for form in api.forms() for each in form.endings)}
        ),
    )


class PageForm(forms.Form):
    """A page of the web to bring."""

    url = forms.CharField(
        label=_("Address of a web page"),
        max_length=2000,
        widget=forms.URLInput(attrs={"autocomplete": "off", "placeholder": "https://"}),
    )


class RenameForm(forms.Form):
    """Another title."""

    title = forms.CharField(
        label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
