"""Finds what a Go expression amounts to: constants, environment reads with defaults, flags, struct fields."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from analyzers.model.programs.bindings import Binding, Bindings
from analyzers.model.programs.code import Code
from analyzers.model.programs.configuration.configured import Configured
from analyzers.model.programs.known_types import unversioned
from analyzers.model.programs.loop_items import LoopItems
from analyzers.model.programs.outside_constants import OUTSIDE
from analyzers.model.programs.package import Site
from analyzers.model.programs.readers import ENVIRONMENT, Reader, find_reader, parameter_index
from analyzers.model.programs.settings import flag_default, variable_of_field
from analyzers.model.programs.sums import calculated, summed
from analyzers.model.programs.text import (
    UNKNOWN,
    Duration,
    Read,
    Text,
    constant,
    fall_back,
    fill,
    joined,
    number,
    plain_number,
)
from analyzers.parsers.go import Call, Expression, Function

_MOST_STEPS = 12
"""How far a value is followed from name to name."""
_MOST_WORK = 2_000
"""How many expressions are looked at for the sake of one."""
_UNITS = {
    "time.Nanosecond": 1.0,
    "time.Microsecond": 1e3,
    "time.Millisecond": 1e6,
    "time.Second": 1e9,
    "time.Minute": 60e9,
    "time.Hour": 3600e9,
}
_SAME_TEXT = frozenset(
    {
        "string",
        "int",
        "int32",
        "int64",
        "uint",
        "uint16",
        "uint32",
        "float64",
        "time.Duration",
        "strconv.Itoa",
    }
    | {"strconv.Atoi", "strconv.ParseInt", "strconv.ParseUint", "strconv.FormatInt", "time.ParseDuration"}
    | {"strings.TrimSpace", "os.ExpandEnv", "fmt.Sprint"}
)
"""Functions whose first result reads like their first argument."""


class Values:
    """Evaluates expressions of one program. Nothing is ever guessed: what cannot be told is UNKNOWN."""

    def __init__(self, code: Code, *, knows_libraries: bool = True) -> None:
        """Without its libraries, what viper and the like give is unknown: for the keys they are asked for."""
        self._code = code
        self._knows_libraries = knows_libraries
        self._bindings = Bindings(code)
        self.items = LoopItems(code)
        self._readers: dict[int, Reader | None] = {}
        self._work = 0

    def text(self, site: Site[Expression], steps: int = 0) -> Text:
        """The text of an expression."""
        self._work = self._work + 1 if steps else 0
        if steps > _MOST_STEPS or self._work > _MOST_WORK:
            return UNKNOWN
        expression = site.node
        match expression.kind:
            case "string":
                return joined((expression.text,))
            case "number":
                return joined((plain_number(expression.text),))
            case "binary":
                return self._binary(site, steps)
            case "call":
                return self._call(site, steps)
            case "unary" if expression.text in ("*", "&"):
                return self.text(site.of(expression.parts[0]), steps + 1)
            case "name" | "selector" if item := self.items.of(site):
                return self.text(item, steps + 1)
            case "name":
                return self._name(site, steps + 1)
            case "selector":
                return self._selector(site, steps + 1)
        return UNKNOWN

    @cached_property
    def _configured(self) -> Configured | None:
        if not self._knows_libraries:
            return None
        return Configured(self._code, Values(self._code, knows_libraries=False).constant)

    def seconds(self, site: Site[Expression]) -> float | None:
        """The value of a duration in seconds, with defaults where it is configured."""
        return self.duration(site).seconds

    def duration(self, site: Site[Expression]) -> Duration:
        """A duration, and what may make it another."""
        text = self.text(site)
        nanoseconds = number(text)
        read = next((part for part in text if isinstance(part, Read)), Read())
        return Duration(None if nanoseconds is None else nanoseconds / 1e9, read.variable, read.flag)

    def constant(self, site: Site[Expression], steps: int = 0) -> str | None:
        return constant(self.text(site, steps))

    def _binary(self, site: Site[Expression], steps: int) -> Text:
        first, second = (self.text(site.of(part), steps + 1) for part in site.node.parts)
        if site.node.text == "+":
            return summed(first, second, is_text=_is_string(site.node))
        return calculated(site.node.text, first, second)

    def _call(self, site: Site[Expression], steps: int) -> Text:
        expression = site.node
        callee = expression.text
        arguments = [site.of(argument) for argument in expression.arguments]
        call = _call_of(site)
        setting = self._configured.call(site.of(call)) if self._configured and call else None
        if setting is not None:
            return setting
        if flag := flag_default(expression):
            name, default = flag
            return self._flag(name, site.of(default), steps) if default else (Read(flag=name),)
        if not arguments:
            return self._own_function(site, steps)
        if callee in ENVIRONMENT:
            return (Read(variable=self.constant(arguments[0], steps + 1) or ""),)
        if callee == "cmp.Or" and len(arguments) == 2:
            return fall_back(*(self.text(argument, steps + 1) for argument in arguments))
        if callee == "fmt.Sprintf":
            template = self.constant(arguments[0], steps + 1)
            return UNKNOWN if template is None else fill(template, self._texts(arguments[1:], steps))
        if callee == "net.JoinHostPort" and len(arguments) == 2:
            host, port = self._texts(arguments, steps)
            return joined((*host, ":", *port))
        if callee == "fmt.Sprint" and len(arguments) == 2:
            return self._printed(arguments, steps)
        if callee in _SAME_TEXT:
            return self.text(arguments[0], steps + 1)
        return self._own_function(site, steps)

    def _printed(self, arguments: Sequence[Site[Expression]], steps: int) -> Text:
        """`fmt.Sprint` puts no blank beside a text."""
        if all(argument.node.kind != "string" for argument in arguments):
            return UNKNOWN
        first, second = self._texts(arguments, steps)
        return joined((*first, *second))

    def _texts(self, sites: Sequence[Site[Expression]], steps: int) -> list[Text]:
        return [self.text(site, steps + 1) for site in sites]

    def _flag(self, name: str, default: Site[Expression], steps: int) -> Text:
        text = self.text(default, steps + 1)
        only = text[0] if len(text) == 1 else None
        if isinstance(only, Read):
            return (Read(only.variable, name, only.default),)
        return (Read(flag=name, default=constant(text)),)

    def _own_function(self, site: Site[Expression], steps: int) -> Text:
        """A function of the program that reads the environment, or that has one result."""
        call = _call_of(site)
        function = self._code.function(site.of(call)) if call else None
        if call is None or function is None:
            return UNKNOWN
        asked = find_reader(self._code, function, self._readers)
        if asked is not None and not asked.into:
            return (self._asked(function, asked, call, site, steps),)
        returns = [entry for entry in function.node.returns if entry.values]
        if len(returns) == 1 and len(returns[0].values) == 1:
            return self.text(function.of(returns[0].values[0]), steps + 2)
        return UNKNOWN

    def _asked(
        self, function: Site[Function], asked: Reader, call: Call, site: Site[Expression], steps: int
    ) -> Read:
        """What a call of a function that reads the environment reads."""
        variable = self._seen_by_caller(function, asked.variable, site.of(call), steps)
        default = self._seen_by_caller(function, asked.default, site.of(call), steps)
        return Read(variable=variable or "", default=default)

    def _written(self, site: Site[Expression], local: Sequence[Binding], steps: int) -> Text | None:
        """What a function of the program reads into a variable whose address it is given before."""
        for call, index in self._bindings.addressed(site):
            function = self._code.function(site.of(call))
            asked = find_reader(self._code, function, self._readers) if function else None
            if function and asked and parameter_index(function.node, asked.into) == index:
                read: Text = (self._asked(function, asked, call, site, steps),)
                before = self._assigned(None, local, steps)
                return read if before == UNKNOWN else fall_back(read, before)
        return None

    def _seen_by_caller(
        self, function: Site[Function], value: Expression | None, call: Site[Call], steps: int
    ) -> str | None:
        """A value of a function with the caller's argument for a parameter."""
        if value is None:
            return None
        index = parameter_index(function.node, value.text) if value.kind == "name" else None
        if index is None:
            return self.constant(function.of(value), steps + 1)
        arguments = call.node.arguments
        return self.constant(call.of(arguments[index]), steps + 1) if index < len(arguments) else None

    def _name(self, site: Site[Expression], steps: int) -> Text:
        name = site.node.text
        local = self._bindings.local(site)
        if local and not (local[0].is_conditional or local[0].is_added):
            given = self._flag_variable(site, name, steps) or self._written(site, local, steps)
            return given or self._assigned(None, local, steps)
        index = parameter_index(site.function, name)
        if index is not None:
            return self._assigned(self._parameter(site, index, steps), local, steps)
        if name in site.package.declarations:
            return self._declared(site, name, steps)
        return self._assigned(None, local, steps)

    def _parameter(self, site: Site[Expression], index: int, steps: int) -> Text:
        texts = set(self._bound(self._bindings.parameter(site, index), steps))
        return texts.pop() if len(texts) == 1 else UNKNOWN

    def _bound(self, bindings: Sequence[Binding], steps: int) -> list[Text]:
        return [UNKNOWN if entry.value is None else self.text(entry.value, steps + 1) for entry in bindings]

    def _assigned(self, text: Text | None, bindings: Sequence[Binding], steps: int) -> Text:
        """The last plain assignment and what is added to it; one that may not run is a fallback."""
        earlier: tuple[Binding, Text] | None = None
        for binding, value in zip(bindings, self._bound(bindings, steps), strict=True):
            if binding.is_added:
                text = _added(text, binding, value)
            elif earlier is not None and binding.is_other_than(earlier[0]):
                text = fall_back(earlier[1], value)
            else:
                text = fall_back(text, value) if text is not None and binding.is_conditional else value
            earlier = binding, value
        return UNKNOWN if text is None else text

    def _declared(self, site: Site[Expression], name: str, steps: int) -> Text:
        flag = self._flag_variable(site, name, steps)
        return self._settled(flag, self._bindings.declared(site, name), steps)

    def _flag_variable(self, site: Site[Expression], target: str, steps: int) -> Text | None:
        found = self._bindings.flag(site, target)
        return self._flag(found[0].name, found[1], steps) if found else None

    def _selector(self, site: Site[Expression], steps: int) -> Text:
        operand, name = site.node.parts[0], site.node.text
        imported = _imported(site, operand)
        if not imported:
            return self._field(site, name, steps)
        unit = _UNITS.get(f"{imported}.{name}")
        if unit is not None:
            return (f"{unit:.0f}",)
        package = self._code.by_path.get(imported)
        if package is None:
            known = OUTSIDE.get(unversioned(f"{imported}.{name}"))
            return UNKNOWN if known is None else (known,)
        return self._declared(Site(package, site.path, site.function, site.node), name, steps)

    def _field(self, site: Site[Expression], name: str, steps: int) -> Text:
        """A struct's field, where just one place sets it; the struct is told, or the only one that has it."""
        owner = self._configured.owner(site) if self._configured and site.node.kind == "selector" else None
        if self._configured and owner:
            setting = self._configured.field(owner, name)
            if setting is not None:
                return setting
            if self._configured.files.may_fill(owner, name):
                return UNKNOWN
        owners = self._code.fields.get(name, ())
        if owner is not None:
            own = [entry for entry in owner.struct.fields if entry.name == name]
            owners = [(owner.struct.name, entry) for entry in own]
        if len(owners) != 1:
            return UNKNOWN
        struct, field = owners[0]
        read = variable_of_field(field)
        if read is not None:
            return (read,)
        flag = self._flag_variable(site, f".{name}", steps)
        home = owner.package.import_path if owner is not None and owner.struct.name else None
        return self._settled(flag, self._bindings.field(struct, name, home), steps)

    def _settled(self, flag: Text | None, bindings: Sequence[Binding], steps: int) -> Text:
        """One value, or a fixed one and one that is read."""
        texts = [*([flag] if flag else []), *self._bound(bindings, steps)]
        if any(binding.is_added for binding in bindings):
            return UNKNOWN
        if len(texts) == 1 and bindings and bindings[0].branch and bindings[0].branch.kind == "if":
            return UNKNOWN  # a fallback for something that is not seen
        if len(texts) == 2:
            return fall_back(*texts)
        return texts[0] if len(texts) == 1 else UNKNOWN


def _added(text: Text | None, binding: Binding, value: Text) -> Text:
    """What `+=` makes of a text; inside an `if` that cannot be told."""
    if text is None or binding.value is None or binding.is_conditional:
        return UNKNOWN
    return summed(text, value, is_text=_is_string(binding.value.node))


def _is_string(expression: Expression) -> bool:
    """Whether a sum has a quoted text in it."""
    if expression.kind == "binary":
        return any(map(_is_string, expression.parts))
    return expression.kind == "string"


def _call_of(site: Site[Expression]) -> Call | None:
    node = site.node
    return next(
        (call for call in site.function.calls if call.start == node.start and call.end == node.end), None
    )


def _imported(site: Site[Expression], operand: Expression) -> str:
    if operand.kind != "name":
        return ""
    return next((entry.path for entry in site.file.imports if entry.name == operand.text), "")
