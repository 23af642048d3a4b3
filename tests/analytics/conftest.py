"""The objectives of these stories."""

from tests.analytics.places import goals  # noqa: F401
