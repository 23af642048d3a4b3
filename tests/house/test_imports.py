"""The linter's walls stand, and no process loads a model that does not serve one."""

import os
import subprocess
import sys
from pathlib import Path

from tests.house.registry import ROOT

HEAVY = (
    "torch",
    "transformers",
    "faster_whisper",
    "ctranslate2",
    "xllamacpp",
    "whisper",
    "tesserocr",
    "rapidocr",
    "onnxruntime",
    "cv2",
)


def test_the_contracts_are_kept():
    linter = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run(
        [linter, "--no-cache"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-2000:]


def loaded(code: str) -> set[str]:
    """The top packages that a fresh interpreter has loaded after `code`."""
    script = f"{code}\nimport sys\nprint(*sorted({{n.partition('.')[0] for n in sys.modules}}))"
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "edu.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-4000:]
    return set(ran.stdout.split())


def test_a_worker_starts_without_any_model_library():
    """settings, all tables, all handlers and all tasks."""
    found = loaded(
        "import django, edu.celery\n"
        "django.setup()\n"
        "edu.celery.app.loader.import_default_modules()\n"
        "edu.celery.app.autodiscover_tasks(force=True)\n"
        "assert any(name.startswith('edu.') for name in edu.celery.app.tasks)"
    )
    assert found & set(HEAVY) == set()


def test_the_web_starts_without_any_model_library():
    """All URLs, all pages, the whole API."""
    found = loaded(
        "import django\ndjango.setup()\n"
        "from django.urls import get_resolver\nget_resolver().url_patterns"
    )
    assert found & set(HEAVY) == set()
