"""What spf13/viper gives for a key: flags, the environment, files, defaults, in this order.

https://github.com/spf13/viper/blob/master/viper.go
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import islice

from analyzers.model.programs.code import Code
from analyzers.model.programs.configuration.setting import ProgramSetting
from analyzers.model.programs.package import Site
from analyzers.model.programs.settings import FLAG_METHODS, flag_default, flag_for
from analyzers.parsers.go import Call, Expression

Constant = Callable[[Site[Expression]], str | None]
VIPER = "github.com/spf13/viper"
_GET = re.compile(
    r"Get(?:String|Int|Int32|Int64|Uint|Uint16|Uint32|Uint64|Bool|Duration|Float64|StringSlice|SizeInBytes)?\Z"
)
_FILES = (
    *("ReadInConfig", "MergeInConfig", "ReadConfig", "MergeConfig", "ReadRemoteConfig", "AddRemoteProvider"),
    *("MergeConfigMap", "WatchRemoteConfig"),
)
_MOST_CALLS = 2000


class ViperKeys:
    """The keys of one program's configuration; several vipers count as one."""

    def __init__(self, code: Code, constant: Constant) -> None:
        self._code = code
        self._constant = constant

    @cached_property
    def _calls(self) -> Mapping[str, list[Site[Call]]]:
        """The calls of viper, by method."""
        found: dict[str, list[Site[Call]]] = defaultdict(list)
        near = self._code.calls_in(lambda file: file.imports_path(VIPER))
        for site in islice(filter(self._is_viper, near), _MOST_CALLS):
            found[site.node.method].append(site)
        return found

    def _is_viper(self, site: Site[Call]) -> bool:
        if site.node.package:
            return site.node.package == VIPER
        receiver = site.node.receiver
        if receiver is None or not site.file.imports_path(VIPER):
            return False
        return self._code.types.of(site.of(receiver)).startswith(VIPER)

    def key(self, site: Site[Call]) -> str | None:
        """The key that a call asks for; None for any other call."""
        call = site.node
        if len(call.arguments) != 1 or not _GET.match(call.method) or not self._is_viper(site):
            return None
        key = self._constant(site.of(call.arguments[0]))
        return key.lower() if key else None

    @property
    def is_used(self) -> bool:
        return bool(self._calls)

    @property
    def reads_files(self) -> bool:
        return any(name in self._calls for name in _FILES)

    def asked(self) -> Iterator[tuple[str, Site[Call]]]:
        """Every key that is set or asked for, with the place."""
        for method, sites in list(self._calls.items()):
            for site in sites if method == "SetDefault" or _GET.match(method) else ():
                key = self._constant(site.of(site.node.arguments[0])) if site.node.arguments else None
                if key:
                    yield key.lower(), site

    def setting(self, key: str, site: Site[Call]) -> ProgramSetting:
        """What decides a key."""
        flag, flag_value = self._flags.get(key, ("", None))
        return ProgramSetting(
            at=site.at,
            library="viper",
            variables=self.variables(key),
            flag=flag,
            key=key,
            default=self._defaults.get(key, flag_value),
            is_overridable=self.reads_files or key in self._set_later or self._variables_are_unknown,
        )

    def is_known(self, key: str) -> bool:
        """Whether `Unmarshal` asks for a key: it has a default, a flag or a variable, or files are read."""
        return key in self._defaults or key in self._flags or key in self._bound or self.reads_files

    def variables(self, key: str) -> tuple[str, ...]:
        """The environment variables of a key."""
        bound = self._bound.get(key)
        if bound:
            return bound
        if not (key in self._bound or "AutomaticEnv" in self._calls) or self._variables_are_unknown:
            return ()
        prefix = self._prefix
        name = f"{prefix}_{key}".upper() if prefix else key.upper()
        for old, new in self._replaced or ():
            name = name.replace(old, new)
        return (name,)

    @property
    def _variables_are_unknown(self) -> bool:
        return self._prefix is None or self._replaced is None

    @cached_property
    def _prefix(self) -> str | None:
        sites = self._calls.get("SetEnvPrefix", ())
        found = {self._constant(site.of(site.node.arguments[0])) for site in sites if site.node.arguments}
        return (found.pop() if len(found) == 1 else None) if found else ""

    @cached_property
    def _replaced(self) -> tuple[tuple[str, str], ...] | None:
        """The pairs of `SetEnvKeyReplacer(strings.NewReplacer(".", "_"))`; None where they cannot be told."""
        found = set()
        for site in self._calls.get("SetEnvKeyReplacer", ()):
            for argument in site.node.arguments:
                texts = [part.text for part in argument.arguments if part.kind == "string"]
                is_plain = argument.text == "strings.NewReplacer" and len(texts) == len(argument.arguments)
                found.add(tuple(zip(texts[::2], texts[1::2], strict=False)) if is_plain else None)
        return (found.pop() if len(found) == 1 else None) if found else ()

    @cached_property
    def _defaults(self) -> Mapping[str, str | None]:
        found: dict[str, str | None] = {}
        for site in self._calls.get("SetDefault", ()):
            if len(site.node.arguments) == 2:
                key, value = (self._constant(site.of(argument)) for argument in site.node.arguments)
                if key:
                    found[key.lower()] = value if found.get(key.lower(), value) == value else None
        return found

    @cached_property
    def _set_later(self) -> frozenset[str | None]:
        sites = self._calls.get("Set", ())
        keys = (self._constant(site.of(site.node.arguments[0])) for site in sites if site.node.arguments)
        return frozenset(key.lower() for key in keys if key)

    @cached_property
    def _bound(self) -> Mapping[str, tuple[str, ...]]:
        """The variables bound to a key; none of their own where the key itself names the variable."""
        found: dict[str, tuple[str, ...]] = {}
        for site in self._calls.get("BindEnv", ()):
            names = [self._constant(site.of(argument)) for argument in site.node.arguments]
            if names and names[0]:
                found[names[0].lower()] = tuple(name for name in names[1:] if name)
        return found

    @cached_property
    def _flags(self) -> Mapping[str, tuple[str, str | None]]:
        """The flag and its default by key."""
        defined = (
            dict(self._defined_flags()) if "BindPFlag" in self._calls or "BindPFlags" in self._calls else {}
        )
        found: dict[str, tuple[str, str | None]] = {}
        if "BindPFlags" in self._calls:
            found = {name.lower(): (name, default) for name, default in defined.items()}
        for site in self._calls.get("BindPFlag", ()):
            if len(site.node.arguments) == 2:
                key = self._constant(site.of(site.node.arguments[0]))
                flag = _looked_up(site.node.arguments[1])
                if key and flag:
                    found[key.lower()] = (flag, defined.get(flag))
        return found

    def _defined_flags(self) -> Iterator[tuple[str, str | None]]:
        for site in self._code.named(FLAG_METHODS):
            variable = flag_for(site.node.expression)
            plain = flag_default(site.node.expression)
            if variable is not None:
                yield variable.name, self._constant(site.of(variable.default))
            elif plain is not None:
                yield plain[0], self._constant(site.of(plain[1])) if plain[1] else None


def _looked_up(expression: Expression) -> str:
    """`port` of `cmd.Flags().Lookup("port")`."""
    is_lookup = expression.kind == "call" and expression.text.endswith(".Lookup") and expression.arguments
    return expression.arguments[0].text if is_lookup and expression.arguments[0].kind == "string" else ""
