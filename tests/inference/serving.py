"""Runs `manage.py serve_inference` for a test, as the supervisor does."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx

from edu.gateway.stack.children import free_port

ROOT = Path(__file__).resolve().parents[2]
KEY = "a-key-of-the-tests"


class Server:
    """A running inference process."""

    def __init__(self, *options: str, **environment: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/v1"
        env = os.environ | {"EDU_INFERENCE_KEY": KEY, "EDU_LOG_LEVEL": "WARNING"} | environment
        argv = [sys.executable, "manage.py", "serve_inference", f"--port={self.port}", *options]
        self.process = subprocess.Popen(argv, cwd=ROOT, env=env)
        end = time.monotonic() + 60
        while not self.answers():
            assert self.process.poll() is None, "the inference process ended at once"
            assert time.monotonic() < end, "the inference process does not answer"
            time.sleep(0.05)

    def answers(self) -> bool:
        try:
            return httpx.get(self.url.removesuffix("/v1") + "/health", timeout=2).is_success
        except httpx.HTTPError:
            return False

    def health(self) -> dict[str, dict]:
        parts = httpx.get(self.url.removesuffix("/v1") + "/health", timeout=5).json()["parts"]
        return {part["kind"]: part for part in parts}

    def post(self, path: str, key: str = KEY, **body) -> httpx.Response:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return httpx.post(f"{self.url}/{path}", headers=headers, timeout=60, **body)

    def stop(self) -> int:
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(20)


@contextmanager
def serving(*options: str, **environment: str):
    server = Server(*options, **environment)
    try:
        yield server
    finally:
        server.stop()


def ask_it(settings, server: Server, outside: bool = False, key: str = KEY) -> None:
    """Point the client at `server`: as our own process, or as an outside server of every kind."""
    from edu.inference.logic import state

    state.forget()
    settings.EDU_MODELS_INSIDE = ["127.0.0.1"]
    if outside:
        at = {"url": server.url, "key": key, "name": "echo"}
        settings.EDU_SERVERS = dict.fromkeys(
            ("model", "embed", "rerank", "see", "hear", "speak"), at
        )
    else:
        nowhere = {"url": "", "key": "", "name": ""}
        settings.EDU_SERVERS = dict.fromkeys(
            ("model", "embed", "rerank", "see", "hear", "speak"), nowhere
        )
        settings.EDU_INFERENCE_URL = server.url
        settings.EDU_INFERENCE_KEY = key
