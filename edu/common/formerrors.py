"""Puts what an api said about a form beside the fields that it is about."""

from django import forms
from django.utils.translation import gettext

from edu.common.errors import EduError, Invalid


def show(form: forms.BaseForm, error: EduError) -> None:
    """Add `error` to `form`: its named fields to the fields of these names (the last part of a dotted
    name counts), all else to the form as a whole."""
    named = error.fields if isinstance(error, Invalid) else {}
    for name, detail in named.items():
        field = name.rpartition(".")[2]
        form.add_error(field if field in form.fields else None, gettext(detail))
    if not named:
        said = gettext(error.template)
        form.add_error(None, said % error.params if error.params else said)
