"""A small GitHub on the loopback interface: keeps state, and refuses what GitHub refuses."""

from __future__ import annotations

from tests.bot.forges.stand_in.fault import Fault, Gate
from tests.bot.forges.stand_in.server import StandIn
from tests.bot.forges.stand_in.world import PullRequest, Repository, World

__all__ = ["Fault", "Gate", "PullRequest", "Repository", "StandIn", "World"]
