"""Reads Spring's application.yml and application.properties into flat settings."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

from analyzers.finding import Location
from analyzers.model.fact import Fact
from analyzers.model.java.application import SpringSettings
from analyzers.parsers.properties import Property
from analyzers.parsers.yaml_node import Node

_FILE = re.compile(r"(?:application|bootstrap)(?:-(?P<profile>[A-Za-z0-9_-]+))?\.(?:ya?ml|properties)")
_RESOURCES = re.compile(r"(?:^|/)(?:src/main/resources|config)(?:/|$)")
_PROFILE_KEYS = ("spring.config.activate.onprofile", "spring.profiles")
_MOST_SETTINGS = 5_000
_MOST_DEPTH = 20


def is_spring_settings(path: str) -> bool:
    """A settings file by its name; a YAML file only where Spring looks for it."""
    folder, name = posixpath.split(path)
    return bool(_FILE.fullmatch(name)) and (name.endswith(".properties") or bool(_RESOURCES.search(folder)))


def read_spring_yaml(
    path: str, documents: Sequence[Node], comments: dict[int, str]
) -> Iterator[SpringSettings]:
    """One SpringSettings a document. `comments` are the file's by line."""
    for document in documents:
        found = tuple(_flattened(document))
        values = {
            uniform(key): _fact(path, node.text, Location(node.origin or path, node.span))
            for key, node in found
        }
        said = {uniform(key): _near(comments, node.span.line) for key, node in found}
        yield SpringSettings(
            path, _profile(path, values), values, {key: text for key, text in said.items() if text}
        )


def read_spring_properties(path: str, properties: Sequence[Property], *, is_divided: bool) -> SpringSettings:
    """All settings of a file. One that is divided into documents (`#---`) has them for unknown profiles."""
    values = {
        uniform(entry.key): _fact(path, entry.value, Location(path, entry.value_span)) for entry in properties
    }
    comments = {uniform(entry.key): entry.comment for entry in properties if entry.comment}
    return SpringSettings(path, "?" if is_divided else _profile(path, values), values, comments)


def uniform(key: str) -> str:
    """`spring.datasource.hikari.maximum-pool-size` as `spring.datasource.hikari.maximumpoolsize`."""
    return key.replace("-", "").replace("_", "").lower()


def _flattened(document: Node) -> Iterator[tuple[str, Node]]:
    """Each scalar under its keys, joined by dots; list items by their number."""
    waiting: list[tuple[str, Node, int]] = [("", document, 0)]
    given = 0
    while waiting and given < _MOST_SETTINGS:
        key, node, depth = waiting.pop()
        if depth > _MOST_DEPTH:
            continue
        inner = [(f"{key}.{name}" if key else name, entry.value.target) for name, entry in node.items()]
        inner += [(f"{key}[{number}]", item) for number, item in enumerate(node)]
        if inner:
            waiting.extend((name, value, depth + 1) for name, value in reversed(inner[:_MOST_SETTINGS]))
        elif key and node:
            given += 1
            yield key, node


def _fact(path: str, text: str, at: Location) -> Fact[str]:
    """Placeholders are filled in from outside: by Spring (`${…}`) or by Maven (`@…@`)."""
    return Fact(None if "${" in text or re.fullmatch(r"@[^@]*@", text) else text, at)


def _profile(path: str, values: dict[str, Fact[str]]) -> str:
    named = _FILE.fullmatch(posixpath.basename(path))
    inside = next(filter(None, (_said(values, key) for key in _PROFILE_KEYS)), "")
    return inside or (named["profile"] or "" if named else "")


def _said(values: dict[str, Fact[str]], key: str) -> str:
    """What a key says, or each item of its list; `?` where that is not known."""
    facts = [fact for name, fact in values.items() if name == key or name.startswith(f"{key}[")]
    return " | ".join(fact.value or "?" for fact in facts)


def _near(comments: dict[int, str], line: int) -> str:
    return comments.get(line) or comments.get(line - 1, "")
