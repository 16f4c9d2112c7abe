"""All settings of a program."""

from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.programs.code import Code
from analyzers.model.programs.configuration.command_flags import find_flags
from analyzers.model.programs.configuration.configured import Configured
from analyzers.model.programs.configuration.environment_reads import find_environment_reads
from analyzers.model.programs.configuration.filled_structs import Constant
from analyzers.model.programs.configuration.koanf_keys import find_koanf_keys
from analyzers.model.programs.configuration.setting import ProgramSetting
from analyzers.model.programs.values import Values


def find_settings(code: Code) -> tuple[ProgramSetting, ...]:
    """Every setting that can be seen, in reading order."""
    constant = Values(code, knows_libraries=False).constant
    return tuple(
        sorted(_all(code, constant), key=lambda setting: (setting.at, setting.variables, setting.flag))
    )


def _all(code: Code, constant: Constant) -> Iterator[ProgramSetting]:
    configured = Configured(code, constant)
    yield from find_environment_reads(code, constant)
    yield from find_flags(code, constant)
    yield from find_koanf_keys(code, constant)
    filled = [setting for settings in configured.fields.values() for setting in settings]
    yield from filled
    known = {setting.key for setting in filled if setting.library == "viper"}
    for key, site in configured.viper.asked():
        if key not in known:
            known.add(key)
            yield configured.viper.setting(key, site)
