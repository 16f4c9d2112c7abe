from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Fix, Related
from analyzers.fixes.variables import set_variable
from analyzers.model.module import Requirement
from analyzers.model.modules.go_settings import GoSetting, downloads_before, needs_no_network
from analyzers.model.modules.privacy import (
    fetched_path,
    is_private,
    matches_patterns,
    uses_public_proxies_only,
)
from analyzers.model.repository import Repository
from analyzers.rule import Problem, rule

_DEFAULT = "https://proxy.golang.org,direct"
"""https://go.dev/ref/mod#environment-variables"""


@rule
def check(repository: Repository) -> Iterator[Problem]:
    if any(module.has_vendor for module in repository.modules):
        return
    for setting in repository.go_settings:
        if setting.name == "GOPROXY" and not needs_no_network(setting):
            yield from _judge(repository, setting)


def _judge(repository: Repository, setting: GoSetting) -> Iterator[Problem]:
    if setting.patterns == ("direct",):
        yield _problem(repository, setting, "", _DEFAULT)
    elif setting.patterns == ("off",):
        if setting.stage and not downloads_before(setting):
            yield _problem(repository, setting, "off", _DEFAULT)
    elif uses_public_proxies_only(setting.patterns) and setting.patterns[-1] != "direct":
        private = next(_unserved(repository, setting), None)
        if private:
            yield _problem(repository, setting, "no-direct", f"{setting.value},direct", private)


def _unserved(repository: Repository, setting: GoSetting) -> Iterator[Requirement]:
    """Private modules that the go command asks the public proxies for."""
    patterns = [setting.beside.get(name, "") for name in ("GONOPROXY", "GOPRIVATE")]
    if None in patterns:
        return
    for module in repository.modules:
        for requirement in module.requirements:
            path = fetched_path(requirement)
            is_asked = not any(matches_patterns(pattern or "", path) for pattern in patterns)
            if not requirement.is_local and is_private(path) and is_asked:
                yield requirement


def _problem(
    repository: Repository, setting: GoSetting, case: str, wanted: str, private: Requirement | None = None
) -> Problem:
    values: dict[str, object] = {
        "where": setting.where,
        "setting": f"GOPROXY={setting.value}",
        "wanted": wanted,
    }
    if private:
        values |= {"module": fetched_path(private), "partner": private.at}
    return Problem(
        setting.at,
        values=values,
        related=(Related(private.at, "a private module"),) if private else (),
        fix=_fix(repository, setting, wanted),
        evidence=setting.where,
        case=case,
    )


def _fix(repository: Repository, setting: GoSetting, wanted: str) -> Fix | None:
    text = repository.text(setting.at.path) or ""
    return set_variable(text, setting.at, ("GOPROXY", setting.value), ("GOPROXY", wanted))
