"""The steps of a job in the order they run, those of the repository's own composite actions among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from analyzers.model.pipelines.composite_actions import Action, find_action
from analyzers.model.pipelines.github_steps import ReadStep, Surroundings, read_step
from analyzers.model.pipelines.repository_files import RepositoryFiles
from analyzers.parsers.yaml_node import Node

MOST_STEPS = 1_000
"""Of one job."""
_DEEPEST = 9
"""GitHub's own limit of actions within actions."""
_SETTING = re.compile(r"\b([A-Za-z_]\w{0,100})(?:=|<<)")


@dataclass
class StepList:
    """Reads the steps of one job."""

    files: RepositoryFiles
    is_complete: bool = True
    _handed_on: set[str] = field(default_factory=set)
    _count: int = 0

    def read(self, items: Iterable[Node], around: Surroundings, depth: int = 0) -> Iterator[ReadStep]:
        for node in items:
            if not node.items():
                continue
            self._count += 1
            if self._count > MOST_STEPS:
                self.is_complete = False
                return
            here = self._knowing(around)
            read = read_step(node, here)
            yield read
            yield from self._inside(read, here, depth)
            self._note_settings(node["run"].text)

    def _inside(self, read: ReadStep, around: Surroundings, depth: int) -> Iterator[ReadStep]:
        """The steps of the composite action that a step uses."""
        action = find_action(read.step.uses, self.files)
        if action == "missing" or (action and depth >= _DEEPEST):
            self.is_complete = False
        elif isinstance(action, Action) and action.is_composite:
            outer = around.contexts
            given = {
                name: replace(fact, value=None if fact.value is None else outer.put_in(fact.value))
                for name, fact in action.written_inputs(read.node["with"], outer.path).items()
            }
            contexts = replace(read.contexts, path=action.path, given=given)
            inner = Surroundings(contexts, around.scripts)
            yield from self.read(action.node.at("runs", "steps"), inner, depth + 1)

    def _knowing(self, around: Surroundings) -> Surroundings:
        """The surroundings of the next step."""
        if len(around.contexts.handed_on) == len(self._handed_on):
            return around
        return replace(around, contexts=replace(around.contexts, handed_on=frozenset(self._handed_on)))

    def _note_settings(self, script: str) -> None:
        """Variables that a script may hand on to the steps after it."""
        if "GITHUB_ENV" in script:
            self._handed_on.update(found[1] for found in _SETTING.finditer(script))
