"""Fixes applied to a tree, and what is wrong with it afterwards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from analyzers.config import Config
from analyzers.consequences import find_causes, leave_out_consequences
from analyzers.engine import judge
from analyzers.files import Blob, RepoFiles, blob_id
from analyzers.finding import Edit, Finding
from analyzers.model.modules.advisories import AdvisoryDatabase
from analyzers.model.repository import Repository
from analyzers.parsers.go import parse_go
from analyzers.selection import select
from analyzers.sources import ParseCache, Sources, new_cache

Kind = tuple[str, str]
"""A rule and the path of its finding."""


def edited(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits made, from the last line up: a line is replaced before another comes above it."""
    lines = text.split("\n")
    for edit in sorted(set(edits), key=lambda edit: (edit.start_line, edit.end_line), reverse=True):
        lines[edit.start_line - 1 : edit.end_line] = edit.text.split("\n") if edit.text else []
    return "\n".join(lines)


def clash(edits: Iterable[Edit]) -> bool:
    """Whether two different edits want the same lines, or the same gap between two lines."""
    ordered = sorted(set(edits), key=lambda edit: (edit.path, edit.start_line, edit.end_line))
    return any(
        one.path == next_.path
        and (
            one.end_line >= next_.start_line
            or (one.start_line, one.end_line) == (next_.start_line, next_.end_line)
        )
        for one, next_ in pairwise(ordered)
    )


def edits_of(findings: Iterable[Finding]) -> list[Edit]:
    return [edit for finding in findings if finding.fix for edit in finding.fix.edits]


def batches(findings: Iterable[Finding]) -> Iterator[Sequence[Finding]]:
    """Fixes that want different lines are applied together."""
    waiting = list(findings)
    while waiting:
        batch: list[Finding] = []
        rest: list[Finding] = []
        for finding in waiting:
            is_free = not batch or not clash(edits_of([*batch, finding]))
            (batch if is_free else rest).append(finding)
        yield batch
        waiting = rest


class Trial:
    """One tree, with all that the rules say of it as it stands."""

    def __init__(
        self, files: RepoFiles, advisories: AdvisoryDatabase | None, cache: ParseCache | None = None
    ):
        self._files = files
        self._advisories = advisories
        self._cache = new_cache() if cache is None else cache
        self._before, self.findings, self._notes = self._judge(files)

    @property
    def offered(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.fix]

    def complaints(self, batch: Sequence[Finding]) -> list[str]:
        """What is wrong when the fixes of a batch are applied together."""
        if clash(edits_of(batch)):
            return ["edits that overlap"]
        changed = self.mended(batch)
        after, shown, notes = self._judge(_Overlay(self._files, changed))
        return [
            *_staying(batch, self._before, after),
            *_fresh(batch, self._before, after, shown),
            *sorted(notes - self._notes),
            *_broken(changed, self._files),
        ]

    def content(self, path: str) -> bytes:
        """A file as it stands, empty where there is none."""
        return self._files.read([path]).get(path, b"")

    def damage(self, batch: Sequence[Finding]) -> list[str]:
        """What no compiler would take when the fixes are applied, whatever the rules say."""
        return list(_broken(self.mended(batch), self._files))

    def mended(self, batch: Sequence[Finding]) -> Mapping[str, bytes]:
        """The content of every file that the fixes touch, with them applied."""
        by_path: dict[str, list[Edit]] = {}
        for edit in edits_of(batch):
            by_path.setdefault(edit.path, []).append(edit)
        texts = self._files.read(by_path)
        return {
            path: edited(texts.get(path, b"").decode(), wanted).encode() for path, wanted in by_path.items()
        }

    def _judge(self, files: RepoFiles) -> tuple[list[Finding], tuple[Finding, ...], set[str]]:
        """All findings, those left when consequences are kept back, and what could not be read."""
        repository = Repository.read(Sources(files, select(files.tree).paths, self._cache), self._advisories)
        findings, broken = judge(repository, Config())
        notes = {f"{note.path}: {note.reason}" for note in (*repository.notes, *broken) if note.is_failure}
        causes = find_causes(findings, findings, repository.text)
        return findings, leave_out_consequences(findings, causes, repository.text), notes


class _Overlay:
    """Files with some of them changed."""

    is_partial = False

    def __init__(self, below: RepoFiles, changed: Mapping[str, bytes]) -> None:
        self._below = below
        self._changed = changed
        self.tree = {
            **below.tree,
            **{path: Blob(blob_id(content), len(content)) for path, content in changed.items()},
        }

    def read(self, paths: Iterable[str]) -> Mapping[str, bytes]:
        wanted = list(paths)
        return {
            **self._below.read(wanted),
            **{path: self._changed[path] for path in wanted if path in self._changed},
        }


def _names(findings: Iterable[Finding]) -> set[str]:
    return {finding.fingerprint for finding in findings}


def _kind(finding: Finding) -> Kind:
    return finding.rule, finding.at.path


def _words(finding: Finding) -> tuple[Kind, str]:
    return _kind(finding), re.sub(r"\d+", "", finding.message)


def _staying(batch: Sequence[Finding], before: Sequence[Finding], after: Sequence[Finding]) -> Iterator[str]:
    """Findings that are still there, but for what a fix does not promise: a rest that has none.

    What has the name of one that is gone may be the next of several equal ones, whose order alone tells
    them apart. So it is counted too.
    """
    left = {finding.fingerprint: finding for finding in after}
    has_less = _fewer(_words, batch, before, after) & _fewer(_kind, batch, before, after)
    for finding in batch:
        other = left.get(finding.fingerprint)
        is_rest = other is not None and other.fix is None and _words(other) != _words(finding)
        if other and not is_rest and finding.fingerprint not in has_less:
            yield f"stays: {finding.message}"


def _fewer(
    sort: Callable[[Finding], Hashable],
    batch: Sequence[Finding],
    before: Iterable[Finding],
    after: Iterable[Finding],
) -> set[str]:
    """Those of a batch of whose sort there are as many less as were to be mended."""
    remaining = Counter(map(sort, before))
    remaining.subtract(map(sort, batch))
    present = Counter(map(sort, after))
    return {finding.fingerprint for finding in batch if present[sort(finding)] <= remaining[sort(finding)]}


def _fresh(
    batch: Sequence[Finding], before: Sequence[Finding], after: Sequence[Finding], shown: Iterable[Finding]
) -> Iterator[str]:
    """Findings that were not there. One whose evidence a fix changed in passing has a new name, no more."""
    known, left = _names(before), _names(after)
    renamed = Counter(_kind(finding) for finding in before if finding.fingerprint not in left | _names(batch))
    for finding in shown:
        if finding.fingerprint not in known:
            if not renamed[_kind(finding)]:
                yield f"new: {finding.rule} at {finding.at}: {finding.message}"
            renamed[_kind(finding)] -= 1


def _broken(changed: Mapping[str, bytes], files: RepoFiles) -> Iterator[str]:
    """Go files with syntax errors that had none, and those that import something twice."""
    sources = {path: content for path, content in changed.items() if path.endswith(".go")}
    before = files.read(sources)
    for path, content in sources.items():
        file = parse_go(content)
        if file.partial_line is not None and parse_go(before.get(path, b"")).partial_line is None:
            yield f"{path}:{file.partial_line}: no Go"
        imports = Counter((entry.path, entry.name) for entry in file.imports)
        yield from (
            f"{path}: imports {name} {times} times" for (name, _), times in imports.items() if times > 1
        )
