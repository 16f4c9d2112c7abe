"""The structs that viper fills: `viper.Unmarshal(&config)`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from analyzers.finding import Location
from analyzers.model.programs.code import Code
from analyzers.model.programs.configuration.filled_structs import Constant, FieldKey
from analyzers.model.programs.configuration.setting import ProgramSetting
from analyzers.model.programs.configuration.structs import Owner, Structs
from analyzers.model.programs.configuration.tags import can_be_set, tags_of
from analyzers.model.programs.configuration.viper_keys import VIPER, ViperKeys
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Call, StructField

_METHODS = {"Unmarshal", "UnmarshalExact", "UnmarshalKey"}
_MOST_FIELDS = 1000
_MOST_DEPTH = 6


def find_viper_structs(
    code: Code, structs: Structs, viper: ViperKeys, constant: Constant
) -> list[tuple[FieldKey, ProgramSetting]]:
    """Every field that viper fills and that has a key it asks for."""
    sites = code.named(_METHODS) if viper.is_used else ()
    found = (entry for site in sites for entry in _of_call(site, structs, viper, constant))
    return list(islice(found, _MOST_FIELDS))


def _of_call(
    site: Site[Call], structs: Structs, viper: ViperKeys, constant: Constant
) -> Iterator[tuple[FieldKey, ProgramSetting]]:
    call = site.node
    has_key = call.method == "UnmarshalKey"
    if not site.file.imports_path(VIPER) or len(call.arguments) <= has_key:
        return
    key = constant(site.of(call.arguments[0])) if has_key else ""
    owner = structs.of(site.of(call.arguments[has_key]))
    if owner is not None and key is not None:
        yield from _fields(site, owner, structs, viper, key.lower(), 0)


def _fields(
    site: Site[Call], owner: Owner, structs: Structs, viper: ViperKeys, key: str, depth: int
) -> Iterator[tuple[FieldKey, ProgramSetting]]:
    for field in owner.struct.fields if depth < _MOST_DEPTH else ():
        name, *options = tags_of(field).get("mapstructure", field.name).split(",")
        own = key if "squash" in options else ".".join(filter(None, (key, name.lower())))
        inner = structs.inner(owner, field)
        if inner is not None:
            yield from _fields(site, inner, structs, viper, own, depth + 1)
        elif name != "-" and can_be_set(field) and viper.is_known(own):
            yield (*owner.key, field.name), _setting(owner, field, viper.setting(own, site))


def _setting(owner: Owner, field: StructField, setting: ProgramSetting) -> ProgramSetting:
    return replace(
        setting,
        at=Location(owner.path, owner.package.files[owner.path].span(field)),
        type=field.type,
        target=owner.target(field),
    )
