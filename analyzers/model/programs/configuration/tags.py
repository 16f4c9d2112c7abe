"""What the libraries that fill structs make of a field's tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from analyzers.parsers.go import StructField
from analyzers.parsers.light import light_value

_TAG = re.compile(r'(?<![a-zA-Z_-])([a-zA-Z_-]+):"((?:[^"\\]|\\.)*)"')
_MOST_TAG = 1000
_WORD_ENDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ENVCONFIG_WORD = re.compile(r"[^A-Z]+|[A-Z]+[^A-Z]+|[A-Z]+")
_ENVCONFIG_ACRONYM = re.compile(r"([A-Z]+)([A-Z][^A-Z]+)")
_YES = ("true", "1", "t", "yes")


@light_value
class Path:
    """Where a struct lies inside the one that is filled: the parts that its fields' names begin with."""

    variable: str = ""
    flag: str = ""
    key: str = ""


@light_value
class TagSetting:
    """What a tag says about one field. Without variables and flag, the library does not ask for it."""

    variables: tuple[str, ...] = ()
    flag: str = ""
    key: str = ""
    default: str | None = None
    is_required: bool = False


FieldReader = Callable[[StructField, Mapping[str, str], Path], TagSetting]
PathReader = Callable[[StructField, Mapping[str, str], Path], Path]


def tags_of(field: StructField) -> Mapping[str, str]:
    """The tags of a field by name."""
    return dict(_TAG.findall(field.tag[:_MOST_TAG]))


def words(name: str) -> list[str]:
    """`APIHost` as `API`, `Host`."""
    return _WORD_ENDS.sub(" ", name).replace("_", " ").split()


def can_be_set(field: StructField) -> bool:
    """Whether another package may fill a field: its name starts with a capital."""
    return field.name[:1].isupper()


def _joined(*parts: str, by: str) -> str:
    return by.join(filter(None, parts))


def envconfig_field(field: StructField, tags: Mapping[str, str], path: Path) -> TagSetting:
    """kelseyhightower/envconfig: the name with the prefix, then the tag's without.

    https://github.com/kelseyhightower/envconfig/blob/master/envconfig.go
    """
    if tags.get("ignored", "").lower() in _YES:
        return TagSetting()
    key = _joined(path.variable, _envconfig_name(field, tags), by="_").upper()
    other = tags.get("envconfig", "").upper()
    variables = dict.fromkeys((key, other) if other else (key,))
    is_required = tags.get("required", "").lower() in _YES and not tags.get("default")
    return TagSetting(tuple(variables), default=tags.get("default"), is_required=is_required)


def envconfig_path(field: StructField, tags: Mapping[str, str], path: Path) -> Path:
    if field.is_embedded:
        return path
    return Path(_joined(path.variable, _envconfig_name(field, tags), by="_").upper())


def _envconfig_name(field: StructField, tags: Mapping[str, str]) -> str:
    is_split = tags.get("split_words", "").lower() in _YES
    return tags.get("envconfig") or ("_".join(_envconfig_words(field.name)) if is_split else field.name)


def _envconfig_words(name: str) -> Iterator[str]:
    """Cut as the library cuts: `HTTPPort` at `HTTP`, but `HTTP2Port` at `HTT`, too."""
    for word in _ENVCONFIG_WORD.findall(name):
        acronym = _ENVCONFIG_ACRONYM.search(word)
        yield from acronym.groups() if acronym else (word,)


def env_field(field: StructField, tags: Mapping[str, str], path: Path) -> TagSetting:
    """caarlos0/env, sethvargo/go-envconfig, cleanenv: `env:"NAME,options"`, defaults in their own tags."""
    name, *options = (part.strip() for part in tags.get("env", "").split(","))
    if not name or name == "-":
        return TagSetting()
    inline = next((option[8:] for option in options if option.startswith("default=")), None)
    default = tags.get("envDefault", tags.get("env-default", inline))
    is_required = (
        "required" in options or "notEmpty" in options or tags.get("env-required", "").lower() in _YES
    )
    return TagSetting(
        (path.variable + name,),
        key=file_key(field, tags, path),
        default=default,
        is_required=is_required and default is None,
    )


def env_path(field: StructField, tags: Mapping[str, str], path: Path) -> Path:
    inline = next((part.strip()[7:] for part in tags.get("env", "").split(",") if "prefix=" in part), "")
    prefix = tags.get("envPrefix", tags.get("env-prefix", inline))
    return Path(path.variable + prefix, key=path.key if field.is_embedded else file_key(field, tags, path))


def conf_field(field: StructField, tags: Mapping[str, str], path: Path) -> TagSetting:
    """ardanlabs/conf: `PREFIX_WEB_HOST` and `--web-host` for the field Host of the struct Web.

    https://github.com/ardanlabs/conf
    """
    said = dict(part.strip().partition(":")[::2] for part in tags.get("conf", "").split(","))
    if "-" in said:
        return TagSetting()
    name = words(field.name)
    variable = said.get("env") or "_".join(name)
    return TagSetting(
        (_joined(path.variable, variable, by="_").upper(),),
        _joined(path.flag, said.get("flag") or "-".join(name).lower(), by="-"),
        default=said.get("default"),
        is_required="required" in said,
    )


def conf_path(field: StructField, tags: Mapping[str, str], path: Path) -> Path:
    if field.is_embedded:
        return path
    name = words(field.name)
    return Path(
        _joined(path.variable, "_".join(name).upper(), by="_"),
        _joined(path.flag, "-".join(name).lower(), by="-"),
    )


def flag_field(field: StructField, tags: Mapping[str, str], path: Path) -> TagSetting:
    """alecthomas/kong and jessevdk/go-flags: flags named by tags, or by kong like the field."""
    if "cmd" in tags or "arg" in tags or tags.get("kong") == "-":
        return TagSetting()
    name = tags.get("long") or tags.get("name") or "-".join(words(field.name)).lower()
    variable = tags.get("env", "")
    return TagSetting(
        (variable,) if variable else (),
        path.flag + name,
        default=tags.get("default"),
        is_required="required" in tags and "default" not in tags,
    )


def flag_path(field: StructField, tags: Mapping[str, str], path: Path) -> Path:
    return Path(flag=path.flag + tags.get("prefix", tags.get("namespace", "")))


def file_key(field: StructField, tags: Mapping[str, str], path: Path) -> str:
    """The key in a configuration file."""
    named = (
        tags[name].partition(",")[0] for name in ("mapstructure", "koanf", "yaml", "toml") if name in tags
    )
    return _joined(path.key, next(named, "") or field.name.lower(), by=".")
