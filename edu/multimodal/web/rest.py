"""Materials, passages and search of the API."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from edu.common.errors import Invalid
from edu.common.ids import parse_id
from edu.common.pages import Page, sensible
from edu.common.text import gettext_noop as _
from edu.courses import api as courses
from edu.multimodal import api
from edu.multimodal.data import NoSuchMaterial
from edu.multimodal.web.files import FILMS, PLAYED
from edu.multimodal.web.serializers import (
    FoundOut,
    LinksOut,
    MaterialChange,
    MaterialIn,
    MaterialOut,
    PageIn,
    PassageOut,
    SourceOut,
)
from edu.multimodal.web.uploads import on_disk
from edu.users import api as users

MOST_HITS = 50
MOST_KINDS = 30
MATERIAL = {
    "id": "0197a3c7-11aa-7b52-8a51-5f0f6f2b9f11",
    "course": "0197a3c0-5d0e-7c1e-8a51-5f0f6f2b9f11",
    "title": "Cells",
    "file_name": "cells.pdf",
    "media_type": "application/pdf",
    "kind": "pdf",
    "bytes": 81234,
    "status": "running",
    "progress": 0.31,
    "stage": "Reading page 12 of 40",
    "error": None,
    "passages": 0,
    "pages": 40,
    "seconds": 0.0,
    "language": "",
    "words_only": False,
    "url": "",
    "fetched_at": None,
    "drift": {},
    "archive": None,
    "inside": "",
    "left": [],
    "replacement": None,
    "uploaded_by": "0197a3bf-90aa-7b52-8a51-5f0f6f2b9f11",
    "created_at": "2026-11-22T14:03:11.204Z",
}
LINKS = {
    "file": f"/materials/{MATERIAL['id']}/file/?link=0197a3bf.6921c1f7.9f2c",
    "media": f"/materials/{MATERIAL['id']}/media/?link=0197a3bf.6921c1f7.1b07",
    "captions": f"/materials/{MATERIAL['id']}/captions/?link=0197a3bf.6921c1f7.77ac",
    "expires_at": "2026-11-22T14:15:02.113000Z",
}
HIT = {
    "passage": "0197a3c8-8f1b-7a60-9c1e-2b1f0f6f2b11",
    "material": MATERIAL["id"],
    "title": "Cells",
    "text": "Osmosis is the movement of water through a membrane.",
    "locator": {"kind": "page", "page": 3, "box": [0.12, 0.31, 0.88, 0.36]},
    "score": 0.71,
    "similarity": 0.66,
    "coverage": 1.0,
    "path": ["Cells", "Osmosis"],
    "objective": None,
    "language": "en",
    "url": f"/materials/{MATERIAL['id']}/?passage=0197a3c8-8f1b-7a60-9c1e-2b1f0f6f2b11",
    "also": [],
}
NOT_THERE = OpenApiResponse(description="There is no such thing, or it is not yours to see.")
DENIED = OpenApiResponse(description="You may see it, but not change it.")
CONFLICT = OpenApiResponse(description="Its status does not allow this.")


def me(request: Request) -> str:
    """Return the id of the person who asks."""
    return str(request.user.pk)


def checked(kind: type[Serializer], request: Request) -> dict[str, Any]:
    """Return the body as `kind` reads it; a 400 names every bad field."""
    serializer = kind(data=request.data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def paged(kind: type[Serializer], page: Page[Any]) -> Response:
    """Answer with one page; the cursors become addresses on their way out."""
    results = kind(page.items, many=True).data
    return Response({"results": results, "next": page.next, "previous": page.previous})


def paging(request: Request) -> dict[str, Any]:
    """Return the page that the query asks for."""
    return {
        "cursor": request.query_params.get("cursor"),
        "limit": sensible(request.query_params.get("limit")),
    }


class CourseMaterialsView(GenericAPIView):
    """courses/{course}/materials"""

    serializer_class = MaterialOut
    parser_classes = (MultiPartParser, JSONParser)

    @extend_schema(
        summary="Materials of a course",
        tags=["materials"],
        responses=MaterialOut(many=True),
        examples=[OpenApiExample("Being read", MATERIAL, response_only=True)],
    )
    def get(self, request: Request, course: str) -> Response:
        """List the materials of a course that I am in, newest first."""
        page = api.materials(user=me(request), course=course, **paging(request))
        return paged(MaterialOut, page)

    @extend_schema(
        summary="Bring a file, or a page of the web, into a course",
        tags=["materials"],
        request={"multipart/form-data": MaterialIn, "application/json": PageIn},
        responses={
            202: MaterialOut,
            400: OpenApiResponse(description="There is no file, or no address that is called."),
            403: OpenApiResponse(description="Learners may not bring materials into this course."),
            404: NOT_THERE,
            413: OpenApiResponse(description="The file is over the size limit."),
            415: OpenApiResponse(description="No format reads this type."),
            422: OpenApiResponse(description="A file of a known type that cannot be read."),
        },
        examples=[
            OpenApiExample(
                "A page of the web",
                {"url": "https://example.org/osmosis"},
                request_only=True,
                media_type="application/json",
            ),
            OpenApiExample("Queued", {**MATERIAL, "status": "queued"}, response_only=True),
        ],
    )
    def post(self, request: Request, course: str) -> Response:
        """Bring a file as a form, or what stands at an address as JSON with `url`. It is read in the
        background: ask for the material until its `status` is ready, failed or cancelled."""
        user = me(request)
        courses.course(user=user, course=course, need="bring")  # before the form is looked at
        if (request.content_type or "").partition(";")[0].strip() == "application/json":
            page = checked(PageIn, request)
            made = api.add_page(user=user, course=course, **page)
            return Response(MaterialOut(made).data, 202)
        form = checked(MaterialIn, request)
        with on_disk(form["file"]) as path:
            made = api.add_material(
                user=user,
                course=course,
                file_name=form["file"].name or "",
                path=path,
                title=form.get("title", ""),
            )
        return Response(MaterialOut(made).data, 202)


class MaterialView(GenericAPIView):
    """materials/{material}"""

    serializer_class = MaterialOut

    @extend_schema(
        summary="One material",
        tags=["materials"],
        responses={200: MaterialOut, 404: NOT_THERE},
        examples=[OpenApiExample("Being read", MATERIAL, response_only=True)],
    )
    def get(self, request: Request, material: str) -> Response:
        """What it is, and how far its reading is."""
        return Response(MaterialOut(api.material(user=me(request), material=material)).data)

    @extend_schema(
        summary="Rename a material",
        tags=["materials"],
        request=MaterialChange,
        responses={200: MaterialOut, 403: DENIED, 404: NOT_THERE},
        examples=[OpenApiExample("Another title", {"title": "All about cells"}, request_only=True)],
    )
    def patch(self, request: Request, material: str) -> Response:
        """Give it another title; teachers, and whoever brought it."""
        api.material(user=me(request), material=material)
        changed = checked(MaterialChange, request)
        return Response(
            MaterialOut(api.rename(user=me(request), material=material, **changed)).data
        )

    @extend_schema(
        summary="Remove a material",
        tags=["materials"],
        responses={
            204: OpenApiResponse(description="Removed. It can be restored for 30 days."),
            403: DENIED,
            404: NOT_THERE,
        },
    )
    def delete(self, request: Request, material: str) -> Response:
        """Take it out of the course; teachers, and whoever brought it."""
        api.remove(user=me(request), material=material)
        return Response(status=204)


class _ActView(GenericAPIView):
    """One verb on one material."""

    serializer_class = MaterialOut


class CancelView(_ActView):
    """materials/{material}/cancel"""

    @extend_schema(
        summary="Stop the reading of a material",
        tags=["materials"],
        request=None,
        responses={202: MaterialOut, 403: DENIED, 404: NOT_THERE, 409: CONFLICT},
    )
    def post(self, request: Request, material: str) -> Response:
        """Stop; whoever reads it stops within a second."""
        return Response(MaterialOut(api.cancel(user=me(request), material=material)).data, 202)


class RetryView(_ActView):
    """materials/{material}/retry"""

    @extend_schema(
        summary="Read a material once more",
        tags=["materials"],
        request=None,
        responses={202: MaterialOut, 403: DENIED, 404: NOT_THERE, 409: CONFLICT},
    )
    def post(self, request: Request, material: str) -> Response:
        """Try again what failed or was stopped."""
        return Response(MaterialOut(api.retry(user=me(request), material=material)).data, 202)


class RefetchView(_ActView):
    """materials/{material}/refetch"""

    @extend_schema(
        summary="Fetch a page of the web again",
        tags=["materials"],
        request=None,
        responses={
            202: MaterialOut,
            403: DENIED,
            404: NOT_THERE,
            409: OpenApiResponse(description="It was brought as a file, or is being read."),
            422: OpenApiResponse(description="Its address no longer gives a page."),
        },
    )
    def post(self, request: Request, material: str) -> Response:
        """Look whether it is another now. If so that is read to take its place (`replacement` says how
        far that is), and `drift` then tells what changed: passages that say the same keep their ids."""
        return Response(MaterialOut(api.refetch(user=me(request), material=material)).data, 202)


class RestoreView(_ActView):
    """materials/{material}/restore"""

    @extend_schema(
        summary="Bring a removed material back",
        tags=["materials"],
        request=None,
        responses={200: MaterialOut, 403: DENIED, 404: NOT_THERE},
    )
    def post(self, request: Request, material: str) -> Response:
        """Undo its removal, within 30 days."""
        return Response(MaterialOut(api.restore(user=me(request), material=material)).data)


class LinksView(GenericAPIView):
    """materials/{material}/links"""

    serializer_class = LinksOut

    @extend_schema(
        summary="Links to the file of a material",
        tags=["materials"],
        request=None,
        responses={200: LinksOut, 404: NOT_THERE},
        examples=[OpenApiExample("A recording", LINKS, response_only=True)],
    )
    def post(self, request: Request, material: str) -> Response:
        """Return addresses that a player or a page opens without a header, for ten minutes, and only as
        long as you may see them yourself. Give them to nobody else."""
        found = api.material(user=me(request), material=material)
        plays = found.media_type in PLAYED | FILMS
        names = {"file": "material-file"}
        if plays:
            names |= {"media": "material-media", "captions": "material-captions"}
        paths = [reverse(each, kwargs={"material": material}) for each in names.values()]
        links = users.links(user=me(request), paths=paths)
        told = {name: link.url for name, link in zip(names, links, strict=True)}
        empty = {"media": None, "captions": None}
        return Response(LinksOut({**empty, **told, "expires_at": links[0].expires_at}).data)


class PassagesView(GenericAPIView):
    """materials/{material}/passages"""

    serializer_class = PassageOut

    @extend_schema(
        summary="Passages of a material",
        tags=["materials"],
        responses=PassageOut(many=True),
        examples=[
            OpenApiExample(
                "A passage",
                {
                    "id": HIT["passage"],
                    "material": MATERIAL["id"],
                    "ordinal": 0,
                    "text": HIT["text"],
                    "locator": HIT["locator"],
                    "path": HIT["path"],
                    "kind": "text",
                    "language": "en",
                    "objective": None,
                },
                response_only=True,
            )
        ],
    )
    def get(self, request: Request, material: str) -> Response:
        """Its citable pieces in order, each with its place."""
        page = api.passages(user=me(request), material=material, **paging(request))
        return paged(PassageOut, page)


class SearchView(GenericAPIView):
    """courses/{course}/search"""

    serializer_class = FoundOut

    @extend_schema(
        summary="Search in a course",
        tags=["materials"],
        parameters=[
            OpenApiParameter("q", str, required=True, description="Words or a question."),
            OpenApiParameter("limit", int, description="At most 50; 8 when not given."),
            OpenApiParameter("objective", str, description="Only what teaches this objective."),
            OpenApiParameter("material", str, description="Only this material."),
            OpenApiParameter(
                "kind", str, many=True, description="Only materials of these kinds: pdf, audio ..."
            ),
        ],
        responses={
            200: FoundOut,
            400: OpenApiResponse(description="There is nothing to search for, or no such kind."),
            404: NOT_THERE,
        },
        examples=[
            OpenApiExample("A hit", {"results": [HIT], "relevant": True}, response_only=True)
        ],
    )
    def get(self, request: Request, course: str) -> Response:
        """Find passages by their words and by their meaning, best first."""
        courses.course(user=me(request), course=course)
        query = request.query_params.get("q", "").strip()
        if not query:
            raise Invalid(fields={"q": _("Write what to search for.")})
        kinds = [each for each in request.query_params.getlist("kind")[:MOST_KINDS] if each]
        there = sorted(form.name for form in api.forms())
        if not set(kinds) <= set(there):
            raise Invalid(fields={"kind": _("Choose some of these: %s.") % ", ".join(there)})
        material = request.query_params.get("material") or None
        if material:
            home = api.material(user=me(request), material=material).course
            if parse_id(home) != parse_id(course):
                raise NoSuchMaterial
        found = api.search(
            user=me(request),
            course=course,
            query=query,
            limit=sensible(request.query_params.get("limit"), 8, MOST_HITS),
            objective=request.query_params.get("objective") or None,
            material=material,
            kinds=kinds,
        )
        hits = [
            {**vars(hit), "url": api.link(passage=hit.passage, material=hit.material)}
            for hit in found.results
        ]
        return Response({"results": SourceOut(hits, many=True).data, "relevant": found.relevant})
