"""The names under which a service may be deployed: told by what is built, by folders and by files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from analyzers.model.image import Image
from analyzers.model.module import Module
from analyzers.model.program import Program

_EMPTY = re.compile(
    "server|main|app|apps|services?|cmd|src|build|docker|deploy|deployments?|internal|pkg|packages?|go|golang|bin"
    "|containers|images|dockerfiles|infra|prod|production|"
)
"""Folders that say nothing about what is in them."""
_WEAK = re.compile("api|web|http|rest|grpc|rpc|worker|backend|frontend|cli")
"""These say what kind of thing it is; whose it is stands further up."""
_VARIANT = re.compile(
    "alpine|debian|ubuntu|ubi|fips|distroless|scratch|windows|linux|arm64|amd64|release|stage|multistage|multi"
    "|standalone|buildx|tilt|binary"
)
"""Parts of a Dockerfile's name that tell one build from another, not one service from another."""
_MAJOR_VERSION = re.compile(r"v[0-9]{1,4}")

_SUFFIX = re.compile("-(?:service|svc)")
"""What an image is often called beyond the folder it is built from."""


def spellings(name: str) -> tuple[str, ...]:
    """How else an image's name may be written: `order-service` and `order` for `order_service`."""
    plain = name.replace("_", "-")
    head, found, tail = plain.rpartition("-")
    return (plain, head) if _SUFFIX.fullmatch(found + tail) else (plain,)


def names_of_program(program: Program) -> frozenset[str]:
    return frozenset(_telling(program.directory))


def names_of_module(module: Module) -> frozenset[str]:
    """The last part of its path that is no major version."""
    parts = [part for part in module.name.split("/") if not _MAJOR_VERSION.fullmatch(part)]
    return frozenset(part for part in parts[-1:] if not _EMPTY.fullmatch(part))


def names_of_dockerfile(image: Image) -> frozenset[str]:
    """`orders` for `orders.Dockerfile`, `Dockerfile.orders` and `orders/Dockerfile`."""
    folder, file = posixpath.split(image.path)
    parts = re.split(r"[._]", re.sub("dockerfile|containerfile", "", file, flags=re.I))
    own = frozenset(part for part in parts if not _EMPTY.fullmatch(part) and not _VARIANT.fullmatch(part))
    return own or frozenset(name for name in _telling(folder) if not _VARIANT.fullmatch(name))


def display_name(program: Program | None, image: Image | None) -> str:
    """What a person would call the service."""
    if program:
        return next(iter(_telling(program.directory)), program.name)
    return min(names_of_dockerfile(image), default="image") if image else "image"


def _telling(folder: str) -> Iterator[str]:
    """The name a folder gives; a weak one with what it belongs to, where that is told.

    `cmd/orders` is orders, `orders/cmd` too, `orders/cmd/api` is orders or orders-api, `cmd/api` is api.
    """
    weak = ""
    for part in reversed(folder.split("/")):
        if _WEAK.fullmatch(part):
            weak = weak or part
        elif not _EMPTY.fullmatch(part):
            yield part
            if weak:
                yield f"{part}-{weak}"
            return
    if weak:
        yield weak
