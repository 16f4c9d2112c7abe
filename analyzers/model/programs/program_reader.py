"""Finds the programs of a repository: each main package with all it reaches in the repository's modules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from posixpath import basename

from analyzers.finding import Location
from analyzers.model.module import Module
from analyzers.model.program import Program
from analyzers.model.programs.code import Code
from analyzers.model.programs.configuration.program_settings import find_settings
from analyzers.model.programs.exits import find_exits
from analyzers.model.programs.frameworks import has_signal_library, hides_listening
from analyzers.model.programs.listening import find_listens
from analyzers.model.programs.package import Package
from analyzers.model.programs.package_index import PackageIndex
from analyzers.model.programs.routing.route_finder import find_routes
from analyzers.model.programs.rpc_services import find_rpc_services
from analyzers.model.programs.servings import Servings, find_servings
from analyzers.model.programs.signals import find_signals
from analyzers.model.programs.stopping import find_hard_stops, find_shutdowns
from analyzers.parsers.go import Function, GoFile
from analyzers.sharing import Share, make_anew


def read_programs(
    files: Mapping[str, GoFile], modules: Sequence[Module], share: Share = make_anew
) -> tuple[Program, ...]:
    """Every deployable main package that lies in one of the modules, by its folder.

    Imports that lead out of the files given are left alone. `share` may know a program from another tree.
    """
    index = PackageIndex(files, modules)
    programs = (
        share(_program, module, tuple(index.reachable(main)), of=main.directory)
        for main in index.mains
        if (module := index.module_of(main.directory))
    )
    return tuple(sorted((program for program in programs if program), key=lambda program: program.directory))


def reached_files(headers: Mapping[str, GoFile], modules: Sequence[Module]) -> tuple[str, ...]:
    """The paths of the files that programs are made of. Headers are enough to tell."""
    index = PackageIndex(headers, modules)
    reached = (package for main in index.mains for package in index.reachable(main))
    return tuple(sorted({path for package in reached for path in package.files}))


def _program(module: Module, packages: tuple[Package, ...]) -> Program | None:
    main = packages[0]
    start = _main_function(main)
    if start is None or _writes_source(start[1]):
        return None
    path, function = start
    code = Code(packages)
    listening = find_listens(code)
    routing = find_routes(code, listening.served)
    servings = Servings(code)
    return Program(
        directory=main.directory,
        name=basename(main.directory) or module.name.rsplit("/", 1)[-1],
        at=Location(path, main.files[path].name_span(function)),
        module=module,
        packages=code.packages,
        listens=listening.listens,
        listens_are_known=listening.are_known,
        routes=routing.routes,
        routes_are_known=routing.are_known and bool(listening.listens) and not hides_listening(code),
        rpc_services=find_rpc_services(code),
        shutdowns=find_shutdowns(code, servings),
        settings=find_settings(code),
        signals=find_signals(code, servings),
        servings=find_servings(servings),
        hard_stops=find_hard_stops(code, servings),
        exits=find_exits(code),
        has_signal_library=has_signal_library(code),
        imports=_imports(code.packages),
        code=code,
    )


def _writes_source(main: Function) -> bool:
    """A generator: it asks where its own source lies, and writes a file. No image has that source."""
    calls = {call.callee for call in main.calls}
    return "runtime.Caller" in calls and not calls.isdisjoint(("os.WriteFile", "os.Create"))


def _main_function(package: Package) -> tuple[str, Function] | None:
    named = (entry for entry in package.functions if entry[1].name == "main" and not entry[1].receiver)
    return next(named, None)


def _imports(packages: Sequence[Package]) -> Mapping[str, Location]:
    places: dict[str, Location] = {}
    for package in packages:
        for path, file in package.files.items():
            for imported in file.imports:
                if imported.path not in places:
                    places[imported.path] = Location(path, file.span(imported))
    return places
