"""The names under which a service may be deployed: told by what is built, by folders and by files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator

from analyzers.model.image import Image
from analyzers.model.module import Module
from analyzers.model.program import Program
from analyzers.model.services.starting import started_words

_EMPTY = re.compile(
    "server|main|app|apps|services?|cmd|src|build|docker|deploy|deployments?|internal|pkg|packages?|go|golang|bin"
    "|containers|images|dockerfiles|infra|prod|production|"
)
"""Folders that say nothing about what is in them."""
_WEAK = re.compile("api|web|http|rest|grpc|rpc|worker|backend|frontend|cli")
"""These say what kind of thing it is; whose it is stands further up."""
_ANYBODYS = re.compile("manager|controller|entrypoint|start|run")
"""What binaries are called in many a repository."""
_VARIANT = re.compile(
    "alpine|debian|ubuntu|ubi|nightly|fips|distroless|scratch|windows|linux|arm64|amd64|release|stage|multistage|multi"
    "|standalone|buildx|tilt|binary"
)
"""Parts of a Dockerfile's name that tell one build from another, not one service from another."""
_MAJOR_VERSION = re.compile(r"v[0-9]{1,4}")

_SUFFIX = re.compile("-(?:service|svc|image)")
"""What an image is often called beyond the folder it is built from; overlays replace an `orders-image`."""


def spellings(name: str) -> tuple[str, ...]:
    """How else an image's name may be written: `order-service` and `order` for `order_service`."""
    plain = name.replace("_", "-")
    head, found, tail = plain.rpartition("-")
    return (plain, head) if _SUFFIX.fullmatch(found + tail) else (plain,)


def names_of_program(program: Program) -> frozenset[str]:
    return frozenset(_telling(program.directory))


def names_of_binaries(binaries: Iterable[str]) -> frozenset[str]:
    """The names under which an image has its program, those left out that any program may bear."""
    silent = (_EMPTY, _WEAK, _ANYBODYS)
    return frozenset(name for name in binaries if not any(words.fullmatch(name) for words in silent))


def names_of_module(module: Module) -> frozenset[str]:
    """The last part of its path that is no major version."""
    parts = [part for part in module.name.split("/") if not _MAJOR_VERSION.fullmatch(part)]
    return frozenset(part for part in parts[-1:] if not _EMPTY.fullmatch(part))


def names_of_dockerfile(image: Image) -> frozenset[str]:
    """`orders` for `orders.Dockerfile`, `Dockerfile.orders` and `orders/Dockerfile`."""
    folder = posixpath.dirname(image.path)
    own = frozenset(part for part in _telling_parts(image.path) if not _VARIANT.fullmatch(part))
    return own or frozenset(name for name in _telling(folder) if not _VARIANT.fullmatch(name))


def names_of_folder(name: str) -> frozenset[str]:
    """What a folder is called by itself, whatever it lies in; nothing where that says nothing."""
    return frozenset(_telling(name))


def is_variant(dockerfile: str) -> bool:
    """`Dockerfile.alpine` and its like: beside the Dockerfile that is meant unless said otherwise."""
    parts = _telling_parts(dockerfile)
    return bool(parts) and all(_VARIANT.fullmatch(part) for part in parts)


def _telling_parts(dockerfile: str) -> list[str]:
    """What a Dockerfile is called beyond `Dockerfile`."""
    name = re.sub("dockerfile|containerfile", "", posixpath.basename(dockerfile), flags=re.I)
    return [part for part in re.split(r"[._]", name) if not _EMPTY.fullmatch(part)]


def display_name(
    program: Program | None, image: Image | None, binaries: Collection[str] = (), *, is_alone: bool = True
) -> str:
    """What a person would call the service; `is_alone` where its `naming_folder` has no other program."""
    if program:
        told = list(_telling(program.directory))
        if told:
            return told[0] if is_alone else told[-1]
        return min(names_of_binaries(binaries), key=len, default=_own_name(program))
    if image is None:
        return "image"
    started = names_of_binaries(map(posixpath.basename, started_words(image.final)[:1]))
    return min(names_of_dockerfile(image), default="") or min(started, default="image")


def _own_name(program: Program) -> str:
    """Its folder's name, or its module's where the folder is called `cmd` or the like."""
    if _EMPTY.fullmatch(program.name):
        return min(names_of_module(program.module), default=program.name)
    return program.name


def naming_folder(program: Program) -> str:
    """The folder that a program has its name from; its own where none tells."""
    told = next(_telling(program.directory), "")
    parts = program.directory.split("/")
    while parts and parts[-1] != told:
        parts.pop()
    return "/".join(parts) or program.directory


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
