"""Every program of a repository. What no program reaches is read up to its imports only."""

from __future__ import annotations

from collections.abc import Sequence

from analyzers.model.module import Module
from analyzers.model.program import Program
from analyzers.model.programs.program_reader import reached_files, read_programs
from analyzers.parsers.go import parse_go, parse_go_header
from analyzers.selection import is_go_source
from analyzers.sources import Sources


def read_program_files(sources: Sources, modules: Sequence[Module]) -> tuple[Program, ...]:
    """Every program. Go files that none reaches, and no change touches, are read up to their imports."""
    paths = [path for path in sources.paths if is_go_source(path)]
    headers = {path: file for path in paths if (file := sources.parse_bytes(path, parse_go_header))}
    whole = {*reached_files(headers, modules), *sources.changed.intersection(paths)}
    files = {path: file for path in sorted(whole) if (file := sources.parse_bytes(path, parse_go))}
    for path, file in {**headers, **files}.items():
        if file.is_partial:
            sources.note(
                path,
                f"could not be read as a whole: {file.limit or 'syntax that is wrong, or newer than ours'}",
                file.partial_line,
            )
    return read_programs(files, modules, sources.share_value)
