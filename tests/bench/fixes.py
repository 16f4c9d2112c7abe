"""Every fix that is offered, applied: the finding is gone, nothing is new, the file can be read.

python -m tests.bench.fixes [--advisories FOLDER] REPOSITORY...
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from analyzers.files import DirectoryFiles, MemoryFiles, RepoFiles
from analyzers.finding import Finding
from analyzers.model.modules.advisories import AdvisoryDatabase, directory_reader
from tests.fix_trial import Trial, batches
from tests.gofmt import GOFMT, unformatted

Row = tuple[str, str]


def fixes(corpus: Mapping[str, bytes]) -> Iterator[Row]:
    """How many are offered by how many rules, and each that does not do what it promises."""
    return trials(MemoryFiles(corpus))


def trials(files: RepoFiles, advisories: AdvisoryDatabase | None = None) -> Iterator[Row]:
    trial = Trial(files, advisories)
    failures = [row for batch in batches(trial.offered) for row in _failures(trial, batch)]
    rules = Counter(finding.rule for finding in trial.offered)
    failures += _unformatted(trial)
    yield "fixes offered / failed when applied", f"{rules.total()} of {len(rules)} rules / {len(failures)}"
    for rule, offered in sorted(rules.items()):
        failed = sum(name.split()[0] == rule for name, _ in failures)
        yield f"  {rule}", f"{offered} / {failed}"
    yield from failures


def _failures(trial: Trial, batch: Sequence[Finding]) -> Iterator[Row]:
    """What is wrong with the fixes of a batch, each on its own, or all together."""
    together = trial.complaints(batch)
    if not together:
        return
    alone = [(finding, trial.complaints([finding])) for finding in batch] if len(batch) > 1 else []
    for finding, complaints in alone:
        if complaints:
            yield f"{finding.rule} at {finding.at}", "; ".join(complaints)
    if not any(complaints for _, complaints in alone):
        names = " ".join(f"{finding.rule} at {finding.at}" for finding in batch[:6])
        yield names, "; ".join(together)


def _unformatted(trial: Trial) -> Iterator[Row]:
    """Go files that gofmt would have left alone before a fix, and not afterwards."""
    if GOFMT is None:
        return
    changed = {
        f"{finding.rule} at {finding.at}: {path}": (content, trial.content(path))
        for finding in trial.offered
        for path, content in trial.mended([finding]).items()
        if path.endswith(".go")
    }
    before = unformatted({name: old for name, (_, old) in changed.items()})
    after = unformatted({name: new for name, (new, _) in changed.items()})
    yield from ((name, words) for name, words in after.items() if name not in before)


def _main() -> None:
    parser = ArgumentParser(description="Apply every fix offered in repositories, and look again.")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--advisories", type=Path, help="a copy of the Go vulnerability database")
    options = parser.parse_args()
    advisories = AdvisoryDatabase(directory_reader(options.advisories)) if options.advisories else None
    for folder in options.folders:
        for name, figure in trials(DirectoryFiles(folder), advisories):
            sys.stdout.write(f"{folder.name}: {name:<52} {figure}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    _main()
