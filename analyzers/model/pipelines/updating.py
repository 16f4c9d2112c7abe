"""Jobs whose purpose is to change files: they commit, open a change, or check that nothing changed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analyzers.model.command import Command
from analyzers.model.pipeline import Job

_UPDATING = re.compile(
    r"(?:^|[^a-z])(?:bump|codegen|dependabot|deps|gen|generate|regenerate|renovate|tidy|update|upgrade)(?:[^a-z]|$)",
    re.I,
)
_COMMITTING = re.compile(
    r"create-pull-request|git-auto-commit|add-and-commit|commit-action|github-push-action"
)
_GIT_CHANGES = frozenset({"add", "commit", "push"})
_GIT_QUESTIONS = frozenset({"diff", "status", "diff-index", "ls-files"})


def changes_files_on_purpose(job: Job) -> bool:
    """The job is there to update files, by its name, its file's name, or what it does at its end."""
    file = job.path.rpartition("/")[2]
    if _UPDATING.search(job.name) or _UPDATING.search(file):
        return True
    if any(_COMMITTING.search(step.uses) for step in job.steps):
        return True
    return _asks_git(job.commands, _GIT_CHANGES)


def looks_at_changes(commands: Iterable[Command]) -> bool:
    """One of the commands asks git what has changed, as `git diff --exit-code` does."""
    return _asks_git(commands, _GIT_QUESTIONS)


def _asks_git(commands: Iterable[Command], verbs: frozenset[str]) -> bool:
    return any(command.name == "git" and not verbs.isdisjoint(command.words[1:4]) for command in commands)
