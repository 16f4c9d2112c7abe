"""Every fix that is offered, applied: the finding is gone, nothing is new, the file can be read."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from analyzers import check
from analyzers.config import Config
from analyzers.files import MemoryFiles
from analyzers.finding import Edit, Finding, Report
from analyzers.sources import ParseCache, new_cache
from tests.bench.corpus import folders_corpus

Row = tuple[str, str]
Tree = Mapping[str, bytes]


def fixes(tree: Tree) -> Iterator[Row]:
    """How many are offered by how many rules, and each that does not do what it promises."""
    bench = _Bench(tree)
    offered = [finding for finding in bench.before.findings if finding.fix]
    failures = [row for batch in _batches(offered) for row in bench.failures(batch)]
    rules = Counter(finding.rule for finding in offered)
    yield "fixes offered / failed when applied", f"{len(offered)} of {len(rules)} rules / {len(failures)}"
    yield from failures


class _Bench:
    """One tree, with what is said of it as it stands."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._cache: ParseCache = new_cache()
        self.before = self._check(tree)

    def failures(self, batch: Sequence[Finding]) -> Iterator[Row]:
        """What is wrong with the fixes of a batch, which touch different files."""
        if not self._complaints(batch):
            return
        for finding in batch:
            if complaint := self._complaints([finding]):
                yield f"{finding.rule} at {finding.at}", complaint

    def _complaints(self, batch: Sequence[Finding]) -> str:
        after = self._check({**self._tree, **_mended(batch, self._tree)})
        left = {finding.fingerprint for finding in after.findings}
        known = {finding.fingerprint for finding in self.before.findings}
        staying = [f"stays: {finding.message}" for finding in batch if finding.fingerprint in left]
        fresh = [
            f"new: {finding.rule}: {finding.message}"
            for finding in after.findings
            if finding.fingerprint not in known
        ]
        notes = _failures(after) - _failures(self.before)
        return "; ".join([*staying, *fresh, *notes])

    def _check(self, tree: Tree) -> Report:
        return check(MemoryFiles(tree), Config(), cache=self._cache)


def _failures(report: Report) -> set[str]:
    return {f"{note.path}: {note.reason}" for note in report.notes if note.is_failure}


def _batches(findings: Sequence[Finding]) -> Iterator[Sequence[Finding]]:
    """Fixes that touch different files are applied together."""
    waiting = list(findings)
    while waiting:
        taken: set[str] = set()
        batch, rest = [], []
        for finding in waiting:
            paths = {edit.path for edit in _edits(finding)}
            (rest if paths & taken else batch).append(finding)
            taken |= paths
        yield batch
        waiting = rest


def _mended(batch: Sequence[Finding], tree: Tree) -> Tree:
    edits = sorted({edit for finding in batch for edit in _edits(finding)}, key=lambda edit: -edit.start_line)
    changed: dict[str, list[str]] = {}
    for edit in edits:
        lines = changed.setdefault(edit.path, tree.get(edit.path, b"").decode().split("\n"))
        lines[edit.start_line - 1 : edit.end_line] = edit.text.split("\n") if edit.text else []
    return {path: "\n".join(lines).encode() for path, lines in changed.items()}


def _edits(finding: Finding) -> Sequence[Edit]:
    return finding.fix.edits if finding.fix else ()


if __name__ == "__main__":
    for folder in map(Path, sys.argv[1:]):
        corpus = folders_corpus([folder])
        tree = {path.removeprefix(f"{folder.name}/"): content for path, content in corpus.items()}
        for name, figure in fixes(tree):
            print(f"{folder.name}: {name:<52} {figure}", flush=True)  # noqa: T201
