"""What every agent is made of, and what agents share. One agent is one file in team/."""

from edu.agents.base.agent import Agent

__all__ = ["Agent"]
