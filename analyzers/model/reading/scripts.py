"""The shell scripts of a repository, each read when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from analyzers.model.script import Script
from analyzers.model.scripts.script_reader import is_shell_text, read_script
from analyzers.model.scripts.sourcing import sourced_files
from analyzers.parsers.problem import Unreadable
from analyzers.sources import Sources


class Scripts(Mapping[str, Script]):
    """By path. Most scripts of a repository start nothing that ships, so none is read before it is needed."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._paths = dict.fromkeys(path for path in sources.paths if _may_be_script(path))
        self._read: dict[str, Script | None] = {}

    def __getitem__(self, path: str) -> Script:
        if path not in self._paths:
            raise KeyError(path)
        if path not in self._read:
            self._read[path] = self._attempt(path)
        script = self._read[path]
        if script is None:
            raise KeyError(path)
        return script

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        return (path for path in self._paths if self.get(path) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _attempt(self, path: str) -> Script | None:
        text = self._sources.text(path)
        if text is None or not is_shell_text(path, text):
            return None
        try:
            script = read_script(text, path)
        except Unreadable as problem:
            self._sources.note(path, problem.reason, problem.line)
            return None
        return replace(script, sourced=tuple(sourced_files(script, self._sources.tree)))


def read_scripts(sources: Sources) -> Scripts:
    return Scripts(sources)


def _may_be_script(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name.endswith((".sh", ".bash")) or "entrypoint" in name
