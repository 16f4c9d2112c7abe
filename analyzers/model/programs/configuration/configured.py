"""The settings of a program, for what asks where one expression's value comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from analyzers.model.programs.code import Code
from analyzers.model.programs.configuration.command_flags import (
    asked_flag,
    asked_of_set,
    find_flags,
    flag_of_call,
    urfave_flags,
)
from analyzers.model.programs.configuration.file_decoding import FileDecoding
from analyzers.model.programs.configuration.filled_structs import Constant, FieldKey, FilledStructs
from analyzers.model.programs.configuration.setting import ProgramSetting
from analyzers.model.programs.configuration.structs import Owner, Structs
from analyzers.model.programs.configuration.viper_keys import ViperKeys
from analyzers.model.programs.configuration.viper_structs import find_viper_structs
from analyzers.model.programs.package import Site
from analyzers.model.programs.text import UNKNOWN, Text
from analyzers.parsers.go import Call, Expression


class Configured:
    """Looks settings up by the call or the field that holds them. `constant` evaluates keys and defaults."""

    def __init__(self, code: Code, constant: Constant) -> None:
        self._code = code
        self._constant = constant
        self.structs = Structs(code)
        self.viper = ViperKeys(code, constant)
        self.files = FileDecoding(code)

    def call(self, site: Site[Call]) -> Text | None:
        """What a call asks of viper, kingpin or urfave/cli; None for any other call."""
        setting = self._of_call(site)
        return None if setting is None else _text(setting)

    def _of_call(self, site: Site[Call]) -> ProgramSetting | None:
        key = self.viper.key(site)
        if key is not None:
            return self.viper.setting(key, site)
        asked = asked_of_set(self._code, site, self._constant)
        if asked:
            return self._flag(asked, site)
        name = asked_flag(self._code, site)
        if name:
            return self._urfave.get(name, ProgramSetting(site.at, "urfave/cli", is_overridable=True))
        flag = None if site.node.arguments else flag_of_call(site, self._constant)
        return flag if flag is not None and flag.variables else None

    def _flag(self, name: str, site: Site[Call]) -> ProgramSetting:
        """The flag of that name; commands may have several, whose defaults differ."""
        found = self._flags.get(name, [])
        agree = len({setting.default for setting in found}) == 1
        return found[0] if agree else ProgramSetting(site.at, "flag", flag=name)

    @cached_property
    def _flags(self) -> Mapping[str, list[ProgramSetting]]:
        by_name: dict[str, list[ProgramSetting]] = defaultdict(list)
        for setting in find_flags(self._code, self._constant):
            by_name[setting.flag].append(setting)
        return by_name

    @cached_property
    def _urfave(self) -> Mapping[str, ProgramSetting]:
        return {setting.flag: setting for setting in urfave_flags(self._code, self._constant)}

    def owner(self, site: Site[Expression]) -> Owner | None:
        """The struct that has the field which a selector names."""
        operand = site.node.parts[0]
        value = self.structs.of(site.of(operand))
        found = self.structs.field(value, site.node.text) if value else None
        return found[0] if found else None

    def field(self, owner: Owner, name: str) -> Text | None:
        """What decides a field that a library fills; None for one that none does."""
        settings = self.fields.get((*owner.key, name), [])
        texts = {_text(setting) for setting in settings}
        if len(texts) > 1:
            return UNKNOWN
        return texts.pop() if texts else None

    @cached_property
    def fields(self) -> Mapping[FieldKey, list[ProgramSetting]]:
        """The settings of every field that a library fills."""
        found: dict[FieldKey, list[ProgramSetting]] = defaultdict(list)
        filled = FilledStructs(self._code, self.structs, self._constant).find()
        filled += find_viper_structs(self._code, self.structs, self.viper, self._constant)
        for key, setting in filled:
            found[key].append(setting)
        return found


def _text(setting: ProgramSetting) -> Text:
    read = setting.read
    return (read,) if read.is_known else UNKNOWN
