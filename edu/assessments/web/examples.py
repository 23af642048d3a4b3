"""One example of each thing, for the documentation of the API."""

ITEM_ID = "0197a3c4-8f1b-7a60-9c1e-2b1f0f6f2b11"
QUIZ_ID = "0197a3c5-1a2b-7c3d-8e4f-5a6b7c8d9e0f"
COURSE_ID = "0197a3c0-5d0e-7c1e-8a51-5f0f6f2b9f11"
OBJECTIVE_ID = "0197a3c1-2d0e-7c1e-8a51-5f0f6f2b9f11"
CITATION = {
    "marker": 1,
    "passage": "0197a3c2-7f10-7b11-8a4e-3c5d6e7f8091",
    "material": "0197a3c2-0001-7b11-8a4e-3c5d6e7f8091",
    "title": "Cells",
    "locator": {"kind": "page", "page": 3},
    "quote": "Osmosis is the movement of water through a membrane.",
    "url": "/materials/0197a3c2-0001-7b11-8a4e-3c5d6e7f8091/?passage=0197a3c2-7f10-7b11-8a4e-3c5d6e7f8091",
}
OPTIONS = [
    {"id": "o5c1e0a9d2b", "text": "osmosis"},
    {"id": "o77b0a4f1c3", "text": "diffusion"},
    {"id": "o0d9e8c7b6a", "text": "active transport"},
]
ITEM = {
    "id": ITEM_ID,
    "course": COURSE_ID,
    "kind": "choice",
    "stem": "What moves water through a membrane?",
    "options": OPTIONS,
    "key": {"correct": [0]},
    "objective": OBJECTIVE_ID,
    "source": "bank",
    "status": "live",
    "version": 1,
    "explanation": "Osmosis is the movement of water through a membrane.",
    "citations": [],
    "created_at": "2026-09-01T08:00:00.000Z",
}
NEW_ITEMS = {
    "choice": {
        "kind": "choice",
        "stem": "What moves water through a membrane?",
        "options": ["osmosis", "diffusion", "active transport"],
        "key": {"correct": [0]},
    },
    "number": {
        "kind": "number",
        "stem": "How fast does a stone fall after one second?",
        "key": {"value": 9.81, "tolerance": 0.05, "unit": "m/s"},
    },
    "short": {
        "kind": "short",
        "stem": "Who discovered radium?",
        "key": {"accept": ["Marie Curie", "Curie"]},
    },
    "cloze": {
        "kind": "cloze",
        "stem": "Plant cells are bounded by a membrane and a _____.",
        "key": {"blanks": [["cell wall", "wall"]]},
    },
}
QUESTION = {
    "id": ITEM_ID,
    "kind": "choice",
    "stem": "What moves water through a membrane?",
    "options": [OPTIONS[1], OPTIONS[0], OPTIONS[2]],
    "objective": OBJECTIVE_ID,
    "source": "bank",
    "blanks": 0,
    "unit": "",
    "several": False,
    "language": "en",
    "position": 1,
    "status": "open",
    "tries": 0,
    "hint_level": 0,
}
QUIZ = {
    "id": QUIZ_ID,
    "course": COURSE_ID,
    "status": "ready",
    "progress": 1.0,
    "size": 1,
    "source": "bank",
    "mode": "quiz",
    "items": [QUESTION],
    "count": 1,
    "objectives": [],
    "kinds": [],
    "done": 0,
    "note": "",
    "error": None,
    "created_at": "2026-09-01T08:00:00.000Z",
    "finished_at": "2026-09-01T08:00:00.000Z",
}
ATTEMPT = {
    "id": "0197a3c6-3b4c-7d5e-8f60-718293a4b5c6",
    "quiz": QUIZ_ID,
    "item": ITEM_ID,
    "item_version": 1,
    "objective": OBJECTIVE_ID,
    "status": "graded",
    "score": 1.0,
    "correct": True,
    "feedback": "Right.",
    "confidence": 1.0,
    "needs_review": False,
    "response": OPTIONS[0]["id"],
    "key": {"correct": [0], "options": [OPTIONS[0]["id"]], "texts": ["osmosis"]},
    "key_text": "osmosis",
    "explanation": "Osmosis is the movement of water through a membrane.",
    "citations": [CITATION],
    "hint_level": 0,
    "try_number": 1,
    "key_seen": False,
    "counts": 1.0,
    "seconds": 7.4,
    "shown_at": "2026-09-01T08:00:00.000Z",
    "answered_at": "2026-09-01T08:00:07.400Z",
}
HINT = {
    "level": 1,
    "name": "nudge",
    "text": "Look again at “Cells”, page 3.",
    "last": False,
    "citations": [{**CITATION, "quote": ""}],
}
WAITING = {
    "attempt": "0197a3c5-1c2d-7d58-b7a1-7e2f8f1e6a55",
    "course": "0197a3c0-5d0e-7c1e-8a51-5f0f6f2b9f11",
    "item": "0197a3c4-8f1b-7a60-9c1e-2b1f0f6f2b11",
    "stem": "Why does a raisin swell in water?",
    "key_text": "Water moves into it by osmosis.",
    "response_text": "Because water goes where more sugar is.",
    "proposed": 0.5,
    "confidence": 0.4,
    "why": "Some of the words of the key are there.",
    "answered_at": "2026-11-22T14:03:11.204Z",
}
