"""The Go packages of a repository, and which of them an import leads to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from posixpath import dirname

from analyzers.model.module import Module
from analyzers.model.programs.package import Package
from analyzers.model.scope import is_deployed_program
from analyzers.parsers.go import GoFile
from analyzers.parsers.go.build_constraint import is_built


class PackageIndex:
    """Packages by their folders. Headers of the files are enough to tell."""

    def __init__(self, files: Mapping[str, GoFile], modules: Sequence[Module]) -> None:
        self._files = files
        self._modules = {module.directory: module for module in modules}
        names = Counter(module.name for module in modules if module.name)
        self._by_name = {module.name: module for module in modules if names[module.name] == 1}

    @property
    def mains(self) -> list[Package]:
        """The main packages that are deployed: no tools of a go.mod, nothing aside by its name."""
        tools = {tool.value for module in self._modules.values() for tool in module.tools}
        return [
            package
            for package in self._packages.values()
            if package.name == "main"
            and is_deployed_program(package.directory)
            and package.import_path not in tools
        ]

    def module_of(self, directory: str) -> Module | None:
        """The innermost module around a folder."""
        while directory and directory not in self._modules:
            directory = dirname(directory)
        return self._modules.get(directory)

    def reachable(self, main: Package) -> list[Package]:
        """A package and what it imports in the repository, nearest first."""
        module = self.module_of(main.directory)
        found = {main.import_path: main}
        waiting = [main]
        seen: set[str] = set()
        for package in waiting if module else ():
            paths = {imported.path for file in package.files.values() for imported in file.imports}
            for path in sorted(paths - seen):
                seen.add(path)
                other = self._imported(path, module) if module else None
                if other is not None and path not in found:
                    found[path] = other
                    waiting.append(other)
        return list(found.values())

    def _imported(self, path: str, module: Module) -> Package | None:
        """A package of the module, or of one that lies in the repository, too."""
        for name, rest in _splits(path):
            directory = self._directory_of(name, module)
            package = None if directory is None else self._packages.get(f"{directory}/{rest}".strip("/"))
            if package is not None:
                return package if package.import_path == path else replace(package, import_path=path)
        return None

    def _directory_of(self, name: str, module: Module) -> str | None:
        """Where a module's files are: a folder that stands in for it, itself, the only one of that name."""
        if name in module.local_modules:
            return module.local_modules[name]
        if name == module.name:
            return module.directory
        other = self._by_name.get(name)
        return other.directory if other else None

    @cached_property
    def _packages(self) -> Mapping[str, Package]:
        """By folder."""
        folders: dict[str, dict[str, GoFile]] = defaultdict(dict)
        for path, file in sorted(self._files.items()):
            if file.package and is_built(path, file.constraint):
                folders[dirname(path)][path] = file
        return {package.directory: package for package in self._read(folders)}

    def _read(self, folders: Mapping[str, Mapping[str, GoFile]]) -> Iterator[Package]:
        for directory, inside in folders.items():
            module = self.module_of(directory)
            if module is not None:
                name = Counter(file.package for file in inside.values()).most_common(1)[0][0]
                own = {path: file for path, file in inside.items() if file.package == name}
                rest = directory[len(module.directory) :].strip("/")
                yield Package(directory, "/".join(filter(None, (module.name, rest))), name, own)


def _splits(path: str) -> Iterator[tuple[str, str]]:
    """Every module path that an import path may belong to with the folder inside, the longest first."""
    end = len(path)
    while end > 0:
        yield path[:end], path[end + 1 :]
        end = path.rfind("/", 0, end)
