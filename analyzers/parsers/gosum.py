"""go.sum: the hashes of modules (https://go.dev/ref/mod#go-sum-files)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from analyzers.parsers.light import light_value
from analyzers.parsers.problem import Unreadable

MOST_CHARACTERS = 8 * 1024 * 1024
_GOMOD = "/go.mod"


@light_value
class GoSum:
    """By path and version: the hash of the module's files, and that of its go.mod alone."""

    modules: Mapping[tuple[str, str], str] = field(default_factory=dict)
    gomods: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def has(self, path: str, version: str) -> bool:
        return (path, version) in self.modules or (path, version) in self.gomods


def parse_gosum(text: str) -> GoSum:
    """Read a go.sum. Raises Unreadable for what is too large or has a line of another form."""
    if len(text) > MOST_CHARACTERS:
        raise Unreadable("larger than 8 MiB")
    modules: dict[tuple[str, str], str] = {}
    gomods: dict[tuple[str, str], str] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        words = line.split()
        if not words:
            continue
        if len(words) != 3:
            raise Unreadable("a line is not a path, a version and a hash", number)
        path, version, hashed = words
        if version.endswith(_GOMOD):
            gomods[path, version.removesuffix(_GOMOD)] = hashed
        else:
            modules[path, version] = hashed
    return GoSum(modules, gomods)
