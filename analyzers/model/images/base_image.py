"""What well-known base images bring along, as far as a Dockerfile on top of them relies on it.

Read from their Dockerfiles: https://github.com/docker-library/golang,
https://github.com/GoogleContainerTools/distroless
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from analyzers.model.image import Copy, ImageRef, Stage

_AT_ROOT = frozenset(
    {"alpine", "debian", "ubuntu", "busybox", "fedora", "amazonlinux", "almalinux", "rockylinux"}
)

_STATIC = frozenset({"cgr.dev/chainguard/static", "cgr.dev/chainguard/glibc-dynamic"})


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


def lacks_shell(stage: Stage) -> bool:
    """The stage has no `/bin/sh`: it is built on scratch or distroless, and no shell is copied in."""
    lineage = [stage]
    while lineage[-1].parent:
        lineage.append(lineage[-1].parent)
    if any(_brings_shell(copy) for each in lineage for copy in each.copies):
        return False
    root = lineage[-1]
    return root.is_scratch or (root.base is not None and _is_shellless(root.base.value))


def lacks_tool(stage: Stage, name: str) -> bool:
    """The stage has no program of that name: nothing but what is copied in can bring one to its base."""
    if not lacks_shell(stage):
        return False
    below: Stage | None = stage
    while below is not None:
        if any(_may_bring(copy, name) for copy in below.copies):
            return False
        below = below.parent
    return True


def _may_bring(copy: Copy, name: str) -> bool:
    """A file of that name, whatever a pattern matches, or a folder in which programs lie."""
    paths = (*copy.sources, copy.target)
    names = {posixpath.basename(path.rstrip("/")) for path in paths}
    return (
        name in names
        or bool(names & {"bin", "sbin", "usr"})
        or any("*" in path or "$" in path for path in paths)
    )


def _is_shellless(base: ImageRef | None) -> bool:
    if base is None or "debug" in base.tag or base.tag.endswith("-dev"):
        return False
    return "distroless/" in base.repository or base.repository in _STATIC


def _brings_shell(copy: Copy) -> bool:
    """A shell by its name, or a whole folder or file system that may hold one."""
    names = {posixpath.basename(path) for path in (*copy.sources, copy.target)}
    return not names.isdisjoint({"sh", "bash", "busybox", "bin", "busybox-static"}) or "/" in copy.sources
