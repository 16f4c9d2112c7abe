"""A stage for each test about GitHub or GitLab, and one for each forge under contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.forges.gitlab_stage import GitlabStage, gitlab_stage
from tests.bot.forges.stages import STAGES, GithubStage, Stage, github_stage


@pytest.fixture
def github(tmp_path: Path) -> Iterator[GithubStage]:
    with github_stage(tmp_path) as stage:
        yield stage


@pytest.fixture
def gitlab(tmp_path: Path) -> Iterator[GitlabStage]:
    with gitlab_stage(tmp_path) as stage:
        yield stage


@pytest.fixture(params=sorted(STAGES))
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    with STAGES[request.param](tmp_path) as one:
        yield one
