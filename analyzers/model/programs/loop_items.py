"""The items of lists that are written out, for what loops over them do with each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, product

from analyzers.model.programs.code import Code
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Assignment, Call, Expression, Parameter, Scope
from analyzers.parsers.go.expression import unwrapped
from analyzers.parsers.light import light_record

_MOST_STEPS = 5
_MOST_ROWS = 500
_GIVING = (":=", "var", "=")


@light_record
class Item:
    """One item of a list, or one value of a map with its key. `fields` are those of its struct, in order."""

    key: Site[Expression] | None
    value: Site[Expression]
    fields: Sequence[str] = ()


class LoopItems:
    """Which item each loop of a program is at while somebody looks at the calls in it."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._current: dict[tuple[int, int], Item] = {}

    def each(self, site: Site[Call]) -> Iterator[None]:
        """Go through the items of all loops around a call. Not once, where a list is not written out."""
        loops = list(self._loops(site))
        lists = [self._items(site.of(assignment.values[-1])) for assignment in loops]
        keys = [(id(site.function), assignment.start) for assignment in loops]
        if not loops:
            return
        for row in islice(product(*lists), _MOST_ROWS):
            self._current = dict(zip(keys, row, strict=True))
            yield
        self._current = {}

    def of(self, site: Site[Expression], steps: int = 0) -> Site[Expression] | None:
        """What a loop's variable or a field of it is now; None for anything else."""
        node = unwrapped(site.node)
        if not self._current or steps > _MOST_STEPS:
            return None
        if node.kind == "selector":
            found = self._found(site.of(node.parts[0]), steps)
            return self._field(found[0], node.text) if found and found[1] else None
        found = self._found(site.of(node), steps)
        return (found[0].value if found[1] else found[0].key) if found else None

    def _found(self, site: Site[Expression], steps: int) -> tuple[Item, int] | None:
        """The item that a name stands for, and which of the loop's two variables it is."""
        name = site.node.text if site.node.kind == "name" else ""
        meaning = self._code.types.index(site.function).meaning(name, site.node.start) if name else None
        if meaning is None or isinstance(meaning, Parameter):
            return None
        assignment, position = meaning
        item = self._current.get((id(site.function), assignment.start))
        if item is not None:
            return item, position
        value = assignment.value_of(position)
        if assignment.operator not in _GIVING or value is None or steps > _MOST_STEPS:
            return None
        return self._found(site.of(unwrapped(value)), steps + 1)  # `route := route`

    def _field(self, item: Item, name: str) -> Site[Expression] | None:
        value = unwrapped(item.value.node)
        written = value.field(name) if value.kind == "composite" else None
        if (
            written is None
            and value.kind == "composite"
            and all(part.kind != "keyed" for part in value.parts)
        ):
            names = self._fields_of(self._code.types.of(item.value.of(value))) if value.text else item.fields
            written = value.parts[names.index(name)] if name in names[: len(value.parts)] else None
        return item.value.of(written) if written is not None else None

    def _fields_of(self, kind: str) -> Sequence[str]:
        """The names of a struct's fields, by which a literal that names none is read."""
        path, _, base = kind.rpartition(".")
        package = self._code.by_path.get(path)
        struct = package.structs.get(base) if package else None
        return [field.name for field in struct.fields] if struct else ()

    def _item_fields(self, listed: Site[Expression]) -> Sequence[str]:
        """Of the struct that a list is of: one with a name, or one that stands in the list's type."""
        if not listed.node.text.endswith("struct"):
            kind = self._code.types.of(listed)
            return self._fields_of(kind.removeprefix("[]") or "") or self._fields_of(self._named_list(kind))
        inside = (each for each in listed.file.structs if listed.node.start <= each.start < listed.node.end)
        first = min(inside, key=lambda struct: struct.start, default=None)
        return [field.name for field in first.fields] if first else ()

    def _named_list(self, kind: str) -> str:
        """What the items of a type are that is declared as a list: `type Routes []Route`."""
        path, _, name = kind.rpartition(".")
        package = self._code.by_path.get(path)
        declares = re.compile(rf"^type[ \t]+{re.escape(name)}[ \t]+\[\]\*?(\w+)".encode(), re.M)
        found = (declares.search(file.source) for file in package.files.values()) if package else iter(())
        declared = next((match[1].decode() for match in found if match), "")
        return f"{path}.{declared}" if declared else ""

    def _loops(self, site: Site[Call]) -> Iterator[Assignment]:
        """The `range` of every loop around a call, from the outermost."""
        scope: Scope | None = site.node.scope
        around: list[Assignment] = []
        while scope is not None:
            start = scope.condition.start if scope.kind == "loop" and scope.condition else -1
            around += [
                entry
                for entry in site.function.assignments
                if entry.operator == "range" and entry.values and entry.values[-1].start == start
            ]
            scope = scope.parent
        return reversed(around)

    def _items(self, site: Site[Expression]) -> Sequence[Item]:
        listed = self._written(site, 0)
        if listed is None or listed.node.text == "struct":
            return ()
        fields = self._item_fields(listed)
        return [
            Item(listed.of(part.parts[0]), listed.of(part.parts[1]))
            if part.kind == "keyed"
            else Item(None, listed.of(part), fields)
            for part in listed.node.parts
        ]

    def _written(self, site: Site[Expression], steps: int) -> Site[Expression] | None:
        """The literal of a list that nothing adds to."""
        node = unwrapped(site.node)
        if node.kind == "composite" or steps > _MOST_STEPS:
            return site.of(node) if node.kind == "composite" else None
        if node.kind == "name":
            return self._of_name(site.of(node), steps)
        if node.kind == "selector":
            imported = self._code.types.imported(site, node.parts[0])
            return self._declared(imported, node.text, steps) if imported else None
        call = self._code.types.index(site.function).call(node) if node.kind == "call" else None
        function = self._code.function(site.of(call)) if call else None
        returns = [entry.values for entry in function.node.returns] if function else []
        if function is None or len(returns) != 1 or len(returns[0]) != 1:
            return None
        return self._written(function.of(returns[0][0]), steps + 1)

    def _of_name(self, site: Site[Expression], steps: int) -> Site[Expression] | None:
        meaning = self._code.types.index(site.function).meaning(site.node.text, site.node.start)
        if meaning is None:
            return self._declared(site.package.import_path, site.node.text, steps)
        given = [
            entry
            for entry in site.function.assignments
            if any(target.text == site.node.text for target in entry.targets)
        ]
        if isinstance(meaning, Parameter):
            return None if given else self._handed(site, meaning, steps)
        value = meaning[0].value_of(meaning[1])
        if len(given) != 1 or meaning[0].operator not in _GIVING or value is None:
            return None
        return self._written(site.of(value), steps + 1)

    def _handed(self, site: Site[Expression], parameter: Parameter, steps: int) -> Site[Expression] | None:
        """What the one caller hands over."""
        parameters = site.function.parameters
        position = next((at for at, each in enumerate(parameters) if each is parameter), None)
        callers = self._code.callers(site)
        if position is None or len(callers) != 1 or position >= len(callers[0].node.arguments):
            return None
        return self._written(callers[0].of(callers[0].node.arguments[position]), steps + 1)

    def _declared(self, path: str, name: str, steps: int) -> Site[Expression] | None:
        package = self._code.by_path.get(path)
        if package is None or name not in package.declarations:
            return None
        file, declaration = package.declarations[name]
        home = package.initial.get(file)
        is_changed = any(entry.function is not home for entry in self._code.assignments.get(name, ()))
        if declaration.value is None or home is None or is_changed:
            return None
        return self._written(Site(package, file, home, declaration.value), steps + 1)
