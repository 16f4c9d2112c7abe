from __future__ import annotations

import math
from collections.abc import Iterator

from analyzers.fixes.environment import rewritten
from analyzers.model.quantity import cores_of
from analyzers.model.repository import Repository
from analyzers.model.runtime_settings import RuntimeSetting, find_runtime_settings
from analyzers.model.services.cpu_limits import is_processor_count
from analyzers.rule import Problem, Replacement, rule

_WHOLE = ("", "0", "1")
"""Divisors that count whole cores; 0 stands for the default."""


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for setting in find_runtime_settings(repository, "GOMAXPROCS"):
        variable = setting.variable
        if setting.value and not is_processor_count(setting.value):
            yield _ignored(setting, setting.value, repository.text_at(setting.at))
        elif variable and variable.resource.endswith(".cpu") and variable.divisor not in _WHOLE:
            yield _divided(setting)


def _ignored(setting: RuntimeSetting, value: str, text: str) -> Problem:
    cores = cores_of(value)
    mended = rewritten(setting.name, value, text, str(math.ceil(cores))) if cores else None
    return Problem(
        setting.at,
        values={"value": value},
        replacements=(Replacement(setting.at, mended),) if mended else (),
        evidence=f"GOMAXPROCS={value}",
    )


def _divided(setting: RuntimeSetting) -> Problem:
    assert setting.variable
    variable = setting.variable
    return Problem(
        variable.divisor_at or setting.at,
        values={"resource": variable.resource, "divisor": variable.divisor},
        replacements=(Replacement(variable.divisor_at, '"1"'),) if variable.divisor_at else (),
        evidence=f"{variable.resource} {variable.divisor}",
        case="divisor",
    )
