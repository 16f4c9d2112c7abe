"""CI configurations to pipelines."""

from __future__ import annotations

from analyzers.model.pipelines.github import is_github_workflow, read_github_workflow
from analyzers.model.pipelines.gitlab import is_gitlab_entry, read_gitlab, read_gitlab_pipelines

__all__ = [
    "is_github_workflow",
    "is_gitlab_entry",
    "read_github_workflow",
    "read_gitlab",
    "read_gitlab_pipelines",
]
