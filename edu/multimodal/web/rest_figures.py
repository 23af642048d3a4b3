"""Pictures in materials, of the API."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_field,
)
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from edu.multimodal import api
from edu.multimodal.data import Figure
from edu.multimodal.web.figures import alt_of, source_of
from edu.multimodal.web.files import shown
from edu.multimodal.web.rest import (
    CONFLICT,
    DENIED,
    MATERIAL,
    checked,
    me,
    paged,
    paging,
)


class WorkStepOut(serializers.Serializer):
    """One step of written work."""

    number = serializers.IntegerField(help_text="from 1")
    text = serializers.CharField()
    box = serializers.ListField(
        child=serializers.FloatField(), help_text="[x0, y0, x1, y1] as fractions of the picture"
    )


class FigureOut(serializers.Serializer):
    """A picture in a material, and what it shows."""

    id = serializers.CharField()
    material = serializers.CharField()
    ordinal = serializers.IntegerField()
    locator = serializers.JSONField(help_text="its place: page and box, slide, section, region")
    kind = serializers.CharField(
        help_text="photo, chart, diagram, formula, table, handwriting or text; empty when not known"
    )
    wide = serializers.IntegerField(help_text="pixels")
    high = serializers.IntegerField(help_text="pixels")
    alt = serializers.SerializerMethodField()
    alt_by = serializers.SerializerMethodField()
    words = serializers.ListField(
        child=serializers.CharField(), help_text="the lines that were read in it"
    )
    image = serializers.SerializerMethodField()
    latex = serializers.CharField(
        help_text="a formula as a model that sees reads it; empty where there is none, or no model"
    )
    steps = WorkStepOut(many=True, help_text="of a photo of written work")

    @extend_schema_field(serializers.CharField(help_text="what to say in the picture's place"))
    def get_alt(self, figure: Figure) -> str:
        """Return the text alternative."""
        return alt_of(figure)

    @extend_schema_field(
        serializers.ChoiceField(
            choices=["person", "author", "model", "rule"],
            help_text="who says so: a person here, the author of the file, a model, or a rule, which "
            "knows only the kind and the words in it",
        )
    )
    def get_alt_by(self, figure: Figure) -> str:
        """Return who says what it shows."""
        return source_of(figure)

    @extend_schema_field(
        serializers.CharField(
            allow_null=True,
            help_text="where the picture itself is to be had; null where it cannot be drawn",
        )
    )
    def get_image(self, figure: Figure) -> str | None:
        """Return the address of the picture."""
        if not figure.shown and figure.locator.get("kind") != "region":
            return None
        named = {"material": figure.material, "figure": figure.id}
        return reverse("api-material-figure-image", kwargs=named)


class PictureRenderer(BaseRenderer):
    """So that a client may ask for pictures."""

    media_type = "image/*"
    format = "image"
    charset = None
    render_style = "binary"

    def render(self, data: Any, *_arguments: object, **_named: object) -> Any:
        """Return the bytes; none for an answer that is only headers."""
        return data or b""


class AltIn(serializers.Serializer):
    """What a picture shows."""

    alt = serializers.CharField(
        max_length=1000, allow_blank=True, help_text="empty: as it was proposed"
    )


EXAMPLE = {
    "id": "0197a3c9-2c11-7a60-9c1e-2b1f0f6f2b11",
    "material": MATERIAL["id"],
    "ordinal": 0,
    "locator": {"kind": "page", "page": 3, "box": [0.12, 0.4, 0.88, 0.7]},
    "kind": "diagram",
    "wide": 900,
    "high": 420,
    "alt": "Diagram with the words: Cell wall, Membrane, Water. No model has described it.",
    "alt_by": "rule",
    "words": ["Cell wall", "Membrane", "Water"],
    "image": f"/api/v1/materials/{MATERIAL['id']}/figures/0197a3c9-2c11-7a60-9c1e-2b1f0f6f2b11/image",
    "latex": "",
    "steps": [],
}
NO_FIGURE = OpenApiResponse(description="There is no such picture, or it is not yours to see.")


class FiguresView(GenericAPIView):
    """materials/{material}/figures"""

    serializer_class = FigureOut

    @extend_schema(
        summary="Pictures of a material",
        tags=["materials"],
        parameters=[OpenApiParameter("page", int, description="Only those of this page.")],
        responses=FigureOut(many=True),
        examples=[OpenApiExample("A diagram", EXAMPLE, response_only=True)],
    )
    def get(self, request: Request, material: str) -> Response:
        """The pictures in it, each with its kind, a text alternative, the words that stand in it, and the
        address of the picture itself, made smaller, where it can be drawn; a photo of written work with
        its steps and where each stands."""
        page = request.query_params.get("page", "")
        only = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else None
        found = api.figures(user=me(request), material=material, page=only, **paging(request))
        return paged(FigureOut, found)


class FigureView(GenericAPIView):
    """materials/{material}/figures/{figure}"""

    serializer_class = FigureOut

    @extend_schema(
        summary="Say what a picture shows",
        tags=["materials"],
        request=AltIn,
        responses={
            200: FigureOut,
            400: OpenApiResponse(description="The text is too long."),
            403: DENIED,
            404: NO_FIGURE,
            409: CONFLICT,
        },
        examples=[
            OpenApiExample(
                "Another text", {"alt": "A plant cell in salt water, shrunk."}, request_only=True
            ),
            OpenApiExample("Written", {**EXAMPLE, "alt_by": "person"}, response_only=True),
        ],
    )
    def patch(self, request: Request, material: str, figure: str) -> Response:
        """Write its text alternative; teachers, and whoever brought the material. It is kept when the
        material is read again, and the picture is found by it."""
        api.material(user=me(request), material=material)
        said = checked(AltIn, request)["alt"]
        found = api.describe_figure(user=me(request), material=material, figure=figure, text=said)
        return Response(FigureOut(found).data)


class FigureImageView(GenericAPIView):
    """materials/{material}/figures/{figure}/image"""

    serializer_class = FigureOut
    renderer_classes = (PictureRenderer, JSONRenderer)

    @extend_schema(
        summary="A picture of a material itself",
        tags=["materials"],
        responses={
            (200, "image/png"): OpenApiTypes.BINARY,
            (200, "image/jpeg"): OpenApiTypes.BINARY,
            404: OpenApiResponse(
                description="There is no such picture, it cannot be drawn, or it is not yours to see."
            ),
        },
    )
    def get(self, request: Request, material: str, figure: str) -> HttpResponse:
        """The picture as PNG or JPEG, at most 1400 pixels a side, drawn anew: with nothing in it that its
        camera or its program wrote there."""
        return shown(api.figure_picture(user=me(request), material=material, figure=figure))
