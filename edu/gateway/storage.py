"""Static files under names that hold their hash, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Rewrites `import` between our ES modules too; a name that is not known is used as it is, so that
    a page never fails for the want of a picture."""

    support_js_module_import_aggregation = True
    manifest_strict = False
