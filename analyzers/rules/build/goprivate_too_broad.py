from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Fix
from analyzers.fixes.variables import set_variable
from analyzers.model.modules.go_settings import GoSetting
from analyzers.model.modules.privacy import covers_everything, private_patterns, shared_host_of
from analyzers.model.repository import Repository
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for setting in repository.go_settings:
        broad = [pattern for pattern in setting.patterns if _is_broad(pattern)]
        if setting.name == "GOPRIVATE" and broad:
            yield Problem(
                setting.at,
                values={"where": setting.where, "pattern": broad[0], "whose": _whose(broad[0])},
                fix=_narrow(repository, setting, broad),
                evidence=setting.where,
            )


def _is_broad(pattern: str) -> bool:
    return covers_everything(pattern) or bool(shared_host_of(pattern))


def _whose(pattern: str) -> str:
    if covers_everything(pattern):
        return "every module there is"
    return f"everybody's on {shared_host_of(pattern)}"


def _narrow(repository: Repository, setting: GoSetting, broad: list[str]) -> Fix | None:
    """One's own organisation in the place of the host, where it is one there."""
    own = private_patterns(repository.modules)
    if not any(pattern.endswith("/*") for pattern in own):
        return None
    patterns = dict.fromkeys((*own, *(each for each in setting.patterns if each not in broad)))
    text = repository.text(setting.at.path) or ""
    return set_variable(text, setting.at, (setting.name, setting.value), (setting.name, ",".join(patterns)))
