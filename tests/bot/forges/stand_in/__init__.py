"""A small GitHub on the loopback interface: keeps state, and refuses what GitHub refuses."""

from __future__ import annotations

from tests.bot.forges.stand_in.server import Fault, StandIn
from tests.bot.forges.stand_in.world import PullRequest, Repository, World

__all__ = ["Fault", "PullRequest", "Repository", "StandIn", "World"]
