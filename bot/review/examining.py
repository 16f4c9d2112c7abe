"""What there is to say of a change, after what people have said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from analyzers.files import RepoFiles
from analyzers.finding import Report
from analyzers.reviewing import review as analyse
from analyzers.reviewing import wanted
from analyzers.sources import new_cache
from bot.forges.base import Change
from bot.review.configuration import Configuration, Preview, preview, read_configuration
from bot.review.decisions import Decisions, heed
from bot.review.desk import Desk


@dataclass(frozen=True, slots=True)
class Material:
    """Both sides of a change, and the settings they are judged by: the base's."""

    base: RepoFiles
    head: RepoFiles
    configuration: Configuration


@dataclass(frozen=True, slots=True)
class Examination:
    """`foreseen` tells how the settings that the change brings would alter the report."""

    report: Report
    foreseen: Preview | None = None


def gather_material(change: Change, desk: Desk) -> Material:
    """What is looked at. Raises as the forge does."""
    base, head = desk.forge.trees(change, wanted)
    return Material(base, head, read_configuration(base, head, _touched(change)))


def examine(change: Change, material: Material, decisions: Decisions, desk: Desk) -> Examination:
    """The change analysed; what people decided on is neither new nor a mistake any more."""
    judge = partial(
        analyse,
        material.base,
        material.head,
        renames={file.previous_path: file.path for file in change.files if file.previous_path},
        changed=_touched(change),
        advisories=desk.advisories,
        cache=new_cache(),
    )
    configuration = material.configuration
    report = judge(configuration.config)
    heeded = heed(report, decisions.dismissals, decisions.accepted)
    proposed = configuration.proposed
    if proposed is None:
        return Examination(heeded)
    same = proposed.finds_the_same_as(configuration.config)
    return Examination(heeded, preview(report, report if same else judge(proposed)))


def _touched(change: Change) -> frozenset[str]:
    return frozenset(path for file in change.files for path in (file.path, file.previous_path) if path)
