"""Forms of the pages of materials."""

from django import forms
from django.utils.translation import gettext_lazy as _

ENDINGS = (
    ".pdf,.docx,.pptx,.md,.markdown,.txt,.html,.htm,.png,.jpg,.jpeg,"
    ".wav,.mp3,.m4a,.ogg,.oga,.opus,.flac,.webm,.mp4"
)


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes many."""

    allow_multiple_selected = True


class BringForm(forms.Form):
    """Files to bring."""

    file = forms.FileField(
        label=_("Files"), widget=ManyFiles(attrs={"multiple": True, "accept": ENDINGS})
    )


class RenameForm(forms.Form):
    """Another title."""

    title = forms.CharField(
        label=_("Title"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
