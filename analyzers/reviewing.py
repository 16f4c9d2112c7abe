"""One tree checked, or two compared."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import field, replace
from typing import TYPE_CHECKING

from analyzers.collector import collector_resting
from analyzers.comparison import compare
from analyzers.config import Config
from analyzers.consequences import find_causes, leave_out_consequences
from analyzers.engine import Known, judge
from analyzers.files import Blob, RepoFiles
from analyzers.finding import Finding, Note, Report, Status
from analyzers.masking import mask
from analyzers.parsers.light import light_value
from analyzers.selection import Budget, select
from analyzers.sharing import Shared
from analyzers.sources import ParseCache, Sources, new_cache

if TYPE_CHECKING:
    from analyzers.model.modules.advisories import AdvisoryDatabase
    from analyzers.model.repository import Repository

REVIEW_BUDGET = Budget(files=2_000, bytes=32 << 20)
"""What a bot's review reads of one tree: each file may cost a forge's answer."""


def wanted(tree: Mapping[str, Blob], changed: Collection[str]) -> Sequence[str]:
    """The paths of a tree that a review of a change wants to read."""
    return select(tree, changed, REVIEW_BUDGET).paths


@collector_resting()
def check(
    files: RepoFiles,
    config: Config = Config(),
    advisories: AdvisoryDatabase | None = None,
    paths: Collection[str] = (),
    cache: ParseCache | None = None,
) -> Report:
    """Judge one tree. With `paths`, only findings in those files or below those folders are reported.

    The whole tree is read all the same: most mistakes lie between files.
    """
    started = time.monotonic()
    reader = _Reader(config, advisories, new_cache() if cache is None else cache, Budget())
    repository, notes = reader.read(files)
    found, broken = judge(repository, config)
    findings = leave_out_consequences(found, find_causes(found, found, repository.text), repository.text)
    return _report(_inside(findings, paths), (), repository, [*notes, *broken], started)


@collector_resting()
def review(
    base: RepoFiles,
    head: RepoFiles,
    config: Config = Config(),
    *,
    renames: Mapping[str, str] = {},
    changed: Collection[str] = (),
    advisories: AdvisoryDatabase | None = None,
    paths: Collection[str] = (),
    cache: ParseCache | None = None,
    budget: Budget = REVIEW_BUDGET,
) -> Report:
    """Compare two trees: what the head has and the base has not was introduced.

    `renames` maps paths of the base to paths of the head, `changed` names the paths the change
    touches, `paths` limits the report as in `check`. Content that both trees share is parsed once.
    Notes speak of the head.
    """
    started = time.monotonic()
    reader = _Reader(config, advisories, new_cache() if cache is None else cache, budget, changed)
    head_repository, notes = reader.read(head)
    base_repository, _ = reader.read(base)
    known: Known = {}
    found, broken = judge(head_repository, config, known=known)
    before, _ = judge(base_repository, config, renames, known)
    judged, gone = compare(before, found)
    causes = find_causes(judged, [*judged, *gone], head_repository.text)
    findings = leave_out_consequences(judged, causes, head_repository.text)
    causes |= find_causes(before, gone, base_repository.text)
    fixed = leave_out_consequences(gone, causes, base_repository.text)
    kept = _inside(findings, paths), _inside(fixed, paths)
    report = _report(*kept, head_repository, [*notes, *broken], started)
    before_and_after = base_repository.sources.analysed_paths, head_repository.sources.analysed_paths
    return _with_counts(report, *before_and_after, renames, frozenset(changed))


@light_value
class _Reader:
    """What holds for both trees of a review."""

    config: Config
    advisories: AdvisoryDatabase | None
    cache: ParseCache
    budget: Budget
    changed: Collection[str] = ()
    shared: Shared = field(default_factory=Shared)

    def read(self, files: RepoFiles) -> tuple[Repository, list[Note]]:
        # Only now the model, and every language with it: whoever asks for the version reads nothing.
        from analyzers.model.repository import Repository

        selection = select(files.tree, self.changed, self.budget)
        sources = Sources(files, selection.paths, self.cache, self.changed, self.shared)
        repository = Repository.read(sources, self.advisories)
        notes = [note for note in repository.notes if not self.config.excludes(note.path)]
        if files.is_partial:
            notes.append(Note("", "the repository is so large that only a part of its files was listed"))
        if selection.left_out:
            reason = f"{selection.left_out} files were left out to keep the review within its budget"
            notes.append(Note("", reason))
        return repository, notes


def _with_counts(
    report: Report, before: Set[str], after: Set[str], renames: Mapping[str, str], changed: Set[str]
) -> Report:
    touched = {renames.get(path, path) for path in before & changed} | (after & changed)
    return replace(report, changed_files=len(touched), related_files=len(after - changed))


def _inside(findings: Sequence[Finding], paths: Collection[str]) -> list[Finding]:
    return [finding for finding in findings if not paths or _lies_in(finding.at.path, paths)]


def _lies_in(path: str, places: Collection[str]) -> bool:
    return any(place in ("", ".", path) or path.startswith(place.rstrip("/") + "/") for place in places)


def _report(
    findings: Sequence[Finding],
    fixed: Sequence[Finding],
    repository: Repository,
    notes: Sequence[Note],
    started: float,
) -> Report:
    shown = {
        place.path for finding in findings for place in (finding.at, *(other.at for other in finding.related))
    }
    return Report(
        findings=tuple(findings),
        fixed=tuple(fixed),
        notes=tuple(notes),
        files=repository.analysed,
        seconds=time.monotonic() - started,
        sources=_shown(shown, findings, repository),
    )


def _shown(paths: Collection[str], findings: Sequence[Finding], repository: Repository) -> Mapping[str, str]:
    """The text of files without the secrets that were found in them."""
    secrets = [finding.secret for finding in findings if finding.secret]
    return {
        path: mask(text, (secret.span for secret in secrets if secret.path == path))
        for path in paths
        if (text := repository.text(path)) is not None
    }


def worst(findings: Sequence[Finding]) -> Finding | None:
    """The most severe finding that nobody ignored; the first of equals."""
    counted = [finding for finding in findings if finding.status is not Status.IGNORED]
    return min(counted, key=lambda finding: finding.severity.rank, default=None)
