"""Parts of a file system that programs look for, and whether an image may have them.

https://pkg.go.dev/crypto/x509 (root_linux.go) and https://pkg.go.dev/time#LoadLocation
"""

from __future__ import annotations

from analyzers.model.image import Stage
from analyzers.model.images.base_image import may_bring, official_name
from analyzers.model.modules.builds import lineage

CERTIFICATES = ("/etc/ssl", "/etc/pki", "/system/etc/security")
TIME_ZONES = ("/usr/share/zoneinfo", "/usr/share/lib/zoneinfo", "/usr/lib/locale/TZ", "/etc/zoneinfo")
LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/glibc-compat")
_GLIBC = ("glibc", "gcompat", "libc6-compat")


def may_have(stage: Stage, folders: tuple[str, ...], *marks: str) -> bool:
    """A COPY of the stage, or of one below it, brings one of the folders, or a file with one of the marks."""
    copies = [copy for each in lineage(stage) for copy in each.copies]
    if any(copy.is_inline for copy in copies):
        return True
    names = (text for copy in copies for text in (*copy.sources, copy.target))
    return any(may_bring(copy, folder) for copy in copies for folder in folders) or any(
        mark in name for name in names for mark in marks
    )


def is_bare(stage: Stage) -> bool:
    """It is built on scratch, and no command has run in it: what it has is what was copied."""
    return stage.root.is_scratch and not any(each.runs for each in lineage(stage))


def lacks_glibc(stage: Stage) -> bool:
    """Its base has another C library or none, and none is copied in or installed."""
    base = stage.root.base.value if stage.root.base else None
    is_without = stage.root.is_scratch or (
        base is not None
        and (
            official_name(base) in ("alpine", "cgr.dev/chainguard/static")
            or "/distroless/static" in base.repository
        )
    )
    if not is_without or may_have(stage, LIBRARIES, "ld-linux", "libc.so", *_GLIBC):
        return False
    words = (
        word
        for each in lineage(stage)
        for run in each.runs
        for command in run.commands
        for word in command.words
    )
    return not any(mark in word for word in words for mark in _GLIBC)
