"""The environment variables without which a program ends as it starts, for sure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analyzers.model.program import Program
from analyzers.model.programs.certainty import always_runs
from analyzers.model.programs.configuration.filled_structs import LIBRARIES, LIBRARY_NAMES
from analyzers.model.programs.configuration.setting import ProgramSetting
from analyzers.model.programs.known_types import unversioned


def required_settings(program: Program) -> Iterator[ProgramSetting]:
    """Settings that only the environment can give, asked for in every run."""
    certain = _certain_libraries(program)
    places = {setting.at for setting in program.settings if setting.is_required}
    sites = (site for place in places for site in program.code.calls_at(place))
    asked = {site.at for site in sites if always_runs(program.code, site)}
    for setting in program.settings:
        is_open = setting.is_overridable or setting.flag or setting.key or setting.default is not None
        is_needed = setting.is_required and setting.variables and not is_open
        if is_needed and certain.get(setting.library, setting.at in asked):
            yield setting


def _certain_libraries(program: Program) -> Mapping[str, bool]:
    """By library: whether the program's one call of it that fills a struct runs for sure."""
    found: dict[str, bool] = {library.name: False for library in LIBRARIES.values()}
    calls: dict[str, int] = {}
    for site in program.code.named(LIBRARY_NAMES):
        library = LIBRARIES.get(unversioned(site.node.callee)) if site.node.package else None
        if library is not None:
            calls[library.name] = calls.get(library.name, 0) + 1
            found[library.name] = calls[library.name] == 1 and always_runs(program.code, site)
    return found
