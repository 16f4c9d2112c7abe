"""Where a route is registered: on a router, or on a group of one."""

from __future__ import annotations

from analyzers.model.programs.routing.dialects import Dialect
from analyzers.parsers.light import light_record

Root = tuple[str, int]
"""The path of a file and the offset at which a router is made there."""

DEFAULT_ROOT: Root = ("net/http", 0)
"""What `http.Handle` fills, `http.DefaultServeMux`."""


@light_record
class Place:
    """A router or a group of one. `prefix` is what its root has in front, None where that cannot be known.

    It answers for one `host` and for some HTTP methods alone, where these are given. `is_path` where the
    prefix is the whole path of all that is registered on it.
    """

    dialect: Dialect
    prefix: str | None
    root: Root | None = None
    host: str = ""
    verbs: tuple[str | None, ...] = ()
    is_path: bool = False
