"""References to keys that a ConfigMap or Secret of the repository does not have."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from analyzers.model.manifests.manifests import Manifests
from analyzers.model.manifests.provided import SettingsIndex
from analyzers.model.workload import Container, EnvVar, Settings, Workload
from analyzers.parsers.light import light_value

_MOST_UNLIKE = 0.75
"""How much of two keys must agree for one to be a misspelling of the other."""


@light_value
class MissingKey:
    """`settings` is the object that is asked, `nearest` the key of it that is probably meant."""

    workload: Workload
    container: Container
    variable: EnvVar
    settings: Settings
    nearest: str = ""


def find_missing_keys(manifests: Iterable[Manifests]) -> Iterator[MissingKey]:
    """Those without which a container does not start. Objects without any key are filled by somebody else."""
    files = tuple(manifests)
    index = SettingsIndex(settings for each in files for settings in each.settings)
    for workload in (workload for each in files for workload in each.workloads):
        for container in (*workload.containers, *workload.init_containers):
            for variable in container.env:
                settings = index.find(workload, variable.source, variable.object_name)
                if settings and _lacks(settings, variable):
                    yield MissingKey(
                        workload, container, variable, settings, _nearest(settings, variable.key)
                    )


def _lacks(settings: Settings, variable: EnvVar) -> bool:
    is_asked = bool(variable.key) and not variable.is_optional
    return is_asked and settings.is_complete and bool(settings.data) and variable.key not in settings.data


def _nearest(settings: Settings, key: str) -> str:
    """The one key that differs by letter case, by `-` and `_`, or by a slip; empty where there are two."""
    plain = {_plain(name): name for name in settings.data}
    if _plain(key) in plain:
        return plain[_plain(key)]
    near = difflib.get_close_matches(_plain(key), plain, n=2, cutoff=_MOST_UNLIKE)
    return plain[near[0]] if len(near) == 1 else ""


def _plain(key: str) -> str:
    return key.lower().replace("-", "").replace("_", "").replace(".", "")
