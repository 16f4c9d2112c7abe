"""A change of the local forge as its page shows it: files, rows, and the conversations between them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.forges.base import Change, FileDiff, Thread
from bot.review.diff import Hunk, Row, parse_patch
from bot.web.markdown import render


@dataclass(frozen=True, slots=True)
class ShownThread:
    """A conversation with its words turned into HTML."""

    thread: Thread
    html: Markup


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the diff and what is said below it. `kind` is added, removed or context."""

    row: Row
    kind: str
    threads: tuple[ShownThread, ...]


@dataclass(frozen=True, slots=True)
class ShownHunk:
    heading: str
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True, slots=True)
class ShownFile:
    """`threads` are those without a line: on the file as a whole, or on lines that are gone."""

    file: FileDiff
    hunks: tuple[ShownHunk, ...]
    threads: tuple[ShownThread, ...]


_KINDS = {"+": "added", "-": "removed", " ": "context"}


def show_files(change: Change) -> tuple[ShownFile, ...]:
    """Every file of the change, each thread exactly once."""
    return tuple(_show_file(file, _about(file.path, change.threads)) for file in change.files)


def homeless_threads(change: Change) -> tuple[ShownThread, ...]:
    """Threads on files that the change touches no more."""
    paths = {file.path for file in change.files}
    return tuple(_show(thread) for thread in change.threads if thread.path not in paths)


def _about(path: str, threads: Iterable[Thread]) -> list[Thread]:
    return [thread for thread in threads if thread.path == path]


def _show_file(file: FileDiff, threads: Sequence[Thread]) -> ShownFile:
    diff = parse_patch(file.patch)
    homeless = [thread for thread in threads if thread.line is None or diff.hunk_at(thread.line) is None]
    hunks = tuple(_show_hunk(hunk, threads) for hunk in diff.hunks)
    return ShownFile(file, hunks, tuple(map(_show, homeless)))


def _show_hunk(hunk: Hunk, threads: Iterable[Thread]) -> ShownHunk:
    by_line: dict[int | None, list[ShownThread]] = {}
    for thread in threads:
        by_line.setdefault(thread.line, []).append(_show(thread))
    rows = (
        ShownRow(row, _KINDS[row.sign], tuple(by_line.get(row.new, ())) if row.new is not None else ())
        for row in hunk.rows
    )
    return ShownHunk(hunk.heading, tuple(rows))


def _show(thread: Thread) -> ShownThread:
    return ShownThread(thread, render(thread.body))
