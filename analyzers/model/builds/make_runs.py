"""Which recipes `make` runs: those of its targets, and of all that these need.

https://www.gnu.org/software/make/manual/make.html#Options-Summary
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from itertools import islice

from analyzers.model.builds.interpolation import UNKNOWN
from analyzers.model.builds.makefile_commands import resolved
from analyzers.model.builds.places import inside
from analyzers.parsers.joined_text import JoinedText
from analyzers.parsers.light import light_value
from analyzers.parsers.makefile import Makefile, Rule

_USUAL = ("GNUmakefile", "makefile", "Makefile")
_VALUED = {"-C": "C", "--directory": "C", "-f": "f", "--file": "f", "--makefile": "f"}
_OTHER_VALUED = frozenset({"-I", "--include-dir", "-o", "--old-file", "-W", "--what-if", "-E", "--eval"})
_MOST_FILES = 50
"""That one Makefile takes in."""
_MOST_RULES = 5_000
"""Of one Makefile."""
_MOST_PATTERNS = 100
_MOST_NEEDS = 50_000
"""That are followed, from target to target, for all calls together."""


@light_value
class MakeCall:
    """A call of make: the folder it goes to, the Makefile it names there, and the targets, as written."""

    folder: str = ""
    file: str = ""
    targets: tuple[str, ...] = ()


def read_make_call(words: Sequence[str]) -> MakeCall:
    """The arguments behind `make`."""
    given = {"C": "", "f": ""}
    targets = []
    rest = iter(words)
    for word in rest:
        flag, equals, value = word.partition("=")
        if flag in _VALUED:
            given[_VALUED[flag]] = value if equals else next(rest, "")
        elif word in _OTHER_VALUED:
            next(rest, None)
        elif word[:2] in _VALUED and not word.startswith("--"):
            given[_VALUED[word[:2]]] = word[2:]
        elif not word.startswith("-") and not equals and not word.isdigit():
            targets.append(word)
    return MakeCall(given["C"], given["f"], tuple(targets))


@light_value
class Recipe:
    """One line of a rule, and the file it stands in."""

    path: str
    rule: Rule
    line: JoinedText


@light_value
class _Placed:
    """A rule and the file it stands in."""

    path: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules of a Makefile and of what it takes in, by target and by pattern."""

    named: dict[str, list[_Placed]] = field(default_factory=dict)
    patterns: list[tuple[str, _Placed]] = field(default_factory=list)

    def add(self, target: str, placed: _Placed) -> None:
        if "%" not in target:
            self.named.setdefault(target, []).append(placed)
        elif len(self.patterns) < _MOST_PATTERNS:
            self.patterns.append((target, placed))

    def making(self, target: str) -> list[_Placed]:
        """What make runs for a target: the rules that name it, and else the first pattern that fits."""
        named = self.named.get(target, [])
        if any(placed.rule.recipes for placed in named):
            return named
        return named + [placed for pattern, placed in self.patterns if _fits(pattern, target)][:1]


class MakeRuns:
    """The Makefiles of a repository by path, and what their targets run."""

    def __init__(self, makefiles: Mapping[str, Makefile]) -> None:
        self._makefiles = makefiles
        self._rules: dict[tuple[str, str], _Rules] = {}
        self._left = _MOST_NEEDS

    def makefile(self, call: MakeCall, directory: str | None) -> tuple[str, str] | None:
        """The path of the Makefile that a call from a folder uses, and the folder make runs in."""
        folder = inside(directory, call.folder)
        if folder is None:
            return None
        paths = [inside(folder, name) for name in ((call.file,) if call.file else _USUAL)]
        found = next((path for path in paths if path in self._makefiles), None)
        return (found, folder) if found is not None else None

    def recipes(self, path: str, folder: str, targets: Sequence[str]) -> Iterator[Recipe]:
        """What is run; where no target is named, for the first one."""
        rules = self._rules_of(path, folder)
        waiting = list(targets or (self._makefiles[path].goal,))
        seen = set(waiting)
        for target in waiting:
            for placed in rules.making(posixpath.normpath(target)):
                yield from (Recipe(placed.path, placed.rule, line) for line in placed.rule.recipes)
                self._left -= 1 + len(placed.rule.needs)
                if self._left > 0:
                    needs = dict.fromkeys(self._words(placed.path, placed.rule.needs))
                    waiting += [need for need in needs if need not in seen]
                    seen.update(needs)

    def _rules_of(self, path: str, folder: str) -> _Rules:
        """The rules by target, those of the files that the Makefile takes in too."""
        if (path, folder) not in self._rules:
            found = self._rules[path, folder] = _Rules()
            for origin in dict.fromkeys((path, *islice(self._included(path, folder), _MOST_FILES))):
                for rule in self._makefiles[origin].rules[:_MOST_RULES]:
                    for target in self._words(origin, rule.targets):
                        found.add(posixpath.normpath(target), _Placed(origin, rule))
        return self._rules[path, folder]

    def _included(self, path: str, folder: str) -> Iterator[str]:
        for name in self._words(path, self._makefiles[path].includes):
            wanted = inside(folder, name)
            yield from (each for each in self._makefiles if wanted and fnmatchcase(each, wanted))

    def _words(self, path: str, written: Sequence[str]) -> list[str]:
        """The words with the Makefile's variables put in, without those that are not known."""
        makefile = self._makefiles[path]
        texts = (resolved(each, makefile) if "$" in each else each for each in written)
        return [word for text in texts for word in text.split() if UNKNOWN not in word]


def _fits(pattern: str, target: str) -> bool:
    """`%` stands for any text that is not empty."""
    start, _, end = pattern.partition("%")
    return target.startswith(start) and target.endswith(end) and len(target) > len(start) + len(end)
