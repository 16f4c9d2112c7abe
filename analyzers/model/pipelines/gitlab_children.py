"""`trigger:include`: pipelines of the same repository that a job starts.

https://docs.gitlab.com/ci/pipelines/downstream_pipelines/#parent-child-pipelines
"""

from __future__ import annotations

from collections.abc import Mapping

from analyzers.model.fact import Fact
from analyzers.model.pipelines.gitlab_includes import Documents, Included, included_files, listed
from analyzers.model.pipelines.layers import Layers
from analyzers.parsers.light import light_record
from analyzers.parsers.yaml_scalar import as_bool


@light_record
class Child:
    """A pipeline that is started, with the variables that are handed to it and win over its own."""

    files: tuple[Included, ...]
    variables: Mapping[str, Fact[str]]

    @property
    def path(self) -> str:
        return self.files[0].path


def read_child(
    trigger: Layers, variables: Mapping[str, Fact[str]], documents: Documents
) -> tuple[Child | None, bool]:
    """The child a job starts, None for another project's, and whether all of it is in the repository."""
    include = trigger["include"].node
    if not include:
        return None, True
    found = [included_files(entry, documents) for entry in listed(include)]
    files = tuple(each for part in found for each in part)
    forwards = as_bool(trigger["forward"]["yaml_variables"].node) is not False
    child = Child(files, dict(variables) if forwards else {}) if files else None
    return child, all(found)


def merged(first: Child, second: Child) -> Child:
    """One child that two jobs start: what they hand to it differently is not known."""
    names = first.variables.keys() | second.variables.keys()
    variables = {
        name: _agreed(first.variables.get(name), second.variables.get(name)) for name in sorted(names)
    }
    return Child(first.files, {name: fact for name, fact in variables.items() if fact})


def _agreed(first: Fact[str] | None, second: Fact[str] | None) -> Fact[str] | None:
    if first and second and first.value == second.value:
        return first
    some = first or second
    return Fact(None, some.at) if some else None
