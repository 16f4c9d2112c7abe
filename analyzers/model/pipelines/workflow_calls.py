"""Workflows of the repository that call one another, and with which inputs.

https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from analyzers.model.fact import Fact
from analyzers.model.pipelines.contexts import Contexts
from analyzers.model.pipelines.matrix import MOST_ROWS, Row, read_matrix
from analyzers.model.pipelines.repository_files import RepositoryFiles
from analyzers.model.yaml_facts import place
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_scalar import as_number_text

_DEEPEST = 10
"""GitHub's own limit of workflows that call workflows."""
Call = tuple[str, Node]
"""The workflow that calls, and its job that does."""


def rows_of_job(path: str, job: Node, callers: Sequence[Row]) -> tuple[Row, ...]:
    """The combinations a job runs in: its matrix, for every caller of its workflow."""
    found: list[Row] = []
    for caller in callers:
        contexts = Contexts(path, (caller,))
        matrix = job.at("strategy", "matrix")
        found += ({**caller, **row} for row in read_matrix(path, matrix, contexts.value_of_name))
    return tuple(found[:MOST_ROWS]) or ({},)


def called_workflow(job: Node, files: RepositoryFiles) -> str:
    """The workflow of the repository that a job calls; empty without one."""
    path = _called(job)
    return path if path in files.documents else ""


class WorkflowCalls:
    """Who calls which workflow."""

    def __init__(self, workflows: Mapping[str, Node]) -> None:
        self._workflows = workflows
        self._calls: dict[str, list[Call]] = {}
        for path, root in workflows.items():
            for _, entry in root["jobs"].items():
                job = entry.value.target
                if called := _called(job):
                    self._calls.setdefault(called, []).append((path, job))

    def callers_of(self, path: str, depth: int = 0) -> tuple[Row, ...]:
        """The inputs of each call, as `inputs.name`. Without a caller, or where others may start it, none."""
        root = self._workflows.get(path)
        if root is None or depth > _DEEPEST or not root["on"]["workflow_call"]:
            return ({},)
        rows = list(islice(self._rows(path, root, depth), MOST_ROWS))
        is_started_otherwise = len(root["on"].items()) > 1
        return tuple([*rows, {}] if is_started_otherwise else rows) or ({},)

    def _rows(self, path: str, root: Node, depth: int) -> Iterator[Row]:
        seen: list[Row] = []
        for caller, job in islice(self._calls.get(path, ()), MOST_ROWS):
            outer = rows_of_job(caller, job, self.callers_of(caller, depth + 1))
            for row in outer:
                inputs = _inputs(path, root, Contexts(caller, (row,)), job["with"])
                if inputs not in seen:
                    seen.append(inputs)
                    yield inputs


def _inputs(path: str, root: Node, contexts: Contexts, given: Node) -> Row:
    inputs: dict[str, Fact[str]] = {}
    for name, entry in root.at("on", "workflow_call", "inputs").items():
        default = entry.value.target["default"]
        if given[name]:
            fact = contexts.fact(given[name])
        else:
            fact = Fact(as_number_text(default) if default else "", place(path, default))
        if fact.value is not None:
            inputs[f"inputs.{name}"] = fact
    return inputs


def _called(job: Node) -> str:
    uses = job["uses"].text
    return posixpath.normpath(uses) if uses.startswith("./") else ""
