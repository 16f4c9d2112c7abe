"""What two trees of one review have in common is made once: the files it came from are the same in both."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, MutableMapping
from collections.abc import Set as AbstractSet
from dataclasses import field
from typing import Protocol, TypeVar

from analyzers.files import Blob
from analyzers.finding import Note
from analyzers.parsers.light import light_value

T = TypeVar("T")


@light_value
class Listing:
    """The files there are, and those that could be read. Their names alone may decide something."""

    tree: AbstractSet[str]
    paths: tuple[str, ...]


@light_value
class Made:
    """A result, what it was made of, and the notes that were taken on the way."""

    result: object
    inputs: tuple[object, ...]
    listing: Listing
    asked: Mapping[str, Blob | None]
    """The files whose content was asked for."""
    notes: Mapping[str, Note]

    def holds(self, inputs: tuple[object, ...], listing: Listing, tree: Mapping[str, Blob]) -> bool:
        """Whether it would come out the same for other inputs and another tree. `listing` is from `known`."""
        return (
            self.listing is listing
            and self.inputs == inputs
            and all(tree.get(path) == blob for path, blob in self.asked.items())
        )


@light_value
class Shared:
    """`made` by what was asked for, `values` what was made of inputs alone."""

    made: MutableMapping[Hashable, Made] = field(default_factory=dict)
    values: MutableMapping[Hashable, tuple[tuple[object, ...], object]] = field(default_factory=dict)
    listings: list[Listing] = field(default_factory=list)

    def known(self, listing: Listing) -> Listing:
        """The one that is equal and was there before, so that they need be compared but once."""
        for other in self.listings:
            if other == listing:
                return other
        self.listings.append(listing)
        return listing


class Share(Protocol):
    """Gives what a function makes of its inputs, perhaps from before."""

    def __call__(self, make: Callable[..., T], *inputs: object, of: str = "") -> T: ...


def make_anew(make: Callable[..., T], *inputs: object, of: str = "") -> T:
    return make(*inputs)
