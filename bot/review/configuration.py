"""The settings a review is made with: the base's. A change does not decide how it is judged."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from analyzers.config import CONFIG_PATH, Config, read_config
from analyzers.files import RepoFiles
from analyzers.finding import Note, Report, Severity, Status


@dataclass(frozen=True, slots=True)
class Configuration:
    """What counts, and what the change would have count."""

    config: Config
    flaws: tuple[Note, ...] = ()
    """What is wrong with the base's file. A setting that is wrong stays at its default."""
    proposed: Config | None = None
    """The head's, where the change touches the file and leaves nothing wrong with it."""
    new_flaws: tuple[Note, ...] = ()
    """What is wrong with the head's, where the change touches the file."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What the head would have with the proposed settings: findings more, fewer, and of another severity."""

    more: int
    fewer: int
    reweighed: int


def read_configuration(base: RepoFiles, head: RepoFiles, changed: Collection[str]) -> Configuration:
    """The settings of both sides. `changed` are the paths the change touches."""
    config, flaws = read_config(base)
    if CONFIG_PATH not in changed:
        return Configuration(config, flaws)
    proposed, new_flaws = read_config(head)
    return Configuration(config, flaws, None if new_flaws else proposed, new_flaws)


def preview(now: Report, proposed: Report) -> Preview:
    """The reports of the same change by the present and by the proposed settings."""
    present, future = _counted(now), _counted(proposed)
    both = present.keys() & future.keys()
    return Preview(
        more=len(future.keys() - both),
        fewer=len(present.keys() - both),
        reweighed=sum(present[one] is not future[one] for one in both),
    )


def _counted(report: Report) -> Mapping[str, Severity]:
    counted = (finding for finding in report.findings if finding.status is not Status.IGNORED)
    return {finding.fingerprint: finding.severity for finding in counted}
