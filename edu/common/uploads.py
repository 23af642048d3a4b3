"""A file that came with a request, as a file on disk."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.uploadedfile import UploadedFile


@contextmanager
def on_disk(upload: UploadedFile) -> Iterator[str]:
    """Give the path of a temporary file with what was uploaded; it is gone afterwards."""
    large = getattr(upload, "temporary_file_path", None)
    if large is not None:
        yield large()
        return
    with tempfile.NamedTemporaryFile(prefix="edu-") as file:
        for part in upload.chunks():
            file.write(part)
        file.flush()
        yield file.name
