"""What lies in the workspace of a GitHub job when a step begins: what was committed, or more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzers.model.command import Command
from analyzers.model.pipeline import Step

_CHECKOUT = "actions/checkout"
_MOVING = frozenset({"path", "repository", "sparse-checkout", "submodules"})
_HARMLESS_ACTIONS = re.compile(
    r"actions/(?:checkout|cache|setup-)|docker/|pnpm/action-setup|oven-sh/setup-|step-security/harden-runner"
    r"|google-github-actions/auth|aws-actions/configure|azure/login|arduino/setup-|dorny/paths-filter|\./"
)
_HARMLESS = frozenset(
    (
        *("", "apt", "apt-get", "cat", "corepack", "date", "df", "echo", "env", "exit", "export", "free"),
        *("ls", "mkdir", "node", "printenv", "printf", "pwd", "set", "test", "true", "uname", "which", "["),
    )
)
_TELLING = (("version",), ("env",), ("config",), ("--version",), ("-v",), ("cache",))
_RUNNER_FILES = ("GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY", "/dev/null")


def has_plain_checkout(steps: Sequence[Step]) -> bool:
    """Before the next step the repository was checked out into the workspace, and nothing else was put there.

    False too where a step may have made or fetched files.
    """
    checkouts = [step for step in steps if step.uses == _CHECKOUT]
    return bool(checkouts) and all(map(_is_harmless, steps))


def _is_harmless(step: Step) -> bool:
    if step.uses == _CHECKOUT:
        return _MOVING.isdisjoint(step.written) and "$" in step.written.get("ref", "$")
    if step.uses:
        return bool(_HARMLESS_ACTIONS.match(step.uses))
    return bool(step.commands) and all(map(_makes_no_file, step.commands))


def _makes_no_file(command: Command) -> bool:
    """It writes to no file but those that talk to the runner."""
    writes = all(any(name in file for name in _RUNNER_FILES) for file in command.writes)
    is_version = command.name in ("go", "npm", "yarn", "pnpm") and command.words[1:2] in _TELLING
    return writes and (command.name in _HARMLESS or is_version)
