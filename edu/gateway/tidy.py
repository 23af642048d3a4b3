"""What every operation of the schema shall have, filled in where its view need not say it: what a
parameter in a path is, what a success means, an example that stands at another call already."""

from typing import Any

Schema = dict[str, Any]

TAGS = {
    "attempts": "Answers to questions, and their grades",
    "auth": "Accounts and tokens",
    "courses": "Courses, and who is in them",
    "items": "The questions of a course, with their keys: for teachers",
    "materials": "What is learnt from: files, their passages, search",
    "me": "The person who asks: preferences, mastery, reviews, notices",
    "objectives": "What is to be learnt in a course",
    "quizzes": "Questions put to a learner, with hints",
    "sessions": "Talks with the tutor",
    "sound": "Speech to text, and text to speech",
    "turns": "What is said in a session, step by step",
    "webhooks": "Programs that are told what happens",
}
SUCCESS = {
    "200": "Done.",
    "201": "Made.",
    "202": "Taken on: ask again for how far it is.",
    "204": "Done; there is nothing to say.",
}
PLACES = {"member": "Id of the person in the course."}


def tidy(result: Schema) -> None:
    """Fill in what is missing, in place."""
    every = [each for calls in result["paths"].values() for each in calls.values()]
    for operation in every:
        for parameter in operation["parameters"]:
            if parameter["in"] == "path":
                name = parameter["name"]
                parameter.setdefault("description", PLACES.get(name, f"Id of the {name}."))
        for status, answer in operation["responses"].items():
            answer["description"] = answer.get("description") or SUCCESS.get(status, "A success.")
    _lend(every, result["components"]["schemas"])
    used = {tag for operation in every for tag in operation.get("tags", [])}
    result["tags"] = [
        {"name": name, "description": TAGS[name]} for name in sorted(used & set(TAGS))
    ]


def _lend(every: list[Schema], components: Schema) -> None:
    """Give an answer without an example the one of another call that answers with the same, or with a
    list of the same."""
    bodies = [
        body
        for operation in every
        for status, answer in operation["responses"].items()
        for body in answer.get("content", {}).values()
        if status.startswith("2") and "$ref" in body.get("schema", {})
    ]
    known = {body["schema"]["$ref"]: body["examples"] for body in bodies if body.get("examples")}
    for place, examples in list(known.items()):
        whole = components[place.rsplit("/", 1)[-1]].get("properties", {}).get("results", {})
        one = whole.get("items", {}).get("$ref")
        if one and one not in known:
            known[one] = {
                name: {**each, "value": each["value"]["results"][0]}
                for name, each in examples.items()
            }
    for body in bodies:
        if not body.get("examples") and body["schema"]["$ref"] in known:
            body["examples"] = known[body["schema"]["$ref"]]
