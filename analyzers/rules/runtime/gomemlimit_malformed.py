from __future__ import annotations

from collections.abc import Iterator

from analyzers.fixes.environment import rewritten
from analyzers.model.repository import Repository
from analyzers.model.runtime_settings import RuntimeSetting, find_runtime_settings
from analyzers.model.services.memory_limit import is_refused, meant_gomemlimit
from analyzers.rule import Problem, Replacement, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for setting in find_runtime_settings(repository, "GOMEMLIMIT"):
        if setting.value and is_refused(setting.value):
            yield _problem(setting, setting.value, repository.text_at(setting.at))


def _problem(setting: RuntimeSetting, value: str, text: str) -> Problem:
    meant = meant_gomemlimit(value)
    mended = rewritten(setting.name, value, text, meant) if meant else None
    return Problem(
        setting.at,
        values={"value": value, "meant": meant},
        replacements=(Replacement(setting.at, mended),) if mended else (),
        evidence=f"GOMEMLIMIT={value}",
        case="" if meant else "senseless",
    )
