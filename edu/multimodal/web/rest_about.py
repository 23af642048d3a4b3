"""What a material tells of itself, of the API."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from edu.multimodal import api
from edu.multimodal.data import ReadingLevel
from edu.multimodal.web.about import read_by, unlevelled
from edu.multimodal.web.rest import HIT, NOT_THERE, me


class QuotedOut(serializers.Serializer):
    """Words of the material, where they stand."""

    passage = serializers.CharField()
    quote = serializers.CharField(help_text="as it stands in the passage")
    locator = serializers.JSONField()
    url = serializers.CharField(help_text="opens the material there, with the quote marked")
    language = serializers.CharField()


class KeyTermOut(serializers.Serializer):
    """A key term of a material."""

    term = serializers.CharField()
    count = serializers.IntegerField(help_text="how often it occurs")
    defined = serializers.BooleanField(
        help_text="true when `quoted` is a sentence that defines it, false when it is the term itself"
    )
    quoted = QuotedOut()


class LevelOut(serializers.Serializer):
    """How hard a text is to read."""

    formula = serializers.CharField(help_text="the published formula for its language")
    score = serializers.FloatField(help_text="on the scale of the formula")
    band = serializers.ChoiceField(
        choices=["1-4", "5-6", "7-9", "10-12", "13+"],
        help_text="years of school for which such texts are; 13+ is after school",
    )
    words = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField(help_text="the band in words"))
    def get_words(self, level: ReadingLevel) -> str:
        """Return the band in the language of the person."""
        return read_by(level)


class AboutOut(serializers.Serializer):
    """What a material tells of itself, in its own words."""

    made = serializers.BooleanField(help_text="false while it is not looked for yet")
    summary = QuotedOut(many=True, help_text="the sentences that say most of it, in its order")
    terms = KeyTermOut(many=True)
    level = LevelOut(allow_null=True)
    level_note = serializers.SerializerMethodField()

    @extend_schema_field(
        serializers.CharField(help_text="why there is no `level`, if there is none")
    )
    def get_level_note(self, found: Any) -> str:
        """Return a sentence, or nothing."""
        return unlevelled(found)


EXAMPLE = {
    "made": True,
    "summary": [
        {
            "passage": HIT["passage"],
            "quote": HIT["text"],
            "locator": HIT["locator"],
            "url": HIT["url"],
            "language": "en",
        }
    ],
    "terms": [
        {
            "term": "osmosis",
            "count": 7,
            "defined": True,
            "quoted": {
                "passage": HIT["passage"],
                "quote": HIT["text"],
                "locator": HIT["locator"],
                "url": HIT["url"],
                "language": "en",
            },
        }
    ],
    "level": {
        "formula": "Flesch-Kincaid",
        "score": 8.1,
        "band": "7-9",
        "words": "for years 7 to 9 of school",
    },
    "level_note": "",
}


class AboutView(GenericAPIView):
    """materials/{material}/about"""

    serializer_class = AboutOut

    @extend_schema(
        summary="What a material is about",
        tags=["materials"],
        responses={200: AboutOut, 404: NOT_THERE},
        examples=[OpenApiExample("Cells", EXAMPLE, response_only=True)],
    )
    def get(self, request: Request, material: str) -> Response:
        """Its summary, chosen from its own sentences; its key terms with the sentences that define them;
        and how hard it is to read, by the formula that was published for its language."""
        return Response(AboutOut(api.portrait(user=me(request), material=material)).data)
