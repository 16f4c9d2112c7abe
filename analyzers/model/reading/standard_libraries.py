"""The standard library of every build of a repository's modules, with its known vulnerabilities."""

from __future__ import annotations

from collections.abc import Sequence

from analyzers.model.module import Module, StandardLibrary
from analyzers.model.modules.advisories import AdvisoryDatabase
from analyzers.model.modules.standard_library import find_standard_libraries, judged
from analyzers.model.pipeline import Job
from analyzers.model.reading.modules import remark_unread
from analyzers.model.service import Service
from analyzers.parsers.problem import Unreadable
from analyzers.sources import Sources


def read_standard_libraries(
    sources: Sources,
    services: Sequence[Service],
    modules: Sequence[Module],
    jobs: Sequence[Job],
    advisories: AdvisoryDatabase | None,
) -> tuple[StandardLibrary, ...]:
    """All of them. A database that cannot be read is noted, once with the modules, and done without."""
    libraries = find_standard_libraries(services, modules, jobs, sources.text_at)
    if advisories is None:
        return libraries
    try:
        return judged(libraries, advisories)
    except (OSError, Unreadable) as problem:
        remark_unread(sources, problem)
        return libraries
