"""A small GitLab on the loopback interface: keeps state, and refuses what GitLab refuses."""

from __future__ import annotations

from tests.bot.forges.gitlab_stand_in.server import GitlabStandIn
from tests.bot.forges.gitlab_stand_in.world import MergeRequest, Project, World

__all__ = ["GitlabStandIn", "MergeRequest", "Project", "World"]
