"""Chat by llama.cpp (the xllamacpp wheel) on the GGUF file that models.toml names.

The library's own HTTP server cannot be left out; it listens on a random loopback port with a random
key that nobody is told. All requests come in process.
"""

import os
import queue
import secrets
import threading
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from edu.common.errors import Invalid
from edu.inference.base import CHAT, Backend, Body, Stopped
from edu.inference.base.files import absent, chosen, model_file
from edu.inference.base.protocol import CHOICES, gathered
from edu.inference.data import ModelUnavailable

CONTEXT = 4096  # tokens of prompt and answer together
BATCH = 64  # tokens of a prompt between two looks at whether anybody still waits
CACHE_MB = 128  # memory for the states of earlier prompts, whose heads are then not read again


class Llama(Backend):
    """See the module."""

    name = "llama"
    kinds = frozenset((CHAT,))

    def __init__(self) -> None:
        super().__init__()
        self.server: Any = None

    @property
    def model(self) -> str:
        """The manifest's name of the model in force."""
        model = chosen(CHAT)
        return model.name if model else "none"

    def absent(self) -> str:
        """See Backend."""
        return absent(CHAT)

    def load(self) -> None:
        """Map the file; about two seconds."""
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        import xllamacpp

        params = xllamacpp.CommonParams()
        params.model.path = str(model_file(CHAT, ".gguf"))
        params.n_ctx = CONTEXT
        params.n_parallel = 1
        params.n_batch = params.n_ubatch = BATCH
        params.cache_ram_mib = CACHE_MB
        params.no_extra_bufts = True  # the same speed with a third less memory
        params.fit_params = False
        params.verbosity = -1
        threads = settings.EDU_INFERENCE_THREADS
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
        params.api_keys = [secrets.token_urlsafe(24)]
        params.n_threads_http = 1
        params.ui = params.endpoint_slots = params.endpoint_props = params.endpoint_metrics = False
        params.model_alias = {self.model}
        try:
            self.server = xllamacpp.Server(params)
        except RuntimeError as error:
            raise ModelUnavailable(
                "The chat model cannot be loaded (%(why)s). Run `manage.py models check`.",
                why=error,
            ) from error

    def unload(self) -> None:
        """Free all of it; the process is as small as before."""
        self.server = None

    def complete(self, body: Body) -> Body:
        """Answer; through the stream, as only that can be stopped."""
        if body.get("tools"):
            answers: list[Body] = []
            self._run({**body, "stream": False}, answers.append)
            return answers[0]
        return gathered(self.stream(body))

    def stream(self, body: Body) -> Iterator[Body]:
        """Answer by chunks. The library calls back from within its call, so that runs in a thread of
        its own; it looks after every token, and every BATCH tokens of the prompt, whether to stop."""
        chunks: queue.Queue[Body | Exception | None] = queue.Queue()
        closed = threading.Event()

        def work() -> None:
            def take(chunk: Body) -> bool:
                chunks.put(chunk)
                return closed.is_set() or self.stopped()

            try:
                self._run({**body, "stream": True, "return_progress": True}, take)
                chunks.put(None)
            except Exception as error:
                chunks.put(error)

        thread = threading.Thread(target=work, name="llama")
        thread.start()
        try:
            while (chunk := chunks.get()) is not None:
                if isinstance(chunk, Exception):
                    raise chunk
                # Signs of life while the prompt is read: empty pieces, so that nobody gives up waiting.
                chunk.pop("prompt_progress", None)
                yield chunk
            if self.stopped():
                raise Stopped
        finally:
            closed.set()
            thread.join()

    def _run(self, body: Body, take: Any) -> None:
        sent = {name: value for name, value in body.items() if name not in (CHOICES, "model")}
        if body.get(CHOICES):
            sent["grammar"] = "root ::= " + " | ".join(_quoted(each) for each in body[CHOICES])
        sent["cache_prompt"] = True
        failed: list[Body] = []

        def look(chunk: Body) -> bool:
            if "error" in chunk:
                failed.append(chunk["error"])
                return True
            return bool(take(chunk))

        try:
            self.server.handle_chat_completions(sent, look)
        except (RuntimeError, ValueError, TypeError) as error:
            raise Invalid("The request does not fit the chat model: %(why)s", why=error) from error
        if failed:
            raise _error(failed[0])


def _quoted(text: str) -> str:
    """Return `text` as a literal of llama.cpp's grammar."""
    codes = (
        c if c.isalnum() or c == " " else f"\\x{ord(c):02X}" if ord(c) < 256 else c for c in text
    )
    return '"' + "".join(codes) + '"'


def _error(said: Body) -> Exception:
    """Return the error for what the library answered instead of words."""
    message = str(said.get("message", said))
    if int(said.get("code", 500)) in (400, 404, 413, 422, 501):
        return Invalid("The request does not fit the chat model: %(why)s", why=message)
    return ModelUnavailable("The chat model failed: %(why)s", why=message)
