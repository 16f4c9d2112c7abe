from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Fix
from analyzers.fixes.variables import set_variable
from analyzers.model.modules.go_settings import GoSetting, needs_no_network
from analyzers.model.modules.privacy import covers_everything, private_patterns
from analyzers.model.repository import Repository
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    if any(module.has_vendor for module in repository.modules):
        return
    for setting in repository.go_settings:
        case = _case(setting)
        if case is not None and not needs_no_network(setting):
            yield Problem(
                setting.at,
                values={"where": setting.where, "setting": f"{setting.name}={setting.value}"},
                fix=_narrow(repository, setting),
                evidence=f"{setting.where} {setting.name}",
                case=case,
            )


def _case(setting: GoSetting) -> str | None:
    """None where other modules stay checked."""
    if setting.name == "GOSUMDB":
        return "" if setting.value == "off" else None
    if setting.name == "GOFLAGS":
        return "flag" if "-insecure" in setting.value.split() else None
    if any(map(covers_everything, setting.patterns)):
        return {"GONOSUMDB": "", "GOINSECURE": "insecure"}.get(setting.name)
    return None


def _narrow(repository: Repository, setting: GoSetting) -> Fix | None:
    """Name one's own modules in place of all; where they are named already there is more to think of."""
    patterns = ",".join(private_patterns(repository.modules))
    if not patterns or "GOPRIVATE" in setting.beside or setting.name not in ("GOSUMDB", "GONOSUMDB"):
        return None
    text = repository.text(setting.at.path) or ""
    return set_variable(text, setting.at, (setting.name, setting.value), ("GOPRIVATE", patterns))
