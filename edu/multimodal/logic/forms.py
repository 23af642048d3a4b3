"""The formats that are read, as pages show them."""

from edu.multimodal.base import formats
from edu.multimodal.data import Form


def known() -> list[Form]:
    """Return all of them, the best reader of a kind first."""
    return [
        Form(
            form.name,
            form.called,
            form.brought or form.label,
            form.icon,
            form.view,
            form.extensions,
        )
        for form in formats()
    ]
