"""References to images, `[registry/]repository[:tag][@digest]`, and the FROM line's `image AS name`.

dockerfile-parse is at home in this file alone. It splits a FROM value soundly; it has no notion of
registry, tag and digest. Their rules: https://github.com/distribution/reference/blob/main/normalize.go
"""

from __future__ import annotations

import re

from dockerfile_parse.parser import image_from

from analyzers.parsers.light import light_value

_HUB = frozenset({"docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"})
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}\Z")
_DIGEST = re.compile(r"[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-fA-F]{32,}\Z")
_PART = re.compile(r"[a-z0-9]+(?:[._-]+[a-z0-9]+)*\Z")
_REGISTRY = re.compile(r"(?:[A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(?::[0-9]+)?\Z")
_LONGEST = 1024


@light_value
class ImageName:
    """`registry` with its port, empty for Docker Hub; `repository` without it and without `library/`."""

    registry: str
    repository: str
    tag: str = ""
    digest: str = ""

    @property
    def familiar(self) -> str:
        """Registry and repository as people write them."""
        return f"{self.registry}/{self.repository}" if self.registry else self.repository


def parse_image_name(text: str) -> ImageName | None:
    """The parts of a reference, None where it is none: a variable left in it, a blank, an upper-case name."""
    if len(text) > _LONGEST:
        return None
    rest, at, digest = text.partition("@")
    if at and not _DIGEST.match(digest):
        return None
    rest, tag = _without_tag(rest)
    registry, repository = _without_registry(rest)
    if tag is None or not all(_PART.match(part) for part in repository.split("/")):
        return None
    if registry and not _REGISTRY.match(registry):
        return None
    return ImageName(registry, repository, tag, digest)


def split_from(value: str) -> tuple[str, str]:
    """The image and the stage's name of a FROM instruction without its flags, empty where there is none."""
    image, name = image_from(value)
    return image or "", name or ""


def _without_tag(text: str) -> tuple[str, str | None]:
    """The text before the tag, and the tag; None for a tag that cannot be one."""
    colon = text.rfind(":")
    if colon <= text.rfind("/"):
        return text, ""
    tag = text[colon + 1 :]
    return text[:colon], tag if _TAG.match(tag) else None


def _without_registry(text: str) -> tuple[str, str]:
    first, slash, rest = text.partition("/")
    is_host = slash and ("." in first or ":" in first or first == "localhost" or first != first.lower())
    registry, repository = (first, rest) if is_host else ("", text)
    if registry in _HUB:
        registry = ""
    if not registry:
        repository = repository.removeprefix("library/")
    return registry, repository
