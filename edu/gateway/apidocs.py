"""The OpenAPI schema as a page to read: groups of operations with their fields, answers and examples."""

import json
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext

from edu.gateway import schema as openapi

Schema = dict[str, Any]
METHODS = ("get", "post", "put", "patch", "delete")
DEEPEST = 4


@dataclass(frozen=True)
class Field:
    """One line of a table: `name` dotted where it is nested, `type` in words."""

    name: str
    type: str
    required: bool
    about: str


@dataclass(frozen=True)
class Body:
    """What is sent or answered in one media type, with an example where there is one."""

    media_type: str
    fields: list[Field]
    example: str = ""


@dataclass(frozen=True)
class Answer:
    """One answer: `status` with its phrase, and what is in it."""

    status: str
    phrase: str
    about: str
    body: Body | None


@dataclass(frozen=True)
class Operation:
    """One call."""

    id: str
    method: str
    path: str
    summary: str
    about: str
    public: bool
    parameters: list[Field] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)


@dataclass(frozen=True)
class Group:
    """The calls that share a tag."""

    name: str
    operations: list[Operation]


@lru_cache(maxsize=8)
def groups(language: str | None) -> list[Group]:
    """Return all operations in `language`, by their first tag, in the schema's order."""
    whole = openapi.made(language)
    reader = _Reader(whole)
    found: dict[str, list[Operation]] = {}
    for path, operations in whole["paths"].items():
        for method in METHODS:
            if method in operations:
                made = reader.operation(method, path, operations[method])
                tag = (operations[method].get("tags") or ["other"])[0]
                found.setdefault(tag, []).append(made)
    return [Group(name, operations) for name, operations in found.items()]


class _Reader:
    """Reads one schema; knows its components."""

    def __init__(self, whole: Schema) -> None:
        self.components = whole.get("components", {}).get("schemas", {})

    def operation(self, method: str, path: str, raw: Schema) -> Operation:
        bodies = raw.get("requestBody", {}).get("content", {})
        return Operation(
            id=raw.get("operationId", f"{method}{path}"),
            method=method.upper(),
            path=path,
            summary=raw.get("summary", ""),
            about=raw.get("description", ""),
            public=not raw.get("security") or {} in raw["security"],
            parameters=[self.parameter(each) for each in raw.get("parameters", [])],
            bodies=[
                self.body(kind, each)
                for kind, each in bodies.items()
                if kind != "application/x-www-form-urlencoded"
            ],
            answers=[
                self.answer(code, each)
                for code, each in raw.get("responses", {}).items()
                if code != "default"
            ],
        )

    def parameter(self, raw: Schema) -> Field:
        where = {
            "path": gettext("in the path"),
            "query": gettext("in the query"),
            "header": gettext("a header"),
        }
        kind = f"{self.words(raw.get('schema', {}))}, {where.get(raw['in'], raw['in'])}"
        return Field(raw["name"], kind, raw.get("required", False), raw.get("description", ""))

    def answer(self, code: str, raw: Schema) -> Answer:
        content = list(raw.get("content", {}).items())
        problem = not content or content[0][0] == "application/problem+json"
        body = None if problem else self.body(*content[0])
        phrase = HTTPStatus(int(code)).phrase if code.isdigit() else ""
        return Answer(code, phrase, raw.get("description", ""), body)

    def body(self, kind: str, raw: Schema) -> Body:
        examples = [each.get("value") for each in raw.get("examples", {}).values()]
        example = json.dumps(examples[0], indent=2, ensure_ascii=False) if examples else ""
        return Body(kind, self.fields(raw.get("schema", {})), example)

    def resolve(self, raw: Schema) -> Schema:
        while "$ref" in raw:
            raw = self.components.get(raw["$ref"].rsplit("/", 1)[-1], {})
        if len(raw.get("allOf", [])) == 1:
            return {
                **self.resolve(raw["allOf"][0]),
                **{k: v for k, v in raw.items() if k != "allOf"},
            }
        if "oneOf" in raw or "anyOf" in raw:
            options = [self.resolve(each) for each in raw.get("oneOf") or raw.get("anyOf") or []]
            real = [
                each
                for each in options
                if each.get("type") != "null" and each.get("enum") != [None]
            ]
            if len(real) == 1:
                return {**real[0], **{k: v for k, v in raw.items() if k not in ("oneOf", "anyOf")}}
        return raw

    def fields(self, raw: Schema, before: str = "", depth: int = DEEPEST) -> list[Field]:
        """Flatten an object's properties, those of objects within it after a dot."""
        raw = self.resolve(raw)
        if raw.get("type") == "array":
            return self.fields(raw.get("items", {}), f"{before}[]", depth)
        found: list[Field] = []
        for name, each in raw.get("properties", {}).items():
            part, full = self.resolve(each), f"{before}.{name}" if before else name
            needed = name in raw.get("required", [])
            about = each.get("description") or part.get("description", "")
            found.append(Field(full, self.words(part), needed, about))
            if depth and self.inner(part):
                found += self.fields(part, full, depth - 1)
        return found

    def inner(self, part: Schema) -> bool:
        if part.get("type") == "array":
            part = self.resolve(part.get("items", {}))
        return bool(part.get("properties"))

    def words(self, raw: Schema) -> str:
        """The type of `raw` as one says it: "list of string", "one of a, b", "string or null"."""
        raw = self.resolve(raw)
        kinds = raw.get("type", [])
        kinds = [kinds] if isinstance(kinds, str) else list(kinds)
        if raw.get("enum"):
            return gettext("one of %s") % ", ".join(
                str(each) for each in raw["enum"] if each is not None
            )
        if "array" in kinds:
            inside = self.words(raw.get("items", {}))
            kinds[kinds.index("array")] = gettext("list of %s") % inside
        if "string" in kinds and raw.get("format"):
            kinds[kinds.index("string")] = str(raw["format"])
        options = raw.get("oneOf") or raw.get("anyOf") or []
        kinds += [self.words(each) for each in options]
        return gettext(" or ").join(dict.fromkeys(kinds)) or gettext("any value")
