"""The steps of a job in the order they run, those of the repository's own composite actions among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from analyzers.model.pipeline import Step
from analyzers.model.pipelines.composite_actions import Action, find_action
from analyzers.model.pipelines.contexts import Contexts
from analyzers.model.pipelines.github_steps import Surroundings, read_step
from analyzers.model.pipelines.repository_files import RepositoryFiles
from analyzers.parsers.yaml_node import Node

MOST_STEPS = 1_000
"""Of one job."""
_DEEPEST = 9
"""GitHub's own limit of actions within actions."""
_SETTING = re.compile(r"\b([A-Za-z_]\w{0,100})(?:=|<<)")


class ReadStep(NamedTuple):
    """A step, the mapping it was read from, and what its expressions were worth."""

    step: Step
    node: Node
    contexts: Contexts


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
            step = read_step(node, here)
            yield ReadStep(step, node, here.contexts.with_env(step.env))
            yield from self._inside(node, step, here, depth)
            self._note_settings(node["run"].text)

    def _inside(self, node: Node, step: Step, around: Surroundings, depth: int) -> Iterator[ReadStep]:
        """The steps of the composite action that a step uses."""
        action = find_action(step.uses, self.files)
        if action == "missing" or (action and depth >= _DEEPEST):
            self.is_complete = False
        elif isinstance(action, Action) and action.is_composite:
            outer = around.contexts
            given = {
                name: replace(fact, value=None if fact.value is None else outer.put_in(fact.value))
                for name, fact in action.written_inputs(node["with"], outer.path).items()
            }
            contexts = replace(outer.with_env(step.env), path=action.path, given=given)
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
