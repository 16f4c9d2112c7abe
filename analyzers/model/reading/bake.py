"""The builds of bake files, in HCL or JSON."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from analyzers.model.build import Build
from analyzers.model.builds.bake_builds import read_bake_builds
from analyzers.model.builds.bake_requests import read_bake_requests
from analyzers.model.pipeline import Job
from analyzers.parsers.bake import parse_bake_json, parse_hcl
from analyzers.selection import is_bake
from analyzers.sources import Sources


def read_bake_files(sources: Sources, jobs: Sequence[Job]) -> Iterator[Build]:
    """Those of every bake file, with what the jobs ask for."""
    parsers = {".hcl": parse_hcl, ".json": parse_bake_json}
    files = {}
    for path in filter(is_bake, sources.paths):
        if found := sources.parse(path, parsers[posixpath.splitext(path)[1].lower()]):
            files[path] = found
    yield from read_bake_builds(files, tuple(read_bake_requests(jobs)), sources.tree, sources.remark_at)
