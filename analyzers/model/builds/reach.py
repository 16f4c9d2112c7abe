"""What a job runs that stands in other files: targets of Makefiles, scripts, skaffold configurations.

https://www.gnu.org/software/make/manual/make.html#Options-Summary and https://skaffold.dev/docs/references/cli/
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from analyzers.finding import Location
from analyzers.model.builds.interpolation import UNKNOWN, known
from analyzers.model.builds.places import inside
from analyzers.model.builds.shell_state import ShellState
from analyzers.model.builds.variables import job_lookup
from analyzers.model.command import Command
from analyzers.model.pipeline import Job, Step
from analyzers.parsers.joined_text import JoinedText
from analyzers.parsers.light import light_record
from analyzers.parsers.makefile import Makefile, Rule

MOST_COMBINATIONS = 20
MOST_PATTERNS = 100
"""Of one Makefile."""
MOST_STEPS = 50_000
"""From target to target, for all jobs together."""
_NAMES = ("GNUmakefile", "makefile", "Makefile")
_VALUED = frozenset({"-f", "-C", "-I", "-o", "-W", "-l", "--file", "--makefile", "--directory", "--filename"})
_SHELLS = frozenset({"bash", "sh", "source", "."})
_LEADING = _SHELLS | {"make", "skaffold"}
_BUILDS = ("build", "run", "dev", "debug")
_AGAIN = re.compile(r"\$[({]MAKE[)}]((?:[ \t]+[\w./%-]{1,100})+)")
_SCRIPT = re.compile(r"(?:^|[\s;&|])(?:\./)?([\w./-]{1,200}\.(?:ba)?sh)\b")


class Reach:
    """Follows the commands of jobs into the Makefiles of a repository, by path."""

    def __init__(self, makefiles: Mapping[str, Makefile]) -> None:
        self._makefiles = makefiles
        self._trees: dict[tuple[str, str], _Targets] = {}
        self._steps = MOST_STEPS

    def places(self, job: Job) -> Iterator[Location | str]:
        """The lines of recipes that a job runs, and whole files by their path."""
        if any(map(_leads_on, job.commands)):
            for row in job.combinations[:MOST_COMBINATIONS]:
                yield from self._of_combination(job, row)

    def _of_combination(self, job: Job, row: Mapping[str, str]) -> Iterator[Location | str]:
        shell = None
        for step in job.steps:
            if shell is None or job.system == "github":
                shell = ShellState(_directory(step), job_lookup(job, step, row))
            for command in step.commands:
                shell.run(command)
                if _leads_on(command):
                    yield from self._of_command(command, shell)

    def _of_command(self, command: Command, shell: ShellState) -> Iterator[Location | str]:
        words = [shell.text(word) for word in command.words]
        if command.name == "make":
            folder = inside(shell.directory, _value(words, "-C", "--directory") or ".")
            file = _value(words, "-f", "--file", "--makefile")
            targets = _others(words)
            if targets or not any(UNKNOWN in word for word in words):
                yield from self._of_make(folder, file, targets)
        elif command.name == "skaffold" and words[1:2] and words[1] in _BUILDS:
            path = inside(shell.directory, _value(words, "-f", "--filename") or "skaffold.yaml")
            yield from (path,) if path else ()
        else:
            script = next(iter(_others(words)), "") if command.name in _SHELLS else words[0]
            path = inside(shell.directory, script) if "/" in script or script.endswith(".sh") else None
            yield from (path,) if path else ()

    def _of_make(self, folder: str | None, file: str, names: Sequence[str]) -> Iterator[Location | str]:
        paths = (inside(folder, name) for name in ((file,) if file else _NAMES))
        path = next((each for each in paths if each in self._makefiles), None)
        if path is None or folder is None:
            return
        if (path, folder) not in self._trees:
            self._trees[path, folder] = _Targets(self._makefiles, path, folder)
        targets = self._trees[path, folder]
        pending, seen = list(names or targets.first), set[str]()
        while pending and self._steps > 0:
            name = pending.pop()
            if name not in seen:
                seen.add(name)
                for made in targets.making(name):
                    self._steps -= 1 + len(made.needs)
                    pending += made.needs
                    yield from made.places


def _leads_on(command: Command) -> bool:
    return command.name in _LEADING or "/" in command.words[0] if command.words else False


@light_record
class _Made:
    """What one rule runs, and what make makes before."""

    needs: tuple[str, ...]
    places: tuple[Location | str, ...]


class _Targets:
    """The rules of a Makefile and of what it includes, as it is run in a folder."""

    def __init__(self, makefiles: Mapping[str, Makefile], path: str, folder: str) -> None:
        self._folder = folder
        self._named: dict[str, list[_Made]] = defaultdict(list)
        self._patterns: list[tuple[str, _Made]] = []
        included = filter(None, (inside(folder, name) for name in makefiles[path].includes))
        for each in dict.fromkeys((path, *included)):
            if each in makefiles:
                self._take(each, makefiles[each])

    @property
    def first(self) -> tuple[str, ...]:
        """What make makes that is told nothing."""
        return tuple(islice((name for name in self._named if not name.startswith(".")), 1))

    def making(self, target: str) -> Iterator[_Made]:
        yield from self._named.get(target, ())
        yield from (made for pattern, made in self._patterns if _fits(pattern, target))

    def _take(self, path: str, makefile: Makefile) -> None:
        for rule in makefile.rules:
            made = self._made(path, rule, [makefile.recipes[number] for number in rule.recipe])
            for target in rule.targets:
                if "%" not in target:
                    self._named[target].append(made)
                elif len(self._patterns) < MOST_PATTERNS:
                    self._patterns.append((target, made))

    def _made(self, path: str, rule: Rule, lines: Sequence[JoinedText]) -> _Made:
        again = [name for line in lines for found in _AGAIN.findall(line.text) for name in found.split()]
        scripts = [inside(self._folder, name) for line in lines for name in _SCRIPT.findall(line.text)]
        recipe = [Location(path, line.span(0, len(line.text))) for line in lines]
        needs = [need for need in rule.needs if "$" not in need]
        return _Made((*needs, *again), (*recipe, *(script for script in scripts if script)))


def _fits(pattern: str, target: str) -> bool:
    """`%` stands for any text that is not empty."""
    start, _, end = pattern.partition("%")
    return target.startswith(start) and target.endswith(end) and len(target) > len(start) + len(end)


def _directory(step: Step) -> str | None:
    return inside("", step.directory.value or "$") if step.directory else ""


def _value(words: Sequence[str], *flags: str) -> str:
    """The value of a flag, in the next word or behind `=`."""
    for word, following in zip(words, (*words[1:], ""), strict=True):
        if word in flags:
            return known(following) or "$"
        name, equals, value = word.partition("=")
        if equals and name in flags:
            return known(value) or "$"
    return ""


def _others(words: Sequence[str]) -> list[str]:
    """The words that are neither the program, flags, their values nor settings, as far as they are known."""
    found, rest = [], iter(words[1:])
    for word in rest:
        if word in _VALUED:
            next(rest, None)
        elif not word.startswith("-") and "=" not in word and known(word):
            found.append(word)
    return found
