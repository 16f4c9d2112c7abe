"""What two trees of one review have in common is made once: the files it came from are the same in both."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from analyzers.files import Blob
from analyzers.finding import Note

T = TypeVar("T")


@dataclass(frozen=True)
class Made:
    """A result, what it was made of, and the notes that were taken on the way."""

    result: object
    inputs: tuple[object, ...]
    listing: tuple[str, ...]
    """The files that could be read. Their names alone may decide something."""
    tree: Mapping[str, Blob]
    asked: frozenset[str]
    """The files whose content was asked for."""
    notes: Mapping[str, Note]

    def holds(self, inputs: tuple[object, ...], listing: tuple[str, ...], tree: Mapping[str, Blob]) -> bool:
        """Whether it would come out the same for other inputs and another tree."""
        return (
            self.inputs == inputs
            and self.listing == listing
            and self.tree.keys() == tree.keys()
            and all(self.tree.get(path) == tree.get(path) for path in self.asked)
        )


@dataclass(frozen=True)
class Shared:
    """`made` by what was asked for, `values` what was made of inputs alone."""

    made: MutableMapping[Hashable, Made] = field(default_factory=dict)
    values: MutableMapping[Hashable, tuple[tuple[object, ...], object]] = field(default_factory=dict)


class Share(Protocol):
    """Gives what a function makes of its inputs, perhaps from before."""

    def __call__(self, make: Callable[..., T], *inputs: object, of: str = "") -> T: ...


def make_anew(make: Callable[..., T], *inputs: object, of: str = "") -> T:
    return make(*inputs)
