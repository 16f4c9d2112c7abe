"""What the commands of a CI job call in the repository: recipes of Makefiles, scripts, skaffold's files."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from time import thread_time

from analyzers.finding import Location
from analyzers.model.builds.interpolation import UNKNOWN
from analyzers.model.builds.job_shells import job_shells
from analyzers.model.builds.loops import unrolled
from analyzers.model.builds.make_runs import MakeRuns, Recipe, read_make_call
from analyzers.model.builds.makefile_commands import read_recipe, recipe_text
from analyzers.model.builds.shell_state import ShellState
from analyzers.model.command import Command
from analyzers.model.command_reader import is_shell
from analyzers.model.pipeline import Job
from analyzers.parsers.light import light_value
from analyzers.parsers.makefile import Makefile

_CALLING = re.compile(r"\bmake\b|\bskaffold\b|\.(?:ba)?sh\b|\./|^[\w-]+/")
SECONDS = 1.0
"""For the recipes that all jobs run."""
_MOST_COMBINATIONS = 100
_MOST_RECIPES = 500
"""That one job runs."""
_DEEPEST = 10
"""How many calls of make deep a job is followed."""
_SKAFFOLD_BUILDS = ("build", "run", "dev", "debug")
"""https://skaffold.dev/docs/references/cli/"""


@light_value
class Called:
    """`recipes` by the place of each line; `files` that are run as a whole."""

    recipes: Collection[Location]
    files: Collection[str | None]


class Callees:
    """What jobs call, followed from recipe to recipe."""

    def __init__(
        self, makefiles: Mapping[str, Makefile], tree: Collection[str], names: Collection[str] = ()
    ) -> None:
        """`names` are those of the repository on GitHub."""
        self._makefiles = makefiles
        self._runs = MakeRuns(makefiles)
        self._tree = tree
        self._names = names
        self._known: dict[Location, Sequence[Command]] = {}
        self._left = SECONDS

    def of(self, job: Job) -> Called:
        """Nothing where the job calls none of these."""
        called = _Calls()
        if any(command.name == "make" or _file(command) for command in job.commands):
            for row in job.combinations[:_MOST_COMBINATIONS]:
                for step, shell in job_shells(job, row, self._names):
                    self._follow(step.commands, shell, called, 0)
        return Called(called.recipes, called.files)

    def _follow(self, commands: Sequence[Command], shell: ShellState, called: _Calls, depth: int) -> None:
        for command in unrolled(commands, shell):
            shell.run(command)
            if command.name == "make" and depth < _DEEPEST:
                self._make(command, shell, called, depth)
            elif written := _file(command):
                path = shell.place(shell.text(written))
                called.files.update({path} if path in self._tree else ())

    def _make(self, command: Command, shell: ShellState, called: _Calls, depth: int) -> None:
        call = read_make_call([shell.text(word) for word in command.words[1:]])
        found = self._runs.makefile(call, shell.directory)
        targets = [target for target in call.targets if UNKNOWN not in target]
        if found is None or (call.targets and not targets):
            return
        for recipe in self._runs.recipes(*found, targets):
            at = Location(recipe.path, recipe.line.span(0, len(recipe.line.text)))
            if at not in called.recipes and len(called.recipes) < _MOST_RECIPES:
                called.recipes[at] = None
                shell_there = ShellState(found[1], lambda name: None)
                self._follow(self._commands(at, recipe), shell_there, called, depth + 1)

    def _commands(self, at: Location, recipe: Recipe) -> Sequence[Command]:
        """Those of a recipe that may call something."""
        if at not in self._known:
            text = recipe_text(recipe.line, recipe.rule, self._makefiles[recipe.path])
            self._known[at] = ()
            if _CALLING.search(text) and self._left > 0:
                started = thread_time()
                self._known[at] = read_recipe(recipe.path, recipe.line, text, self._left)
                self._left -= thread_time() - started
        return self._known[at]


class _Calls:
    def __init__(self) -> None:
        self.recipes: dict[Location, None] = {}
        self.files: set[str | None] = set()


def _file(command: Command) -> str:
    """The script or configuration that a command runs, as written; empty for other commands."""
    words = command.words
    if command.name == "skaffold":
        named = command.flag("-f") or command.flag("--filename")
        return (named or "skaffold.yaml") if words[1:2] and words[1] in _SKAFFOLD_BUILDS else ""
    if words and (is_shell(words[0]) or words[0] in ("source", ".")):
        file = next((word for word in words[1:] if not word.startswith("-")), "")
        return "" if "-c" in words[1:2] else file
    return words[0] if words and "/" in words[0] else ""
