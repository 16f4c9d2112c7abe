"""Where the CI configurations of a repository lie."""

from __future__ import annotations

import re

_WORKFLOW = re.compile(r"\.github/workflows/[^/]+\.ya?ml")


def is_github_workflow(path: str) -> bool:
    return bool(_WORKFLOW.fullmatch(path))


def is_gitlab_entry(path: str) -> bool:
    """The file GitLab starts from, unless the project's settings name another."""
    return path in (".gitlab-ci.yml", ".gitlab-ci.yaml")
