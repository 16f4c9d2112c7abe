"""ConfigMaps and Secrets that a kustomization makes of literals and files.

The hash that kustomize adds to their names is left out, here and in the references to them.
https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/configmapgenerator/
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from analyzers.model.manifests.kustomize.kustomization import Generator, resolve_path
from analyzers.model.manifests.kustomize.resource import Resource
from analyzers.parsers.placeholder import PLACEHOLDER
from analyzers.parsers.position import Span
from analyzers.parsers.yaml_edit import mapping_node, text_node, with_entries, with_value
from analyzers.parsers.yaml_node import Mapping, Node, Scalar

MOST_KEYS = 2_000
Read = Callable[[str], str | None]
"""The text of a file; None where it is not among those that are read."""
Pair = tuple[str, Node]


def generate(path: str, generator: Generator, resources: Sequence[Resource], read: Read) -> list[Resource]:
    """The objects with what a generator makes, which may add to one that a base generates."""
    node = generator.node
    name, behavior = node["name"].text, node["behavior"].text
    known = next((each for each in resources if each.kind == generator.kind and each.is_named(name)), None)
    data = _data(path, generator, read)
    if known is None and behavior == "merge":
        # It adds to one that is made by what is not resolved here.
        data = replace(data, complete=False)
    if known is None or behavior not in ("merge", "replace"):
        return [*resources, _made(path, generator, data)]
    field = _field(generator.kind)
    if behavior == "merge":
        before = known.node[field]
        data = replace(
            with_entries(before or data, {**dict(before.items()), **dict(data.items())}.values()),
            complete=before.is_complete and data.is_complete,
        )
    changed = known.under(with_value(known.node, field, data))
    return [changed if each is known else each for each in resources]


def _field(kind: str) -> str:
    """Where plain texts stand in an object."""
    return "stringData" if kind == "Secret" else "data"


def _made(path: str, generator: Generator, data: Node) -> Resource:
    node = generator.node
    names = [(field, node[field]) for field in ("name", "namespace") if node[field]]
    metadata = mapping_node(node, names)
    parts = [
        ("apiVersion", text_node("v1", node)),
        ("kind", text_node(generator.kind, node)),
        ("metadata", metadata),
        (_field(generator.kind), data),
    ]
    return Resource(path, generator.kind, "", mapping_node(node, parts))


def _data(path: str, generator: Generator, read: Read) -> Mapping:
    node = generator.node
    pairs: list[Pair] = []
    is_complete = True
    for name in [*(item.text for item in node["envs"]), node["env"].text]:
        if name:
            found = _of_env_file(path, name, read)
            is_complete = is_complete and found is not None
            pairs += found or ()
    pairs += [_of_file(path, item, read) for item in node["files"]]
    pairs += [pair for item in node["literals"] if (pair := _of_literal(item))]
    is_complete = is_complete and len(pairs) <= MOST_KEYS
    return replace(mapping_node(node, dict(pairs[:MOST_KEYS]).items()), complete=is_complete)


def _of_literal(item: Node) -> Pair | None:
    name, equals, value = item.text.partition("=")
    if not equals:
        return None
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    return name, text_node(value, item)


def _of_file(path: str, item: Node, read: Read) -> Pair:
    """`key=path`, or a path whose last part is the key."""
    name, equals, file = item.text.partition("=")
    file = file if equals else name
    place = resolve_path(path, file)
    text = read(place) if place else None
    value = text_node(PLACEHOLDER if text is None else text, item)
    return (name if equals else posixpath.basename(file)), value


def _of_env_file(path: str, name: str, read: Read) -> list[Pair] | None:
    """The variables of a file; None where it cannot be read, or leaves a value to who builds."""
    place = resolve_path(path, name)
    text = read(place) if place else None
    if text is None or place is None:
        return None
    known: list[Pair] = []
    for key, value in islice(_lines(place, text), MOST_KEYS + 1):
        if value is None:
            return None
        known.append((key, value))
    return known


def _lines(path: str, text: str) -> Iterator[tuple[str, Node | None]]:
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        stripped = line.lstrip()
        if stripped and not stripped.startswith("#"):
            name, equals, value = stripped.partition("=")
            span = Span(number, len(line) - len(value) + 1, number, len(line) + 1)
            yield name, Scalar(span, "", value, '"', origin=path) if equals else None
