"""OpenAPI: the schema itself, JSON or YAML by Accept, made once in each process."""

from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer2, OpenApiYamlRenderer2
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


@lru_cache(maxsize=8)
def made(language: str | None) -> dict[str, Any]:
    """Return the whole schema in `language`; drawing it up takes a second, so it is kept."""
    return SchemaGenerator().get_schema(request=None, public=True)


class SchemaView(APIView):
    """The schema, for everybody."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = ()
    renderer_classes = (OpenApiJsonRenderer2, OpenApiYamlRenderer2)

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        """OpenAPI 3.1."""
        response = Response(made(get_language()))
        response["Cache-Control"] = "public, max-age=300"
        return response
