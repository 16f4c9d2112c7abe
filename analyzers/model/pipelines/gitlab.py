"""GitLab CI: a configuration with its local includes.

Syntax: https://docs.gitlab.com/ci/yaml/
"""

from __future__ import annotations

from analyzers.model.pipeline import Pipeline
from analyzers.model.pipelines.gitlab_includes import Documents, gather
from analyzers.model.pipelines.gitlab_jobs import JobReader


def is_gitlab_entry(path: str) -> bool:
    """The file GitLab starts from, unless the project's settings name another."""
    return path in (".gitlab-ci.yml", ".gitlab-ci.yaml")


def read_gitlab(path: str, documents: Documents) -> Pipeline:
    """The jobs of a configuration. `documents` has every YAML file that may be included, by its path.

    Raises Unreadable where it has more jobs, or its scripts more in them, than anyone would write.
    """
    root, is_complete = gather(path, documents)
    jobs = tuple(JobReader(root, is_complete).jobs())
    return Pipeline(path, "gitlab", jobs, is_complete)
