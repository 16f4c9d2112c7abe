"""The structs that a library fills from the environment, from flags or from files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from analyzers.finding import Location
from analyzers.model.programs.code import Code
from analyzers.model.programs.configuration import tags
from analyzers.model.programs.configuration.setting import ProgramSetting
from analyzers.model.programs.configuration.structs import Owner, Structs
from analyzers.model.programs.configuration.tags import FieldReader, Path, PathReader
from analyzers.model.programs.known_types import unversioned
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Call, Expression, StructField
from analyzers.parsers.light import light_value

Constant = Callable[[Site[Expression]], str | None]
FieldKey = tuple[str, int, str]
"""A struct's file and place, and the field's name."""
_MOST_FIELDS = 1000
_MOST_DEPTH = 6


@light_value
class Library:
    """A library that fills structs. `target` and `prefix` say which argument is which, counted from 0."""

    name: str
    field: FieldReader
    path: PathReader
    target: int = 0
    prefix: int | None = None
    reads_files: bool = False
    asks_tagless: bool = False
    """Fields without tags are settings, too."""


def _env(name: str, target: int = 0, *, reads_files: bool = False) -> Library:
    return Library(name, tags.env_field, tags.env_path, target, reads_files=reads_files)


_ENVCONFIG = Library("envconfig", tags.envconfig_field, tags.envconfig_path, 1, 0, asks_tagless=True)
_CONF = Library("conf", tags.conf_field, tags.conf_path, 1, 0, asks_tagless=True)
_KONG = Library("kong", tags.flag_field, tags.flag_path, asks_tagless=True)
LIBRARIES: Mapping[str, Library] = {
    "github.com/kelseyhightower/envconfig.Process": _ENVCONFIG,
    "github.com/kelseyhightower/envconfig.MustProcess": _ENVCONFIG,
    "github.com/caarlos0/env.Parse": _env("env"),
    "github.com/caarlos0/env.ParseWithOptions": _env("env"),
    "github.com/caarlos0/env.ParseAs": _env("env"),
    "github.com/caarlos0/env.ParseAsWithOptions": _env("env"),
    "github.com/sethvargo/go-envconfig.Process": _env("go-envconfig", 1),
    "github.com/sethvargo/go-envconfig.MustProcess": _env("go-envconfig", 1),
    "github.com/ilyakaznacheev/cleanenv.ReadEnv": _env("cleanenv"),
    "github.com/ilyakaznacheev/cleanenv.ReadConfig": _env("cleanenv", 1, reads_files=True),
    "github.com/ardanlabs/conf.Parse": _CONF,
    "github.com/alecthomas/kong.Parse": _KONG,
    "github.com/alecthomas/kong.New": _KONG,
    "github.com/jessevdk/go-flags.Parse": Library("go-flags", tags.flag_field, tags.flag_path),
    "github.com/jessevdk/go-flags.NewParser": Library("go-flags", tags.flag_field, tags.flag_path),
}
"""By qualified function, versions left out."""
LIBRARY_NAMES = frozenset(name.rpartition(".")[2] for name in LIBRARIES)


class FilledStructs:
    """The settings of one program's structs, by field."""

    def __init__(self, code: Code, structs: Structs, constant: Constant) -> None:
        self._code = code
        self._structs = structs
        self._constant = constant

    def find(self) -> list[tuple[FieldKey, ProgramSetting]]:
        """Every field that a known library fills, once for each struct that it is filled in."""
        found = (
            entry
            for site in self._code.named(LIBRARY_NAMES)
            if site.node.package and (library := LIBRARIES.get(unversioned(site.node.callee)))
            for entry in self._of_call(site, library)
        )
        return list(islice(found, _MOST_FIELDS))

    def _of_call(self, site: Site[Call], library: Library) -> Iterator[tuple[FieldKey, ProgramSetting]]:
        prefix = self._prefix(site, library)
        owner = self._owner(site, library)
        if owner is None or prefix is None:
            return
        first = Path(prefix.upper() if library in (_ENVCONFIG, _CONF) else prefix)
        yield from self._fields(owner, library, first, 0)

    def _owner(self, site: Site[Call], library: Library) -> Owner | None:
        """The struct that is filled: an argument, or the one that `ParseAs[Config]()` names."""
        if site.node.method.startswith("ParseAs"):
            return self._structs.named(self._code.types.type_argument(site))
        arguments = site.node.arguments
        return self._structs.of(site.of(arguments[library.target])) if arguments[library.target :] else None

    def _prefix(self, site: Site[Call], library: Library) -> str | None:
        """What all names begin with; None where it cannot be told."""
        arguments = site.node.arguments
        if library.prefix is not None:
            return self._constant(site.of(arguments[library.prefix]))
        if site.node.method.endswith("WithOptions") and arguments:
            written = arguments[-1].field("Prefix")
            is_plain = arguments[-1].kind == "composite"
            return self._constant(site.of(written)) if written else ("" if is_plain else None)
        return ""

    def _fields(
        self, owner: Owner, library: Library, path: Path, depth: int
    ) -> Iterator[tuple[FieldKey, ProgramSetting]]:
        for field in owner.struct.fields if depth < _MOST_DEPTH else ():
            if not tags.can_be_set(field) and not field.is_embedded:
                continue
            said = tags.tags_of(field)
            inner = self._structs.inner(owner, field)
            if inner is not None:
                yield from self._fields(inner, library, library.path(field, said, path), depth + 1)
            elif (said or library.asks_tagless) and not (library.asks_tagless and field.is_embedded):
                setting = _setting(owner, field, library, library.field(field, said, path))
                if setting.variables or setting.flag:
                    yield (*owner.key, field.name), setting


def _setting(owner: Owner, field: StructField, library: Library, said: tags.TagSetting) -> ProgramSetting:
    return ProgramSetting(
        at=Location(owner.path, owner.package.files[owner.path].span(field)),
        library=library.name,
        variables=said.variables,
        flag=said.flag,
        key=said.key if library.reads_files else "",
        default=said.default,
        type=field.type,
        is_required=said.is_required,
        target=owner.target(field),
        is_overridable=library.reads_files,
    )
