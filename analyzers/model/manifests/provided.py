"""What ConfigMaps and Secrets of the repository put into the environment of a container.

https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from analyzers.model.fact import Fact
from analyzers.model.nearness import steps_between
from analyzers.model.workload import Container, EnvSource, EnvVar, Settings, Workload
from analyzers.parsers.placeholder import is_known

MOST_PROVIDED = 2_000
MOST_ALIKE = 100
"""Objects of one name: which of more is meant, nobody can tell."""
Source = Literal["configmap", "secret"]
_KINDS = {"configmap": "ConfigMap", "secret": "Secret"}


class SettingsIndex:
    """Finds the ConfigMap or Secret that a pod means by a name."""

    def __init__(self, settings: Iterable[Settings]) -> None:
        self._named: dict[tuple[str, str, str, str], list[Settings]] = defaultdict(list)
        for each in settings:
            if each.name:
                self._named[each.overlay, each.kind, each.namespace, each.name].append(each)

    def find(self, workload: Workload, source: str, name: str | None) -> Settings | None:
        """The object of that name in the workload's set and namespace; None where there is not just one.

        Of files that no kustomization takes in, those beside the workload's and around it count.
        """
        kind = _KINDS.get(source)
        if not kind or not name:
            return None
        found = self._named.get((workload.overlay, kind, workload.namespace, name), [])
        if len(found) > MOST_ALIKE:
            return None
        if not workload.overlay and found:
            ranked = sorted(found, key=lambda each: steps_between(each.path, workload.path))
            steps = [steps_between(each.path, workload.path) for each in ranked]
            found = [each for each, step in zip(ranked, steps, strict=True) if step == steps[0] < 2]
        return found[0] if len(found) == 1 else None


def provide(workload: Workload, settings: SettingsIndex) -> Workload:
    """The workload, its containers knowing what the repository's settings give them."""
    return replace(
        workload,
        containers=tuple(_provided(each, workload, settings) for each in workload.containers),
        init_containers=tuple(_provided(each, workload, settings) for each in workload.init_containers),
    )


def _provided(container: Container, workload: Workload, settings: SettingsIndex) -> Container:
    if not container.env and not container.env_sources:
        return container
    found = [(source, settings.find(workload, source.kind, source.name)) for source in container.env_sources]
    brought = tuple(variable for source, each in found if each for variable in _brought(source, each))
    are_known = all(each and each.is_complete for _, each in found) and len(brought) <= MOST_PROVIDED
    is_whole = container.is_complete and container.env_list_is_complete and are_known
    return replace(
        container,
        env=tuple(_resolved(variable, workload, settings) for variable in container.env),
        provided=(*container.provided, *brought[:MOST_PROVIDED]),
        env_is_complete=container.env_is_complete or is_whole,
    )


def _resolved(variable: EnvVar, workload: Workload, settings: SettingsIndex) -> EnvVar:
    each = settings.find(workload, variable.source, variable.object_name)
    fact = each.data.get(variable.key) if each else None
    return replace(variable, value=_usable(fact), provided_at=fact.at) if fact else variable


def _brought(source: EnvSource, each: Settings) -> Iterator[EnvVar]:
    kind: Source = "secret" if source.kind == "secret" else "configmap"
    for key, fact in each.data.items():
        yield EnvVar(
            name=f"{source.prefix}{key}",
            at=fact.at,
            value=_usable(fact),
            source=kind,
            object_name=each.name,
            key=key,
            value_at=fact.at,
            provided_at=fact.at,
        )


def _usable(fact: Fact[str]) -> str | None:
    return fact.value if fact.value is not None and is_known(fact.value) else None
