"""The engines of this process, when it is the inference process."""

from edu.inference.data import ModelUnavailable
from edu.inference.logic import calls
from edu.inference.logic.engines import Engines

_engines: list[Engines] = []


def start(only: list[str]) -> None:
    """Make the engines (all, or those of these names); nothing is loaded."""
    engines = Engines(only)
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
