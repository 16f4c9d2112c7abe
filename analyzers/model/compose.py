"""Services of a Docker Compose file: what they are built from and how they are run.

Syntax: https://docs.docker.com/reference/compose-file/
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analyzers.finding import Location
from analyzers.model.fact import Fact
from analyzers.model.image import ImageRef
from analyzers.model.yaml_facts import image_fact, known_text, place, text_fact
from analyzers.parsers.placeholder import is_known
from analyzers.parsers.yaml_node import Entry, Node
from analyzers.parsers.yaml_scalar import as_int

_FILE = re.compile(r"(?:docker-)?compose(?:[._-][^/]*)?\.ya?ml")
_SHORT_PORT = re.compile(r"(?:.*:)?(?P<container>[0-9]{1,5})(?:/(?:tcp|udp))?")


@dataclass(frozen=True)
class ComposeService:
    """One service. `context` and `dockerfile` lie in the repository; they are None without a known build."""

    path: str
    at: Location
    name: str
    image: Fact[ImageRef] | None = None
    context: str | None = None
    dockerfile: str | None = None
    target: str = ""
    args: Mapping[str, Fact[str]] = field(default_factory=dict)
    ports: tuple[Fact[int], ...] = ()
    """The ports inside the container, published or exposed."""
    env: Mapping[str, Fact[str]] = field(default_factory=dict)
    env_is_complete: bool = True
    """False where an env_file brings more."""


@dataclass(frozen=True)
class Compose:
    path: str
    services: tuple[ComposeService, ...]


def is_compose(path: str) -> bool:
    return bool(_FILE.fullmatch(posixpath.basename(path)))


def read_compose(path: str, documents: Sequence[Node]) -> Compose:
    """The services of a compose file."""
    root = documents[0] if documents else None
    entries = root["services"].items() if root else ()
    return Compose(
        path, tuple(_read_service(path, entry) for _, entry in entries if entry.value.target.items())
    )


def _read_service(path: str, entry: Entry) -> ComposeService:
    node = entry.value.target
    build = node["build"]
    context = _context(path, build)
    return ComposeService(
        path=path,
        at=place(path, entry.key),
        name=entry.name,
        image=image_fact(path, node["image"]),
        context=context,
        dockerfile=_dockerfile(context, build),
        target=known_text(build["target"]) or "",
        args=_read_settings(path, build["args"]),
        ports=_read_ports(path, node),
        env=_read_settings(path, node["environment"]),
        env_is_complete=not node["env_file"] and not node["extends"],
    )


def _context(path: str, build: Node) -> str | None:
    """The folder that is built ('' is the root); None for a remote or unknown one."""
    if not build:
        return None
    written = build["context"] if build.items() else build
    text = known_text(written) if written else "."
    if not text or "://" in text or text.startswith(("/", "git@", "~")):
        return None
    return _inside(posixpath.join(posixpath.dirname(path), text))


def _dockerfile(context: str | None, build: Node) -> str | None:
    if context is None or build["dockerfile_inline"]:
        return None
    name = build["dockerfile"]
    text = known_text(name) if name else "Dockerfile"
    return _inside(posixpath.join(context, text)) if text else None


def _inside(path: str) -> str | None:
    normal = posixpath.normpath(path)
    return None if normal.startswith(("..", "/")) else "" if normal == "." else normal


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


def _read_ports(path: str, node: Node) -> tuple[Fact[int], ...]:
    items = (*node["ports"], *node["expose"])
    return tuple(Fact(_container_port(item), place(path, item)) for item in items)


def _container_port(item: Node) -> int | None:
    if item.items():
        return as_int(item["target"])
    found = _SHORT_PORT.fullmatch(item.text[:100])
    return int(found["container"]) if found else None
