"""Examples for the API's documentation."""

from typing import Any

SESSION = {
    "id": "0197a3d0-77aa-7b52-8a51-5f0f6f2b9f11",
    "course": "0197a3c0-5d0e-7c1e-8a51-5f0f6f2b9f11",
    "mode": "tutor",
    "status": "open",
    "title": "What is osmosis?",
    "objective": None,
    "turns": 1,
    "created_at": "2026-11-22T14:05:00.000000Z",
    "updated_at": "2026-11-22T14:05:02.113000Z",
}
CITATION = {
    "marker": 1,
    "passage": "0197a3c8-8f1b-7a60-9c1e-2b1f0f6f2b11",
    "material": "0197a3c7-11aa-7b52-8a51-5f0f6f2b9f11",
    "title": "Cells",
    "locator": {"kind": "page", "page": 3},
    "quote": "Osmosis is the movement of water through a membrane.",
    "url": "/materials/0197a3c7-11aa-7b52-8a51-5f0f6f2b9f11/"
    "?passage=0197a3c8-8f1b-7a60-9c1e-2b1f0f6f2b11",
}
QUEUED: dict[str, Any] = {
    "id": "0197a3d1-02aa-7b52-8a51-5f0f6f2b9f11",
    "session": SESSION["id"],
    "course": SESSION["course"],
    "status": "queued",
    "progress": 0.0,
    "text": "What is osmosis?",
    "wants": "",
    "heard": None,
    "seen": None,
    "answer": "",
    "abstained": False,
    "citations": [],
    "checks": [],
    "question": None,
    "grade": None,
    "steps": [],
    "sentences": [],
    "degraded": [],
    "objective": None,
    "audio_url": None,
    "image_url": None,
    "error": None,
    "created_at": "2026-11-22T14:05:00.104000Z",
    "finished_at": None,
}
READY = {
    **QUEUED,
    "status": "ready",
    "progress": 1.0,
    "answer": "Osmosis is the movement of water through a membrane. [1]",
    "citations": [CITATION],
    "checks": [
        {"name": "materials answer this", "passed": True, "detail": "0.98 by words and meaning"},
        {"name": "quotes stand in their passages", "passed": True, "detail": "1 verbatim"},
    ],
    "question": {
        "item": "0197a3d1-55aa-7b52-8a51-5f0f6f2b9f11",
        "stem": "Osmosis is the movement of _____ through a membrane.",
        "kind": "cloze",
        "options": [],
        "quiz": "0197a3d1-54aa-7b52-8a51-5f0f6f2b9f11",
        "hint_level": 0,
    },
    "steps": [
        {
            "agent": "text",
            "task": "understand",
            "status": "done",
            "ms": 2,
            "summary": "question, en",
        },
        {
            "agent": "tutor",
            "task": "answer",
            "status": "done",
            "ms": 640,
            "summary": "1 quote from 1 material",
        },
    ],
    "sentences": [
        {
            "text": "Osmosis is the movement of water through a membrane.",
            "markers": [1],
            "grounded": True,
            "kind": "quote",
        }
    ],
    "finished_at": "2026-11-22T14:05:02.113000Z",
}
RECOMMENDATION = {
    "kind": "new",
    "title": "Start Osmosis",
    "why": "Diffusion is solid at 90 % and Osmosis builds on it.",
    "score": 0.62,
    "objective": "0197a3c1-11aa-7b52-8a51-5f0f6f2b9f11",
    "item": None,
    "material": CITATION["material"],
    "course": SESSION["course"],
    "url": f"/courses/{SESSION['course']}/tutor/?objective=0197a3c1-11aa-7b52-8a51-5f0f6f2b9f11",
    "action": "Start",
    "minutes": 5,
}
TURN_LINKS = {
    "sound": "/api/v1/turns/0197a3c9-11aa-7b52-8a51-5f0f6f2b9f11/sound?link=0197a3bf.6921c1f7.9f2c",
    "audio": None,
    "image": None,
    "expires_at": "2026-11-22T14:15:02.113000Z",
}
