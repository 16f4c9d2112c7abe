"""The `sleep` action of Kubernetes in the place of a preStop hook that runs `sleep`."""

from __future__ import annotations

from analyzers.model.manifests.prestop import sleeps_only
from analyzers.model.services.exec_hooks import ExecHook


def native_sleep(hook: ExecHook, seconds: int | None) -> str | None:
    """What stands for `exec: …` then, in the style it is written in; None where the hook does more."""
    if hook.kind != "preStop" or not seconds or not sleeps_only(hook.words):
        return None
    span = hook.at.span
    if span.line == span.end_line:
        return f"{{sleep: {{seconds: {seconds}}}}}"
    indent = " " * (span.column - 1)
    return f"sleep:\n{indent}  seconds: {seconds}"
