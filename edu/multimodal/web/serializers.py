"""Materials, passages, hits and recordings as JSON."""

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from edu.common.sources import Place
from edu.multimodal import api
from edu.multimodal.data import Utterance
from edu.multimodal.web.told import Told


class LeftOut(serializers.Serializer):
    """A file of an archive that was not brought."""

    name = serializers.CharField()
    why = Told()


class ReplacementOut(serializers.Serializer):
    """What is read to take the place of a material."""

    why = serializers.ChoiceField(choices=["file", "page", "reader"])
    file_name = serializers.CharField()
    status = serializers.ChoiceField(choices=["queued", "running", "failed", "cancelled"])
    progress = serializers.FloatField(help_text="0 to 1")
    stage = Told()
    error = Told(allow_null=True)


class MaterialOut(serializers.Serializer):
    """A file that a course is made of, and how far its reading is."""

    id = serializers.CharField()
    course = serializers.CharField()
    title = serializers.CharField()
    file_name = serializers.CharField(help_text="what the person who brought it called it")
    media_type = serializers.CharField()
    kind = serializers.CharField(help_text="the format that reads it: pdf, docx, audio ...")
    bytes = serializers.IntegerField()
    status = serializers.ChoiceField(
        choices=["queued", "running", "ready", "failed", "cancelled"],
    )
    progress = serializers.FloatField(help_text="0 to 1")
    stage = Told(help_text="what is happening now, in one short sentence")
    error = Told(allow_null=True, help_text="when failed, why and what to do")
    passages = serializers.IntegerField()
    pages = serializers.IntegerField(help_text="pages or slides; 0 where there are none")
    seconds = serializers.FloatField(help_text="of sound; 0 where there is none")
    language = serializers.CharField(help_text="ISO 639-1; empty while it is not known")
    words_only = serializers.BooleanField(
        help_text="true while it is found by its words alone, not by its meaning"
    )
    url = serializers.CharField(help_text="where a page of the web was found; empty for files")
    fetched_at = serializers.DateTimeField(
        allow_null=True, help_text="when it was fetched from there for the last time"
    )
    drift = serializers.DictField(
        help_text="what had changed when it was last fetched, replaced or read anew (`why`: page, file, "
        "reader): how many passages were `kept`, the beginnings of those that `went`, `came` and "
        "`changed`, at last a number where there are more; empty after the first time"
    )
    archive = serializers.CharField(allow_null=True, help_text="the material that it came in")
    inside = serializers.CharField(help_text="its place in that archive")
    left = LeftOut(
        many=True,
        help_text="what of it could not be read, and files of an archive that were not brought",
    )
    replacement = ReplacementOut(
        allow_null=True, help_text="what is read to take its place, while it stays as it is"
    )
    uploaded_by = serializers.CharField()
    created_at = serializers.DateTimeField()


class MaterialIn(serializers.Serializer):
    """A file to bring."""

    file = serializers.FileField(allow_empty_file=True, max_length=None)
    title = serializers.CharField(required=False, allow_blank=True, max_length=200)


class PageIn(serializers.Serializer):
    """A page of the web to bring."""

    url = serializers.CharField(max_length=2000, help_text="its address, with https")
    title = serializers.CharField(required=False, allow_blank=True, max_length=200)


class MaterialChange(serializers.Serializer):
    """What can be changed of a material."""

    title = serializers.CharField(max_length=200)


class PassageOut(serializers.Serializer):
    """A citable piece of a material."""

    id = serializers.CharField()
    material = serializers.CharField()
    ordinal = serializers.IntegerField()
    text = serializers.CharField()
    locator = serializers.JSONField(help_text="its place: page, slide, seconds, section, region")
    path = serializers.ListField(child=serializers.CharField(), help_text="headings above it")
    kind = serializers.CharField(help_text="text, list, table, code, caption, notes or picture")
    language = serializers.CharField()
    objective = serializers.CharField(allow_null=True, help_text="that it teaches")


