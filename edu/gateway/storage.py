"""Static files under names that hold their hash, so that browsers may keep them for ever."""

import re
from collections.abc import Callable
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Rewrites `import` between our ES modules too; a name that is not known is used as it is, so that
    a page never fails for the want of a picture."""

    support_js_module_import_aggregation = True
    manifest_strict = False

    def url_converter(self, *args: Any, **more: Any) -> Callable[[re.Match[str]], str]:
        """As Django's, but what names no file stays: a library may speak of one in a comment."""
        convert = super().url_converter(*args, **more)

        def lenient(match: re.Match[str]) -> str:
            try:
                return str(convert(match))
            except ValueError:
                return match[0]

        return lenient

    def stored_name(self, name: str) -> str:
        """The name with its hash; `name` itself where there is no such file."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name
