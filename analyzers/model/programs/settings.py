"""How Go programs take their settings: flags with defaults, struct tags that name environment variables."""

from __future__ import annotations

import re

from analyzers.model.programs.text import Read
from analyzers.parsers.go import Expression, StructField
from analyzers.parsers.go.expression import dotted
from analyzers.parsers.light import light_value

_KINDS = (
    *("String", "Int", "Int32", "Int64", "Uint", "Uint16", "Uint32", "Uint64", "Duration", "Bool", "Float64"),
    *("StringSlice", "StringArray", "IntSlice", "Float32", "Uint8", "Int8", "Int16"),
)
_FLAG = {f"{kind}{short}": 1 + len(short) for kind in _KINDS for short in ("", "P")}
_FLAG_VARIABLE = {f"{kind}Var{short}": 2 + len(short) for kind in _KINDS for short in ("", "P")}
"""By method: which argument is the default. One with a P has a short name before it."""
BINDING_METHODS = _FLAG_VARIABLE.keys()
FLAG_METHODS = _FLAG.keys() | BINDING_METHODS
"""The only methods of which `flag_for`, and either that or `flag_default`, say anything."""
_TAG = re.compile(r'(?<![a-zA-Z_])([a-zA-Z_]+):"((?:[^"\\]|\\.)*)"')
_MOST_TAG = 500
_FLAG_PACKAGES = ("flag", "github.com/spf13/pflag")


@light_value
class FlagVariable:
    """`flag.StringVar(&target, name, default, …)`."""

    target: str
    name: str
    default: Expression


def flag_default(call: Expression) -> tuple[str, Expression | None] | None:
    """The name and default of a flag that a call defines; None for any other call.

    Known are flag, pflag and cobra's `Flags().String(…)`, and kingpin's `Flag(…).Default(…).String()`.
    """
    if len(call.parts) not in (1, 4, 5):
        return None
    position = _FLAG.get(call.text.rpartition(".")[2])
    if position is None:
        return None
    if not call.arguments:
        return _kingpin(call)
    is_flag = call.text.startswith(tuple(f"{package}." for package in _FLAG_PACKAGES)) or _is_flag_set(call)
    if not is_flag or len(call.arguments) != position + 2 or call.arguments[0].kind != "string":
        return None
    return call.arguments[0].text, call.arguments[position]


def flag_for(call: Expression) -> FlagVariable | None:
    """The variable that a call binds to a flag."""
    if len(call.parts) not in (5, 6) or call.parts[2].kind != "string":
        return None
    position = _FLAG_VARIABLE.get(call.text.rpartition(".")[2])
    if position is None or len(call.arguments) != position + 2:
        return None
    return FlagVariable(dotted(call.arguments[0]), call.arguments[1].text, call.arguments[position])


def variable_of_field(field: StructField) -> Read | None:
    """The environment variable that a struct tag names (`env:"PORT" envDefault:"8080"` and its relatives)."""
    tags = dict(_TAG.findall(field.tag[:_MOST_TAG]))
    if "conf" in tags:
        return _conf(field.name, tags["conf"])
    named = tags.get("env") or tags.get("envconfig")
    if not named:
        return None
    name, *options = named.split(",")
    inline = next(
        (option.partition("=")[2] for option in options if option.strip().startswith("default=")), None
    )
    default = tags.get("envDefault", tags.get("default", tags.get("env-default", inline)))
    return Read(variable=name.strip(), default=default) if name.strip() else None


def _conf(name: str, tag: str) -> Read | None:
    """ardanlabs/conf: `conf:"default:20s"`; the flag is named like the field, after the structs around it."""
    default = next((option[8:] for option in tag.split(",") if option.startswith("default:")), None)
    return Read(flag=re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower(), default=default)


def _is_flag_set(call: Expression) -> bool:
    """Called on `cmd.Flags()`, `PersistentFlags()`, or on something named like a flag set."""
    callee = call.parts[0]
    if callee.kind != "selector":
        return False
    receiver = callee.parts[0]
    name = (
        receiver.text.rpartition(".")[2] if receiver.kind == "call" else dotted(receiver).rpartition(".")[2]
    )
    return name.lower() in ("flags", "persistentflags", "flagset", "fs", "flag", "f", "commandline")


def _kingpin(call: Expression) -> tuple[str, Expression | None] | None:
    name: str | None = None
    default: Expression | None = None
    while call.kind == "call" and call.parts[0].kind == "selector":
        method = call.parts[0].text
        if method == "Default" and call.arguments:
            default = call.arguments[0]
        if method == "Flag" and call.arguments and call.arguments[0].kind == "string":
            name = call.arguments[0].text
        call = call.parts[0].parts[0]
    return None if name is None else (name, default)
