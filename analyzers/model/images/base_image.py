"""What well-known base images bring along, as far as a Dockerfile on top of them relies on it.

Read from their Dockerfiles: https://github.com/docker-library/golang,
https://github.com/GoogleContainerTools/distroless
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import Literal

from analyzers.model.image import Copy, ImageRef, Stage

STATIC_BASE = "gcr.io/distroless/static-debian12:nonroot"
"""A base for a binary that needs nothing: certificates, time zones, a user that is not root, no shell."""
_AT_ROOT = frozenset(
    {"alpine", "debian", "ubuntu", "busybox", "fedora", "amazonlinux", "almalinux", "rockylinux"}
)
_ROOT_USER = _AT_ROOT | {
    *("golang", "buildpack-deps", "centos", "oraclelinux", "photon", "rust", "python", "node"),
    *("eclipse-temurin", "maven", "gradle"),
}
"""Official images whose configuration names no user."""
_STATIC = frozenset({"cgr.dev/chainguard/static", "cgr.dev/chainguard/glibc-dynamic"})
_SDKS = frozenset({"golang", "rust", "maven", "gradle", "mcr.microsoft.com/dotnet/sdk"})
_MIRROR = re.compile(
    r"(?:mirror\.gcr\.io|public\.ecr\.aws/docker|[\w.:-]+/(?:docker\.io|docker-?hub))/library/([\w-]+)"
)
_GLIBC_GOLANG = re.compile(
    r"(?:latest|(?:1(?:\.\d{1,3}){0,2}(?:rc\d|beta\d)?-?)?(?:jessie|stretch|buster|bullseye|bookworm|trixie)?)"
)
_FILE_SYSTEM = re.compile(
    r"(?:.*[-_.])?(?:root_?fs|root|sysroot|fs|out|output|dist|target|install|image|staging|overlay)", re.I
)
"""Names that folders bear which hold the files of a whole image."""
_ARCHIVE = re.compile(r"\.(?:tar|tgz|tbz2?|txz|tar\.\w{1,4})$|\$", re.I)


def official_name(base: ImageRef | None) -> str:
    """The name of an image of Docker's own, behind a mirror of Docker Hub too; else the repository."""
    if base is None:
        return ""
    mirrored = _MIRROR.fullmatch(base.repository)
    return mirrored[1] if mirrored else base.repository


def workdir_of(base: ImageRef | None) -> str:
    """The folder a container of the image starts in, empty where it is not known."""
    if base is None:
        return ""
    if official_name(base) == "golang":
        return "/go"
    if "/distroless/" in base.repository:
        return "/home/nonroot" if "nonroot" in base.tag else "/"
    return "/" if official_name(base) in _AT_ROOT else ""


def environment_of(base: ImageRef | None) -> Mapping[str, str]:
    """Variables the image sets."""
    return {"GOPATH": "/go"} if official_name(base) == "golang" else {}


def user_under(stage: Stage) -> Literal["root", "other", "unknown"]:
    """Who a container on the stage's base runs as, where no USER says otherwise."""
    root = stage.root
    if root.is_scratch:
        return "root"
    base = root.base.value if root.base else None
    if base is None:
        return "unknown"
    if "/distroless/" in base.repository:
        return "other" if "nonroot" in base.tag else "root" if not base.digest or base.tag else "unknown"
    return "root" if official_name(base) in _ROOT_USER else "unknown"


def has_no_versions(base: ImageRef) -> bool:
    """Its registry gives it no tags that tell one release from the next, only digests.

    https://github.com/GoogleContainerTools/distroless and
    https://edu.chainguard.dev/chainguard/chainguard-images/overview/
    """
    return base.repository.startswith(("gcr.io/distroless/", "cgr.dev/chainguard/"))


def is_sdk(base: ImageRef | None) -> bool:
    """An official image of compilers and build tools."""
    return official_name(base) in _SDKS


def is_glibc_golang(base: ImageRef | None) -> bool:
    """The official Go image on Debian, which has a C compiler; the one on Alpine has none."""
    return base is not None and official_name(base) == "golang" and bool(_GLIBC_GOLANG.fullmatch(base.tag))


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
        if any(_brings_program(copy, name) for copy in below.copies):
            return False
        below = below.parent
    return True


def _brings_program(copy: Copy, name: str) -> bool:
    """A file of that name, whatever a pattern matches, or a folder in which programs lie."""
    paths = (*copy.sources, copy.target)
    names = {posixpath.basename(path.rstrip("/")) for path in paths}
    return (
        name in names
        or bool(names & {"bin", "sbin", "usr"})
        or any("*" in path or "$" in path for path in paths)
    )


def may_bring(copy: Copy, path: str) -> bool:
    """The COPY puts something at a path, below it, or a whole file system around it."""
    target = copy.resolved_target or posixpath.normpath(copy.target)
    if f"{target}/".startswith(f"{path}/") or any(path in f"/{source}" for source in copy.sources):
        return True
    if not path.startswith(f"{target.rstrip('/')}/"):
        return False
    return any(_may_be_folder(source, copy) for source in copy.sources)


def _may_be_folder(source: str, copy: Copy) -> bool:
    """A folder whose content is copied, or an archive that ADD unpacks."""
    if copy.is_add and _ARCHIVE.search(source):
        return True
    name = posixpath.basename(posixpath.normpath(source))
    return source.endswith(("/", "*")) or name in (".", "etc", "usr") or bool(_FILE_SYSTEM.fullmatch(name))


def _is_shellless(base: ImageRef | None) -> bool:
    if base is None or "debug" in base.tag or base.tag.endswith("-dev"):
        return False
    return "distroless/" in base.repository or base.repository in _STATIC


def _brings_shell(copy: Copy) -> bool:
    """A shell by its name, or a whole folder or file system that may hold one."""
    names = {posixpath.basename(path) for path in (*copy.sources, copy.target)}
    if not names.isdisjoint({"sh", "bash", "busybox", "bin", "busybox-static"}) or "/" in copy.sources:
        return True
    return may_bring(copy, "/bin/sh")
