"""Manifests brought together: what one object takes over from another of the same set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analyzers.model.manifests.manifests import Manifests
from analyzers.model.manifests.provided import SettingsIndex, provide
from analyzers.model.manifests.rollouts import borrow_templates


def complete(manifests: Sequence[Manifests]) -> tuple[Manifests, ...]:
    """The manifests, Rollouts with the pods they borrow, containers with what ConfigMaps and Secrets give."""
    index = SettingsIndex(settings for each in manifests for settings in each.settings)
    borrowed = borrow_templates([workload for each in manifests for workload in each.workloads])
    return tuple(
        replace(each, workloads=tuple(provide(found, index) for found in borrowed(each.workloads)))
        for each in manifests
    )
