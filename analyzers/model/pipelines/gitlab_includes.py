"""GitLab's `include`: which other files of the repository belong to a configuration.

https://docs.gitlab.com/ci/yaml/#include
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from analyzers.model.pipelines.layers import Layers, Placed
from analyzers.parsers.wildcard import compile_wildcard
from analyzers.parsers.yaml_node import Node

Documents = Mapping[str, Sequence[Node]]
MOST_INCLUDES = 150
"""GitLab's own limit."""


def gather(path: str, documents: Documents) -> tuple[Layers, bool]:
    """The configuration over all it includes, and whether every include was found."""
    parts: list[Placed] = []
    pending, seen, is_complete = [path], {path}, True
    while pending:
        current = pending.pop()
        root = _root_of(documents.get(current, ()))
        if root is None:
            is_complete = False
            continue
        parts.append(Placed(current, root))
        for wanted in _includes(root):
            found = _local_files(wanted, documents)
            is_complete = is_complete and bool(found)
            fresh = [name for name in found if name not in seen]
            seen.update(fresh)
            pending += fresh
        if len(parts) >= MOST_INCLUDES:
            return Layers(tuple(parts)), False
    return Layers(tuple(parts)), is_complete


def _root_of(documents: Sequence[Node]) -> Node | None:
    """The configuration itself, which may stand behind a header of `spec`."""
    if len(documents) > 1 and documents[0]["spec"]:
        return documents[1]
    return documents[0] if documents else None


def _includes(root: Node) -> Iterator[Node]:
    include = root["include"]
    if include:
        yield from islice(list(include) or [include], MOST_INCLUDES)


def _local_files(wanted: Node, documents: Documents) -> tuple[str, ...]:
    """The files an entry of `include` names; none where they are elsewhere or not known."""
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
