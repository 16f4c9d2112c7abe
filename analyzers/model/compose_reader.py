"""Reads compose files: services with what they extend and override.

Syntax: https://docs.docker.com/reference/compose-file/
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from analyzers.model.builds.arguments import read_arguments
from analyzers.model.builds.interpolation import UNKNOWN, Lookup, interpolate, known
from analyzers.model.builds.places import inside
from analyzers.model.compose import Compose, ComposeBuild, ComposeService
from analyzers.model.fact import Fact
from analyzers.model.yaml_facts import image_fact, place, text_fact
from analyzers.parsers.placeholder import is_known
from analyzers.parsers.yaml_node import Entry, Node
from analyzers.parsers.yaml_scalar import as_int, as_str, as_words

MOST_EXTENDS = 10
_FILE = re.compile(r"(?:docker-)?compose(?:[._-][^/]*)?\.ya?ml")
_FIRST = re.compile(r"(?:docker-)?compose\.ya?ml")
_SHORT_PORT = re.compile(r"(?:.*:)?(?P<container>[0-9]{1,5})(?:/(?:tcp|udp))?")

Files = Mapping[str, Sequence[Node]]
"""Compose files by path."""


def _nothing(name: str) -> str | None:
    return None


def is_compose(path: str) -> bool:
    return bool(_FILE.fullmatch(posixpath.basename(path)))


def included_files(path: str, documents: Sequence[Node]) -> Iterator[str]:
    """Other files whose services belong to it: https://docs.docker.com/reference/compose-file/include/"""
    for item in documents[0]["include"] if documents else ():
        paths = as_words(item["path"]) or ((item["path"] or item).text,)
        found = (inside(posixpath.dirname(path), each) for each in paths if each)
        yield from (each for each in found if each)


def extended_files(path: str, documents: Sequence[Node]) -> Iterator[str]:
    """Other files that services of a compose file extend."""
    for entry in _services(documents).values():
        file = entry.value.target.at("extends", "file").text
        found = inside(posixpath.dirname(path), file) if file else None
        if found:
            yield found


def read_composes(
    files: Files, environments: Mapping[str, Mapping[str, str]] | None = None, extended: Files | None = None
) -> tuple[Compose, ...]:
    """Every compose file, those beside another one on top of that: `compose.override.yaml` and its like.

    `environments` has what the `.env` of a folder sets; `extended` are files that are there to be extended.
    """
    beside, all_files = environments or {}, {**(extended or {}), **files}
    composes = {
        path: read_compose(path, documents, all_files, beside.get(posixpath.dirname(path), {}).get)
        for path, documents in files.items()
    }
    firsts = {
        posixpath.dirname(path): path for path in composes if _FIRST.fullmatch(posixpath.basename(path))
    }
    return tuple(
        compose if first in (None, path) else _on_top(compose, composes[first])
        for path, compose in composes.items()
        for first in [firsts.get(posixpath.dirname(path))]
    )


def _on_top(compose: Compose, first: Compose) -> Compose:
    """A service that overrides one of the first file, or whose build says no folder, lies on top of that."""
    is_override = ".override." in compose.path
    services = []
    for service in compose.services:
        below = first.service(service.name)
        is_partial = is_override or (service.build and service.build.written_context is None)
        services.append(service.over(below) if below and is_partial else service)
    return Compose(compose.path, tuple(services))


def read_compose(
    path: str, documents: Sequence[Node], files: Files | None = None, lookup: Lookup = _nothing
) -> Compose:
    """The services of a compose file. They may extend those of `files`; `lookup` has the `.env` beside it."""
    known_files = {path: documents} if files is None else files
    entries = _services(documents)
    return Compose(
        path,
        tuple(
            _read_service(path, entry, known_files, lookup, MOST_EXTENDS)
            for entry in entries.values()
            if entry.value.target.items()
        ),
    )


def _services(documents: Sequence[Node]) -> Mapping[str, Entry]:
    return dict(documents[0]["services"].items()) if documents else {}


def _read_service(path: str, entry: Entry, files: Files, lookup: Lookup, depth: int) -> ComposeService:
    node = entry.value.target
    service = ComposeService(
        path=path,
        at=place(path, entry.key),
        name=entry.name,
        image=image_fact(path, node["image"]),
        written_image=_text(node["image"], lookup) or "",
        build=_read_build(path, node["build"], lookup),
        ports=_read_ports(path, node),
        env=_read_settings(path, node["environment"]),
        env_is_complete=not node["env_file"],
        profiles=as_words(node["profiles"]) or (),
    )
    if not node["extends"]:
        return service
    extended = _extended(path, node["extends"], files, lookup)
    if extended is None or not depth:
        return replace(service, env_is_complete=False)
    return service.over(_read_service(*extended, files, lookup, depth - 1))


def _extended(path: str, node: Node, files: Files, lookup: Lookup) -> tuple[str, Entry] | None:
    """The file and entry of the service that is extended, where it is in the repository."""
    file = _text(node["file"], lookup)
    where = inside(posixpath.dirname(path), file) if file else path
    name = _text(node["service"], lookup) or node.text
    entry = next((document["services"].entry(name) for document in files.get(where or "", ())[:1]), None)
    return (where, entry) if where and entry and entry.value.target.items() else None


def _text(node: Node, lookup: Lookup) -> str | None:
    """A scalar with its variables, or their defaults, put in; None where nothing is said."""
    text = as_str(node)
    return None if text is None else interpolate(text, lookup)


def _read_build(path: str, build: Node, lookup: Lookup) -> ComposeBuild | None:
    if not build:
        return None
    is_short = not build.items()
    return ComposeBuild(
        posixpath.dirname(path),
        _text(build if is_short else build["context"], lookup),
        _text(build["dockerfile"], lookup),
        _text(build["target"], lookup),
        _read_arguments(path, build["args"], lookup),
        bool(build["dockerfile_inline"]),
        tuple(interpolate(tag, lookup) for tag in as_words(build["tags"]) or ()),
    )


def _read_settings(path: str, node: Node) -> Mapping[str, Fact[str]]:
    """A mapping, or a list of `NAME=value`. A name alone takes its value from outside: unknown."""
    if node.items():
        return {
            name: text_fact(path, entry.value.target) or Fact(None, place(path, entry))
            for name, entry in node.items()
        }
    settings = {}
    for item in node:
        name, equals, value = item.text.partition("=")
        settings[name] = Fact(value if equals and is_known(value) else None, place(path, item))
    return settings


def _read_arguments(path: str, node: Node, lookup: Lookup) -> Mapping[str, Fact[str]]:
    """Settings whose variables may be known."""
    if not node.items():
        return read_arguments([item.text for item in node], lookup, place(path, node)) if node else {}
    return {
        name: Fact(known(_text(entry.value.target, lookup) or UNKNOWN), place(path, entry))
        for name, entry in node.items()
    }


def _read_ports(path: str, node: Node) -> tuple[Fact[int], ...]:
    items = (*node["ports"], *node["expose"])
    return tuple(Fact(_container_port(item), place(path, item)) for item in items)


def _container_port(item: Node) -> int | None:
    if item.items():
        return as_int(item["target"])
    found = _SHORT_PORT.fullmatch(item.text[:100])
    return int(found["container"]) if found else None
