"""GitLab's `include`: which other files of the repository belong to a configuration.

https://docs.gitlab.com/ci/yaml/#include
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from analyzers.model.pipelines.gitlab_inputs import declared_inputs, put_in
from analyzers.model.pipelines.layers import Layers, Placed
from analyzers.model.remark import Remark, unheard
from analyzers.parsers.wildcard import compile_wildcard
from analyzers.parsers.yaml_node import Node

Documents = Mapping[str, Sequence[Node]]
_HARMLESS = frozenset({"include", "stages"})
MOST_INCLUDES = 150
"""GitLab's own limit."""


class Included(NamedTuple):
    """A file that is included, and the `inputs` it is given. `rules` may leave out a conditional one."""

    path: str
    inputs: Node | None = None
    is_conditional: bool = False

    @property
    def key(self) -> tuple[str, int]:
        """The same for the same file with the same inputs."""
        return self.path, id(self.inputs) if self.inputs else 0


def gather(
    path: str,
    documents: Documents,
    inputs: Node | None = None,
    others: Sequence[Included] = (),
    remark: Remark = unheard,
) -> tuple[Layers, bool]:
    """The configuration over all it includes, and whether every include was found, and none that is
    conditional says the same as another.

    `others` are included beside it, as the list of a trigger has them.
    """
    parts: list[Placed] = []
    pending = [*reversed(others), Included(path, inputs)]
    seen = {each.key for each in pending}
    is_complete = True
    told = _Told()
    while pending:
        current = pending.pop()
        root = _root_of(current, documents)
        if root is None:
            is_complete = False
            continue
        parts.append(Placed(current.path, root))
        is_complete = told.takes(root, is_conditional=current.is_conditional) and is_complete
        for wanted in listed(root["include"]):
            found = included_files(wanted, documents)
            is_complete = is_complete and bool(found)
            fresh = [
                each._replace(is_conditional=each.is_conditional or current.is_conditional)
                for each in found
                if each.key not in seen
            ]
            seen.update(each.key for each in fresh)
            pending += fresh
        if len(parts) >= MOST_INCLUDES:
            remark(path, f"more than {MOST_INCLUDES} files are included: not read from there on", 1)
            return Layers(tuple(parts)), False
    return Layers(tuple(parts)), is_complete


def listed(include: Node) -> Sequence[Node]:
    """The entries of an `include`, which may be one alone."""
    return tuple(islice(include, MOST_INCLUDES)) or ((include,) if include else ())


def included_files(wanted: Node, documents: Documents) -> tuple[Included, ...]:
    """The files an entry of `include` names; none where they are elsewhere or not known."""
    inputs = wanted["inputs"] or None
    is_conditional = bool(wanted["rules"])
    return tuple(Included(path, inputs, is_conditional) for path in _local_files(wanted, documents))


def _root_of(included: Included, documents: Documents) -> Node | None:
    """The configuration itself, which may stand behind a header of `spec`."""
    found = documents.get(included.path, ())
    inputs = declared_inputs(found, included.inputs)
    if inputs is not None:
        return put_in(found[1], inputs)
    return found[0] if found else None


class _Told:
    """The keys of the files so far."""

    def __init__(self) -> None:
        self._all: set[str] = set()
        self._conditional: set[str] = set()

    def takes(self, root: Node, *, is_conditional: bool) -> bool:
        """Whether the next file can be put to the others for sure: rules decide nothing both of them say."""
        names = {name for name, _ in root.items()} - _HARMLESS
        is_sure = names.isdisjoint(self._all if is_conditional else self._conditional)
        self._all |= names
        self._conditional |= names if is_conditional else set()
        return is_sure


def includes(included: Included, documents: Documents) -> Sequence[Node]:
    """The entries of a file's `include`."""
    root = _root_of(included, documents)
    return listed(root["include"]) if root is not None else ()


def _local_files(wanted: Node, documents: Documents) -> tuple[str, ...]:
    name = wanted["local"].text if wanted.items() else wanted.text
    name = name.lstrip("/")
    if not name or "://" in name or "$" in name:
        return ()
    if "*" not in name:
        return (name,) if name in documents else ()
    return tuple(sorted(path for path in documents if _matches(name, path)))


def _matches(pattern: str, path: str) -> bool:
    """GitLab's wildcards: `*` stays within a folder, `**` crosses them."""
    wildcard = compile_wildcard(pattern.replace("**", "*"))
    may_match = "**" in pattern or path.count("/") == pattern.count("/")
    return may_match and wildcard is not None and wildcard.matches(path)
