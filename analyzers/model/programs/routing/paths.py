"""Parts of paths, and how they are put together."""

from __future__ import annotations

from analyzers.model.programs.package import Site
from analyzers.parsers.go import Call
from analyzers.parsers.light import light_record


@light_record
class Path:
    """A registered path, and the call that hands it to the function which registers it."""

    text: str | None
    caller: Site[Call] | None = None


def joined(prefix: str | None, path: str | None) -> str | None:
    """Two parts of a path with one slash between them."""
    if prefix is None or path is None:
        return None
    if not path:
        return prefix
    return f"{prefix.rstrip('/')}/{path.lstrip('/')}"
