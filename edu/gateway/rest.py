"""REST habits that all apps share."""

from rest_framework.parsers import JSONParser


class StrictJSONParser(JSONParser):
    """JSON, strictly."""
