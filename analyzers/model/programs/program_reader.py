"""Finds the programs of a repository: each main package with all it reaches in the repository's modules."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from posixpath import basename, dirname

from analyzers.finding import Location
from analyzers.model.module import Module
from analyzers.model.program import Program
from analyzers.model.programs.frameworks import handles_signals
from analyzers.model.programs.listening import find_listens
from analyzers.model.programs.package import Code, Package
from analyzers.model.programs.stopping import find_shutdowns
from analyzers.model.scope import is_deployed_program
from analyzers.parsers.go import Function, GoFile
from analyzers.parsers.go.build_constraint import is_built


def read_programs(files: Mapping[str, GoFile], modules: Sequence[Module]) -> tuple[Program, ...]:
    """Every deployable main package that lies in one of the modules, by its folder.

    Imports that lead out of the files given are left alone.
    """
    packages = _by_path(files, modules)
    mains = _mains(packages)
    programs = (_program(package, packages, modules) for package in mains)
    return tuple(sorted((program for program in programs if program), key=lambda program: program.directory))


def reached_files(headers: Mapping[str, GoFile], modules: Sequence[Module]) -> tuple[str, ...]:
    """The paths of the files that programs are made of. Headers are enough to tell."""
    packages = _by_path(headers, modules)
    reached = (package for main in _mains(packages) for package in _reachable(main, packages))
    return tuple(sorted({path for package in reached for path in package.files}))


def _by_path(files: Mapping[str, GoFile], modules: Sequence[Module]) -> Mapping[str, Package]:
    return {package.import_path: package for package in _packages(files, modules)}


def _mains(packages: Mapping[str, Package]) -> list[Package]:
    named = (package for package in packages.values() if package.name == "main")
    return [package for package in named if is_deployed_program(package.directory)]


def _packages(files: Mapping[str, GoFile], modules: Sequence[Module]) -> Iterator[Package]:
    folders: dict[str, dict[str, GoFile]] = defaultdict(dict)
    for path, file in sorted(files.items()):
        if is_built(path, file.constraint) and file.package:
            folders[dirname(path)][path] = file
    for directory, inside in folders.items():
        module = _module_of(directory, modules)
        if module is not None:
            name = Counter(file.package for file in inside.values()).most_common(1)[0][0]
            own = {path: file for path, file in inside.items() if file.package == name}
            yield Package(directory, _import_path(directory, module), name, own)


def _module_of(directory: str, modules: Sequence[Module]) -> Module | None:
    """The innermost module around a folder."""
    around = [module for module in modules if _lies_in(directory, module.directory)]
    return max(around, key=lambda module: len(module.directory), default=None)


def _lies_in(directory: str, parent: str) -> bool:
    return not parent or directory == parent or directory.startswith(parent + "/")


def _import_path(directory: str, module: Module) -> str:
    inside = directory[len(module.directory) :].strip("/")
    return "/".join(filter(None, (module.name, inside)))


def _program(main: Package, packages: Mapping[str, Package], modules: Sequence[Module]) -> Program | None:
    module = _module_of(main.directory, modules)
    start = _main_function(main)
    if module is None or start is None:
        return None
    path, function = start
    code = Code(_reachable(main, packages))
    listening = find_listens(code)
    return Program(
        directory=main.directory,
        name=basename(main.directory) or module.name.rsplit("/", 1)[-1],
        at=Location(path, main.files[path].name_span(function)),
        module=module,
        packages=code.packages,
        listens=listening.listens,
        listens_are_known=listening.are_known,
        shutdowns=find_shutdowns(code),
        handles_signals=handles_signals(code),
        imports=_imports(code.packages),
        code=code,
    )


def _main_function(package: Package) -> tuple[str, Function] | None:
    named = (entry for entry in package.functions if entry[1].name == "main" and not entry[1].receiver)
    return next(named, None)


def _reachable(main: Package, packages: Mapping[str, Package]) -> list[Package]:
    """The main package and what it imports, nearest first."""
    found = {main.import_path: main}
    waiting = [main]
    for package in waiting:
        for file in package.files.values():
            for imported in file.imports:
                other = packages.get(imported.path)
                if other is not None and imported.path not in found:
                    found[imported.path] = other
                    waiting.append(other)
    return list(found.values())


def _imports(packages: Sequence[Package]) -> Mapping[str, Location]:
    places: dict[str, Location] = {}
    for package in packages:
        for path, file in package.files.items():
            for imported in file.imports:
                if imported.path not in places:
                    places[imported.path] = Location(path, file.span(imported))
    return places
