"""The engines of this process, when it is the inference process."""

from edu.inference.data import ModelUnavailable
from edu.inference.logic import calls
from edu.inference.logic.engines import Engines

_engines: list[Engines] = []


def start(echo: bool) -> None:
    """Make the engines; nothing is loaded."""
    engines = Engines(echo)
    engines.start()
    _engines[:] = [engines]


def stop() -> None:
    """Give up all work and unload."""
    calls.stop_all()
    for engines in _engines:
        engines.stop()
    _engines.clear()


def engines() -> Engines:
    """Return them; raise ModelUnavailable in any other process."""
    if not _engines:
        raise ModelUnavailable("This process runs no models. Start: manage.py serve_inference")
    return _engines[0]