class PlaceOut(serializers.Serializer):
    """Another place where the same text stands."""

    passage = serializers.CharField()
    material = serializers.CharField()
    title = serializers.CharField(help_text="of the material")
    locator = serializers.JSONField()
    url = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField(help_text="opens the material at this passage"))
    def get_url(self, there: Place) -> str:
        """Return the address of the place."""
        return api.link(material=there.material, passage=there.passage)


class SourceOut(serializers.Serializer):
    """A passage that a search found."""

    passage = serializers.CharField()
    material = serializers.CharField()
    title = serializers.CharField(help_text="of the material")
    text = serializers.CharField()
    locator = serializers.JSONField()
    score = serializers.FloatField(help_text="0 to 1; orders the hits")
    similarity = serializers.FloatField(help_text="cosine of question and passage")
    coverage = serializers.FloatField(help_text="share of the question's weighted words in it")
    path = serializers.ListField(child=serializers.CharField())
    objective = serializers.CharField(allow_null=True)
    language = serializers.CharField()
    url = serializers.CharField(help_text="opens the material at this passage")
    also = PlaceOut(many=True, help_text="where the same text stands as well; those are no hits")


class FoundOut(serializers.Serializer):
    """The answer of a search."""

    results = SourceOut(many=True)
    relevant = serializers.BooleanField(
        help_text="false when nothing in the course speaks of what was asked"
    )


class SegmentOut(serializers.Serializer):
    """A stretch of speech."""

    start = serializers.FloatField(help_text="seconds from the beginning")
    end = serializers.FloatField()
    text = serializers.CharField()


class TranscriptionOut(serializers.Serializer):
    """A recording and its words."""

    id = serializers.CharField()
    status = serializers.ChoiceField(
        choices=["queued", "running", "ready", "failed", "cancelled"],
    )
    progress = serializers.FloatField()
    stage = Told()
    error = Told(allow_null=True)
    text = serializers.CharField()
    language = serializers.CharField()
    seconds = serializers.FloatField()
    segments = SegmentOut(many=True)


class RecordingIn(serializers.Serializer):
    """A recording to be heard."""

    file = serializers.FileField(allow_empty_file=True, max_length=None)


class SpeechIn(serializers.Serializer):
    """Text to be spoken."""

    text = serializers.CharField(
        max_length=50_000,
        help_text="Up to 5000 characters are answered with the sound, more with a 202.",
    )
    voice = serializers.CharField(required=False, allow_blank=True, max_length=100)
    speed = serializers.FloatField(
        required=False,
        min_value=0.5,
        max_value=2.0,
        help_text="Where it or `voice` is left out: as the person prefers.",
    )
    stream = serializers.BooleanField(
        required=False,
        default=False,
        help_text="true: the sound comes sentence by sentence as it is spoken, as a WAV file that does "
        "not say how long it is. Texts of more than 5000 characters are answered with a 202 in any case.",
    )


class UtteranceOut(serializers.Serializer):
    """A long text that is or was being spoken."""

    id = serializers.CharField()
    status = serializers.ChoiceField(
        choices=["queued", "running", "ready", "failed", "cancelled"],
    )
    progress = serializers.FloatField()
    stage = Told()
    error = Told(allow_null=True)
    seconds = serializers.FloatField(help_text="of sound; 0 until it is ready")
    audio_url = serializers.SerializerMethodField()

    @extend_schema_field({"type": ["string", "null"], "format": "uri-reference"})
    def get_audio_url(self, spoken: Utterance) -> str | None:
        """Return where the WAV file is to be had, with the same token; null until it is ready."""
        ready = spoken.status == "ready"
        return reverse("api-utterance-audio", kwargs={"speech": spoken.id}) if ready else None


class LinksOut(serializers.Serializer):
    """Addresses that open without a header; null where there is no such thing."""

    file = serializers.CharField(help_text="the file as it was brought")
    media = serializers.CharField(allow_null=True, help_text="a recording or film, to be played")
    captions = serializers.CharField(allow_null=True, help_text="what is said in it, as WebVTT")
    expires_at = serializers.DateTimeField()
