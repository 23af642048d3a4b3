"""The class that an agent subclasses."""

from abc import ABC, abstractmethod
from typing import ClassVar

from edu.agents.data import Request, Result, Toolbox


class Agent(ABC):
    """One member of the team. It proposes; code checks; the orchestrator decides who acts next.

    `name` is how it is called, `about` one sentence of what it does, `tasks` what it can be asked.
    An agent keeps nothing between two runs. It stops with `Cancelled` soon after `tools.cancelled()`
    turns true, and lets errors of the models below (`ModelUnavailable`) through only when it cannot
    do its task without them.
    """

    name: ClassVar[str]
    about: ClassVar[str]
    tasks: ClassVar[tuple[str, ...]]

    @abstractmethod
    def run(self, request: Request, tools: Toolbox) -> Result:
        """Do `request.task` (one of `tasks`) and return what came of it."""
