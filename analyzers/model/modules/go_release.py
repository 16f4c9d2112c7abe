"""Which Go an image or a setup step brings, and whether that is enough for a go.mod.

Rules: https://go.dev/doc/toolchain. Tags: https://hub.docker.com/_/golang.
"""

from __future__ import annotations

import re

from analyzers.model.image import ImageRef
from analyzers.parsers import semver

_TAG = re.compile(
    r"(?P<minor>1\.\d{1,3})(?P<rest>\.\d{1,3}|(?:rc|beta)\d{1,2})?(?P<flavour>-[a-z0-9.-]{1,40})?"
)
_ASKED = re.compile(r"(1\.\d{1,3})(?:\.x|(\.\d{1,3}|(?:rc|beta)\d{1,2}))?")
_LASTING_FLAVOURS = ("", "-alpine")
"""Flavours that every release has; `-bullseye` and its like end with their distribution."""


def is_go_image(image: ImageRef) -> bool:
    """Docker's own image, or a copy of it in a registry."""
    first, _, rest = image.repository.partition("/")
    if "." in first or ":" in first:
        return rest.rsplit("/", 1)[-1] == "golang"
    return image.repository == "golang"


def release_of(image: ImageRef) -> str | None:
    """The Go in an image, as `1.23` (its newest patch) or `1.23.4`; None where the tag does not tell."""
    found = _TAG.fullmatch(image.tag) if is_go_image(image) else None
    return found["minor"] + (found["rest"] or "") if found else None


def release_asked(version: str) -> str | None:
    """The Go that setup-go installs for its `go-version`; None for a range or a word such as `stable`."""
    found = _ASKED.fullmatch(version.strip())
    return found[1] + (found[2] or "") if found else None


def is_too_old(release: str, directive: str) -> bool:
    """Whether a Go is older than a `go` line asks for. A release without a patch is its line's newest."""
    has, wanted = semver.key(release), semver.key(directive)
    if has is None or wanted is None:
        return False
    return has[:2] < wanted[:2] if is_floating(release) else has < wanted


def is_floating(release: str) -> bool:
    """`1.23`, which the registry moves with every patch."""
    return re.fullmatch(r"\d+\.\d+", release) is not None


def enforces_go_line(release: str) -> bool:
    """From Go 1.21 on the `go` line is a minimum that is enforced."""
    return not is_too_old(release, "1.21")


def raise_image(image: ImageRef, directive: str) -> str | None:
    """The same image with the Go that a `go` line asks for; None where such a tag need not exist."""
    found = _TAG.fullmatch(image.tag)
    wanted = _TAG.fullmatch(directive)
    if not found or not wanted or image.digest or (found["flavour"] or "") not in _LASTING_FLAVOURS:
        return None
    version = wanted["minor"] if is_floating(found["minor"] + (found["rest"] or "")) else directive
    return f"{image.text.removesuffix(image.tag)}{version}{found['flavour'] or ''}"
