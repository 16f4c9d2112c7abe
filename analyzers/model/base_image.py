"""What well-known base images bring along, as far as a Dockerfile on top of them relies on it.

Read from their Dockerfiles: https://github.com/docker-library/golang,
https://github.com/GoogleContainerTools/distroless
"""

from __future__ import annotations

from collections.abc import Mapping

from analyzers.model.image import ImageRef

_AT_ROOT = frozenset(
    {"alpine", "debian", "ubuntu", "busybox", "fedora", "amazonlinux", "almalinux", "rockylinux"}
)


def workdir_of(base: ImageRef | None) -> str:
    """The folder a container of the image starts in, empty where it is not known."""
    if base is None:
        return ""
    if base.repository == "golang":
        return "/go"
    if "/distroless/" in base.repository:
        return "/home/nonroot" if "nonroot" in base.tag else "/"
    return "/" if base.repository in _AT_ROOT else ""


def environment_of(base: ImageRef | None) -> Mapping[str, str]:
    """Variables the image sets."""
    return {"GOPATH": "/go"} if base is not None and base.repository == "golang" else {}
