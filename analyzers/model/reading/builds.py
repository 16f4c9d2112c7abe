"""Every build of an image that the repository's files ask for."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from time import thread_time

from analyzers.model.build import Build
from analyzers.model.builds.compose_builds import read_compose_builds
from analyzers.model.builds.job_builds import read_job_builds
from analyzers.model.builds.job_shells import repository_names
from analyzers.model.builds.makefile_builds import read_makefile_builds
from analyzers.model.builds.script_builds import builds_in_tree
from analyzers.model.builds.skaffold import is_skaffold, read_skaffold_builds
from analyzers.model.command_reader import read_commands
from analyzers.model.compose import Compose
from analyzers.model.compose_reader import extended_files, included_files, is_compose, read_composes
from analyzers.model.module import Module
from analyzers.model.pipeline import Job, Pipeline
from analyzers.model.reading.makefiles import read_makefiles
from analyzers.parsers.env_file import parse_env_file
from analyzers.parsers.joined_text import JoinedText, Piece
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_tree import parse_yaml
from analyzers.selection import is_bake
from analyzers.sources import Sources

MOST_BUILDS = 10_000
MOST_SERVICES = 1_000
"""Of one compose file."""
SCRIPT_SECONDS = 2.0
"""For all shell scripts together."""
_BUILDING = re.compile(rb"\b(?:docker|podman|buildah|nerdctl|img)\s[^\n]{0,40}\b(?:build|bud)\b")


def read_builds(
    sources: Sources, pipelines: Sequence[Pipeline], modules: Sequence[Module]
) -> tuple[Build, ...]:
    """The builds of compose, bake and skaffold files, of CI jobs, Makefiles and shell scripts."""
    jobs = [job for pipeline in pipelines for job in pipeline.jobs]
    builds = chain(
        read_compose_builds(read_compose_files(sources)),
        _bake_builds(sources, jobs),
        _skaffold_builds(sources),
        read_job_builds(jobs, sources.tree, repository_names(modules)),
        _makefile_builds(sources),
        _script_builds(sources),
    )
    return tuple(islice(builds, MOST_BUILDS))


def read_compose_files(sources: Sources) -> tuple[Compose, ...]:
    files = _compose_files(sources, filter(is_compose, sources.paths), included_files)
    named = [path for each, found in files.items() for path in extended_files(each, found)]
    extended = _compose_files(sources, named, extended_files)
    folders = {posixpath.dirname(path) for path in (*files, *extended)}
    return read_composes(files, {folder: _environment(sources, folder) for folder in folders}, extended)


def _compose_files(
    sources: Sources, first: Iterable[str], others: Callable[[str, Sequence[Node]], Iterator[str]]
) -> dict[str, Sequence[Node]]:
    """Files and the others that they name, of those that there are."""
    files: dict[str, Sequence[Node]] = {}
    waiting = list(reversed(list(first)))
    while waiting:
        path = waiting.pop()
        if path in files or sources.content(path) is None:
            continue
        found = sources.parse(path, parse_yaml)
        if not found:
            continue
        if len(found[0]["services"].items()) > MOST_SERVICES:
            sources.note(path, f"more than {MOST_SERVICES:,} services")
            continue
        files[path] = found
        waiting += others(path, found)
    return files


def _environment(sources: Sources, folder: str) -> Mapping[str, str]:
    path = posixpath.join(folder, ".env")
    return (sources.parse(path, parse_env_file) or {}) if path in sources.paths else {}


def _bake_builds(sources: Sources, jobs: Sequence[Job]) -> Iterator[Build]:
    if any(map(is_bake, sources.paths)):
        from analyzers.model.reading.bake import read_bake_files

        yield from read_bake_files(sources, jobs)


def _skaffold_builds(sources: Sources) -> Iterator[Build]:
    for path in filter(is_skaffold, sources.paths):
        if documents := sources.parse(path, parse_yaml):
            yield from read_skaffold_builds(path, documents, sources.tree)


def _makefile_builds(sources: Sources) -> Iterator[Build]:
    for path, makefile in read_makefiles(sources).items():
        yield from read_makefile_builds(path, makefile, sources.tree)


def _script_builds(sources: Sources) -> Iterator[Build]:
    """Those of shell scripts that name a program which builds images."""
    deadline = thread_time() + SCRIPT_SECONDS
    for path in sources.paths:
        content = sources.content(path) if path.endswith((".sh", ".bash")) else None
        if content and _BUILDING.search(content) and (text := sources.text(path)):
            try:
                lines = enumerate(text.split("\n"), 1)
                script = JoinedText(Piece(line + "\n", number, 1) for number, line in lines)
                commands = read_commands(script, path, min(1.0, max(deadline - thread_time(), 0)))
            except Unreadable:
                continue
            yield from builds_in_tree(commands, ("", posixpath.dirname(path)), sources.tree, path)
