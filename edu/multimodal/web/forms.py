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
        widget=ManyFiles(attrs={"multiple": True, "accept": ",".join(api.endings())}),
    )


class RenameForm(forms.Form):
    """Another title."""

    title = forms.CharField(
        label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
