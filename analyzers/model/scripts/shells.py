"""Which shell an image has for its `/bin/sh`.

Debian and Ubuntu have dash, Alpine and busybox have ash, Red Hat's family and Amazon's have bash.
"""

from __future__ import annotations

import re

from analyzers.model.image import ImageRef, Stage
from analyzers.model.script import ShellName

_ALPINE = re.compile(r"(?:^|[-_.])(?:alpine|busybox|musl)(?:[-_.\d]|$)")
_DEBIAN = re.compile(
    r"(?:^|[-_.])(?:slim|bookworm|bullseye|buster|trixie|jammy|noble|focal|debian|ubuntu)(?:[-_.\d]|$)"
)
_BASH = frozenset(
    {
        *("almalinux", "amazonlinux", "centos", "fedora", "oraclelinux", "rockylinux"),
        *("ubi", "ubi-micro", "ubi-minimal", "ubi8", "ubi9"),
    }
)
_DASH = frozenset(
    {
        *("buildpack-deps", "debian", "golang", "httpd", "nginx", "node", "openjdk", "perl", "php"),
        *("postgres", "python", "redis", "ruby", "rust", "ubuntu"),
    }
)


def shell_of_stage(stage: Stage) -> ShellName:
    """`dash`, `ash` or `bash`; `sh` where that cannot be told."""
    base = stage.root.base
    return shell_of_image(base.value) if base and base.value else "sh"


def shell_of_image(image: ImageRef) -> ShellName:
    name = image.short_name
    if name in ("alpine", "busybox") or _ALPINE.search(image.tag):
        return "ash"
    if name in _BASH:
        return "bash"
    return "dash" if name in _DASH or _DEBIAN.search(image.tag) else "sh"
