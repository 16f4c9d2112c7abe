"""The command line flags that a program defines: flag, pflag, cobra, kingpin, urfave/cli."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from analyzers.model.programs.code import Code
from analyzers.model.programs.configuration.filled_structs import Constant
from analyzers.model.programs.configuration.setting import ProgramSetting
from analyzers.model.programs.package import Site
from analyzers.model.programs.settings import FLAG_METHODS, flag_default, flag_for
from analyzers.parsers.go import Call, Expression, Literal
from analyzers.parsers.go.expression import dotted

_URFAVE = ("github.com/urfave/cli", "github.com/codegangsta/cli", "gopkg.in/urfave/cli")
_URFAVE_FLAG = re.compile(r"\.(\w{1,40})Flag\Z")
_URFAVE_CONTEXT = re.compile(r"(?:Global)?(?:String|Int|Int64|Uint|Uint64|Bool|Duration|Float64)\Z")
_PFLAG_GET = re.compile(r"Get(?:String|Bool|Duration|Float(?:32|64)|(?:Uint|Int)(?:8|16|32|64)?)\Z")
_SETS = frozenset({"Flags", "PersistentFlags", "LocalFlags", "InheritedFlags"})
_FLAG_SET = "github.com/spf13/pflag.FlagSet"
_KIND = re.compile(r"Var\b|VarP\b|P\b")
_MOST_FLAGS = 1000


def find_flags(code: Code, constant: Constant) -> Iterator[ProgramSetting]:
    """Every flag that the program's code defines."""
    calls = (setting for site in code.named(FLAG_METHODS) if (setting := flag_of_call(site, constant)))
    yield from islice(calls, _MOST_FLAGS)
    yield from islice(urfave_flags(code, constant), _MOST_FLAGS)


def flag_of_call(site: Site[Call], constant: Constant) -> ProgramSetting | None:
    """The flag that a call of flag, pflag, cobra or kingpin defines."""
    expression = site.node.expression
    variable = flag_for(expression)
    if variable is not None:
        default = _default(site.of(variable.default), constant)
        return _flag(site, variable.name, default, variable.target)
    plain = flag_default(expression)
    if plain is None:
        return None
    default = _default(site.of(plain[1]), constant) if plain[1] is not None else None
    if expression.arguments:
        return _flag(site, plain[0], default, next(iter(site.node.names), ""))
    return _kingpin(site, plain[0], default, constant)


def _default(site: Site[Expression], constant: Constant) -> str | None:
    """Durations come in nanoseconds."""
    is_truth = site.node.kind == "name" and site.node.text in ("true", "false")
    return site.node.text if is_truth else constant(site)


def _flag(site: Site[Call], name: str, default: str | None, target: str) -> ProgramSetting:
    kind = _KIND.sub("", site.node.method).lower()
    return ProgramSetting(site.at, "flag", flag=name, default=default, type=kind, target=target)


def _kingpin(site: Site[Call], name: str, default: str | None, constant: Constant) -> ProgramSetting:
    variables: tuple[str, ...] = ()
    is_required = False
    call = site.node.expression
    while call.kind == "call" and call.parts[0].kind == "selector":
        method = call.parts[0].text
        is_required = is_required or method == "Required"
        if method == "Envar" and call.arguments:
            variable = constant(site.of(call.arguments[0]))
            variables = (variable,) if variable else ()
        call = call.parts[0].parts[0]
    target = next(iter(site.node.names), "")
    kind = site.node.method.lower()
    return ProgramSetting(site.at, "kingpin", variables, name, "", default, kind, is_required, target)


def urfave_flags(code: Code, constant: Constant) -> Iterator[ProgramSetting]:
    """The flags of urfave/cli: `&cli.IntFlag{Name: "port", EnvVars: []string{"PORT"}, Value: 8080}`."""
    files = {
        path
        for package in code.packages
        for path, file in package.files.items()
        if any(entry.path.startswith(_URFAVE) for entry in file.imports)
    }
    for package, path, function in code.reached if files else ():
        for literal in function.literals if path in files else ():
            if literal.type.startswith(_URFAVE) and _URFAVE_FLAG.search(literal.type):
                setting = _urfave(Site(package, path, function, literal), constant)
                if setting is not None:
                    yield setting


def _urfave(site: Site[Literal], constant: Constant) -> ProgramSetting | None:
    literal = site.node.expression
    written = literal.field("Name")
    name = constant(site.of(written)) if written is not None else None
    if not name:
        return None
    kind = _URFAVE_FLAG.search(site.node.type)
    value, required, target = (literal.field(field) for field in ("Value", "Required", "Destination"))
    variables = _variables(site, literal, constant)
    return ProgramSetting(
        at=site.at,
        library="urfave/cli",
        variables=variables or (),
        flag=name.partition(",")[0].strip(),
        default=_default(site.of(value), constant) if value is not None else None,
        type=kind[1].lower() if kind else "",
        is_required=required is not None and required.text == "true",
        target=dotted(target) if target is not None else "",
        is_overridable=variables is None,
    )


def _variables(site: Site[Literal], literal: Expression, constant: Constant) -> tuple[str, ...] | None:
    """None where they cannot be told."""
    written = [literal.field(field) for field in ("EnvVars", "EnvVar", "Sources")]
    said = next((part for part in written if part is not None), None)
    if said is None:
        return ()
    if said.kind == "call":
        parts = said.arguments if said.text.endswith(".EnvVars") else ()
    else:
        parts = said.parts if said.kind == "composite" else (said,)
    names = [constant(site.of(part)) for part in parts]
    texts = [name for name in names if name]
    return (
        tuple(part.strip() for text in texts for part in text.split(","))
        if len(texts) == len(names)
        else None
    )


def asked_of_set(code: Code, site: Site[Call], constant: Constant) -> str:
    """The flag in `cmd.Flags().GetString("port")`, or on a pflag.FlagSet; empty for any other call."""
    call = site.node
    receiver = call.receiver
    if receiver is None or len(call.arguments) != 1 or not _PFLAG_GET.match(call.method):
        return ""
    is_set = receiver.kind == "call" and receiver.text.rpartition(".")[2] in _SETS
    if not is_set and code.types.of(site.of(receiver)) != _FLAG_SET:
        return ""
    return constant(site.of(call.arguments[0])) or ""


def asked_flag(code: Code, site: Site[Call]) -> str:
    """The expression's flag in `c.String("port")` on a urfave/cli context, empty for any other call."""
    call = site.node
    receiver = call.receiver
    if receiver is None or len(call.arguments) != 1 or not _URFAVE_CONTEXT.match(call.method):
        return ""
    is_context = code.types.of(site.of(receiver)).startswith(_URFAVE)
    return call.arguments[0].text if is_context and call.arguments[0].kind == "string" else ""
