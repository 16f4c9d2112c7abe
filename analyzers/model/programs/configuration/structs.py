"""Struct types of a program, also those without a name, and which of them an expression has."""

from __future__ import annotations

from analyzers.model.programs.code import Code
from analyzers.model.programs.package import Package, Site
from analyzers.parsers.go import Expression, Parameter, StructField, StructType
from analyzers.parsers.go.expression import unwrapped
from analyzers.parsers.light import light_value

_MOST_STEPS = 8
_MOST_EMBEDDED = 4
_MOST_WORK = 20_000
"""How many fields of a program are looked into: structs may hold each other."""


@light_value
class Owner:
    """A struct type and where it stands."""

    package: Package
    path: str
    struct: StructType

    def target(self, field: StructField) -> str:
        """The qualified name of a field; without the type where that has no name."""
        name = self.struct.name
        return f"{self.package.import_path}.{name}.{field.name}" if name else field.name

    @property
    def key(self) -> tuple[str, int]:
        return self.path, self.struct.start


class Structs:
    """Finds the struct types of one program."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._work = 0

    def of(self, site: Site[Expression], steps: int = 0) -> Owner | None:
        """The struct type that a value has."""
        expression = unwrapped(site.node)
        if steps > _MOST_STEPS:
            return None
        if expression.kind == "composite" and expression.text == "struct":
            return self._at(site.package, site.path, expression.start)
        if expression.kind == "selector" and not self._code.types.imported(site, expression.parts[0]):
            owner = self.of(site.of(expression.parts[0]), steps + 1)
            found = self.field(owner, expression.text) if owner else None
            if found is not None:
                return self.inner(*found)
        if expression.kind == "name":
            nameless = self._nameless(site.of(expression), steps)
            if nameless is not None:
                return nameless
        return self.named(self._code.types.of(site.of(expression)))

    def _nameless(self, site: Site[Expression], steps: int) -> Owner | None:
        """The struct type that stands where a variable is declared."""
        meaning = self._code.types.index(site.function).meaning(site.node.text, site.node.start)
        if meaning is None:
            declared = site.package.declarations.get(site.node.text)
            if declared is None or declared[1].type != "struct":
                return None
            return self._first_after(site.package, declared[0], declared[1].end)
        if isinstance(meaning, Parameter):
            return None
        value = meaning[0].values[0] if len(meaning[0].values) == 1 else None
        if value is None:
            return None
        if value.kind == "type" and value.text == "struct":
            return self._at(site.package, site.path, value.start)
        value = unwrapped(value)
        return self.of(site.of(value), steps + 1) if value.kind in ("composite", "name", "selector") else None

    def named(self, kind: str) -> Owner | None:
        """A struct type by its qualified name."""
        path, _, name = kind.rpartition(".")
        package = self._code.by_path.get(path)
        for file_path, file in package.files.items() if package else ():
            for struct in file.structs:
                if struct.name == name and package is not None:
                    return Owner(package, file_path, struct)
        return None

    def field(self, owner: Owner, name: str, depth: int = 0) -> tuple[Owner, StructField] | None:
        """A field of a struct, or of one that it embeds, with the struct that has it."""
        for field in owner.struct.fields:
            if field.name == name:
                return owner, field
        for field in owner.struct.fields if depth < _MOST_EMBEDDED else ():
            if field.is_embedded:
                inner = self.inner(owner, field)
                found = self.field(inner, name, depth + 1) if inner else None
                if found is not None:
                    return found
        return None

    def inner(self, owner: Owner, field: StructField) -> Owner | None:
        """The struct type of a field."""
        self._work += 1
        if self._work > _MOST_WORK:
            return None
        plain = field.type.lstrip("*")
        if plain == "struct":
            return self._within(owner, field)
        if not plain or plain.startswith("["):
            return None
        return self.named(plain if "." in plain else f"{owner.package.import_path}.{plain}")

    def _within(self, owner: Owner, field: StructField) -> Owner | None:
        file = owner.package.files[owner.path]
        inside = [struct for struct in file.structs if field.start < struct.start and struct.end <= field.end]
        outermost = min(inside, key=lambda struct: struct.start, default=None)
        return Owner(owner.package, owner.path, outermost) if outermost else None

    def _at(self, package: Package, path: str, start: int) -> Owner | None:
        found = (struct for struct in package.files[path].structs if struct.start == start)
        struct = next(found, None)
        return Owner(package, path, struct) if struct else None

    def _first_after(self, package: Package, path: str, place: int) -> Owner | None:
        after = (struct for struct in package.files[path].structs if struct.start >= place)
        struct = min(after, key=lambda struct: struct.start, default=None)
        return Owner(package, path, struct) if struct else None
