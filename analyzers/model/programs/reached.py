"""The places of a program by name, out of what its packages share with other programs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import Generic, TypeVar

from analyzers.model.programs.package import Package, Site
from analyzers.parsers.go.file import Placed

Node = TypeVar("Node", bound=Placed, covariant=True)


class Reached(Generic[Node]):
    """`running` are the identities of the functions that the program may run: only places in them count."""

    def __init__(
        self,
        packages: Sequence[Package],
        find: Callable[[Package, str], Sequence[Site[Node]]],
        running: AbstractSet[int],
    ) -> None:
        self._packages = packages
        self._find = find
        self._running = running
        self._known: dict[str, Sequence[Site[Node]]] = {}

    def get(self, name: str, default: Sequence[Site[Node]] = ()) -> Sequence[Site[Node]]:
        """The places of a name, in the order of packages and files."""
        known = self._known.get(name)
        if known is None:
            word = name.rpartition(".")[2]
            holding = (package for package in self._packages if word in package.by_word)
            named = (site for package in holding for site in self._find(package, name))
            known = self._known[name] = [site for site in named if id(site.function) in self._running]
        return known or default
