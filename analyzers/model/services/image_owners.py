"""Whose image a container runs: told by the names that images are built under, then by names that fit."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from analyzers.finding import Location
from analyzers.model.fact import Fact
from analyzers.model.image import ImageRef
from analyzers.model.program import Program
from analyzers.model.service import Reason, Service
from analyzers.model.services.naming import (
    is_variant,
    names_of_binaries,
    names_of_dockerfile,
    names_of_folder,
    names_of_module,
    names_of_program,
    spellings,
)
from analyzers.model.workload import Container
from analyzers.parsers.light import light_value

MOST_CANDIDATES = 20
"""Of one name; two are too many already."""
Unit = tuple[Service, ...]
"""The services of one image: one for each program in it."""
KO = "ko://"
"""ko builds an image of the package named behind it: https://ko.build/features/k8s/"""
_NAME = re.compile(r"[a-z0-9]+(?:[._-]+[a-z0-9]+)*\Z")


@light_value
class Owners:
    """Who may be meant. Only one is sure."""

    units: tuple[Unit, ...] = ()
    by: Reason = "name"


class ImageOwners:
    """The services of a repository by the names of their images. Each name is looked up, never searched."""

    def __init__(self, services: Iterable[Service], text_at: Callable[[Location], str]) -> None:
        self._text_at = text_at
        self._units = list(_units(services))
        self._built: dict[str, list[int]] = defaultdict(list)
        self._paths: dict[str, list[int]] = defaultdict(list)
        self._names: dict[str, list[int]] = defaultdict(list)
        self._spelled: dict[str, list[int]] = defaultdict(list)
        self._commands: dict[str, list[int]] = defaultdict(list)
        self._packages: dict[str, list[int]] = defaultdict(list)
        self._folders: dict[str, list[int]] = defaultdict(list)
        self._fill()

    def _fill(self) -> None:
        lone = _lone_modules(self._units)
        for number, unit in enumerate(self._units):
            built = {name for service in unit for name in service.image_names}
            short = {name for service in unit for name in service.short_names}
            names = {*map(posixpath.basename, built), *short, *_own_names(unit, lone)}
            for index, keys in (
                (self._built, built),
                (self._paths, {_without_registry(name) for name in built}),
                (self._names, names),
                (self._spelled, {name.replace("_", "-") for name in names}),
                (self._commands, {name for service in unit for name in service.binaries}),
                (self._packages, {import_path(service.program) for service in unit if service.program}),
                (self._folders, {folder_of(unit)} - {""}),
            ):
                for key in keys:
                    index[key].append(number)

    def of_container(self, container: Container) -> Owners:
        """The owners of the image that a container names here, or that an overlay gives it."""
        facts = [fact for fact in (container.image, *container.overlay_images) if fact]
        found = [owners for fact in facts if (owners := self._of_fact(fact)).units]
        if not found:
            by_command = self._by_command(container)
            return by_command if by_command.units else self._by_place(container)
        units = {id(unit): unit for owners in found for unit in owners.units}
        by: Reason = "build" if all(owners.by == "build" for owners in found) else "name"
        return _nearest(Owners(tuple(units.values()), by), container)

    def _of_fact(self, fact: Fact[ImageRef]) -> Owners:
        if fact.value:
            return self.of_image(fact.value.repository)
        written = self._text_at(fact.at).strip().strip("\"'")
        if written.startswith(KO):
            numbers = self._packages.get(written.removeprefix(KO), ())
            return Owners(tuple(self._units[number] for number in numbers[:MOST_CANDIDATES]), "build")
        name = short_name(written)
        return self._by_name(name) if name else Owners()

    def of_image(self, repository: str) -> Owners:
        """The owners of an image by its name without tag."""
        if repository in self._built:
            return self._chosen(self._built[repository], "build")
        path = _without_registry(repository)
        if "/" in path and path in self._paths:
            return self._chosen(self._paths[path], "name")
        return self._by_name(posixpath.basename(repository))

    def _by_name(self, name: str) -> Owners:
        if name in self._names:
            return self._chosen(self._names[name], "name")
        for spelling in spellings(name):
            if spelling in self._spelled:
                return self._chosen(self._spelled[spelling], "name")
        return Owners()

    def _by_command(self, container: Container) -> Owners:
        """An image whose name nothing tells, started by the absolute path of a binary that only one has."""
        image, command = container.image, container.command
        is_told = image and image.value and "/" in image.value.repository
        if is_told or not command or not command[0].startswith("/"):
            return Owners()
        numbers = self._commands.get(posixpath.basename(command[0]), ())
        return Owners(tuple(self._units[number] for number in numbers[:MOST_CANDIDATES]), "command")

    def _by_place(self, container: Container) -> Owners:
        """The one Dockerfile with the manifest in its folder, where the image is named after both."""
        fact = container.image
        last = posixpath.basename(fact.value.repository).replace("_", "-") if fact and fact.value else ""
        around = [
            number for folder in _folders_of(container.at.path) for number in self._folders.get(folder, ())
        ]
        units = [self._units[number] for number in around[:MOST_CANDIDATES]]
        fitting = [unit for unit in units if any(last.endswith(f"-{name}") for name in _place_names(unit))]
        return Owners(tuple(fitting), "place") if len(fitting) == len(units) == 1 else Owners()

    def _chosen(self, numbers: Sequence[int], by: Reason) -> Owners:
        units = [self._units[number] for number in numbers[:MOST_CANDIDATES]]
        if built := _only_built(units):
            return Owners((built,), by)
        plain = [unit for unit in units if not _is_variant(unit)]
        return Owners(tuple(plain if len(plain) == 1 and _share_program(units) else units), by)


def choose(unit: Unit, container: Container) -> Service:
    """The service of an image whose program a container starts; else the one that tells nothing of that."""
    starting = [service for service in unit if service.seems_started_in(container)]
    if len(starting) == 1:
        return starting[0]
    return next((service for service in unit if service.is_started), unit[0])


def folder_of(unit: Unit) -> str:
    """Where its Dockerfile lies; empty at the root, where everything lies beside it."""
    image = unit[0].image
    return posixpath.dirname(image.path) if image else ""


def _nearest(owners: Owners, container: Container) -> Owners:
    """Of several with one name, the one whose folder has the manifest too."""
    around = set(_folders_of(container.at.path))
    beside = [unit for unit in owners.units if folder_of(unit) in around]
    return Owners(tuple(beside), "place") if len(owners.units) > 1 and len(beside) == 1 else owners


def _folders_of(path: str) -> list[str]:
    """The folders around a file, without the root."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:length]) for length in range(len(parts), 0, -1)]


def _place_names(unit: Unit) -> set[str]:
    image = unit[0].image
    if image is None:
        return set()
    names = names_of_dockerfile(image) | names_of_folder(posixpath.basename(folder_of(unit)))
    return {name.replace("_", "-") for name in names}


def short_name(written: str) -> str:
    """The last part of a reference that is partly a template or a variable; empty where that is one too."""
    last = written.rpartition("/")[2].partition("@")[0].partition(":")[0]
    return last if _NAME.match(last) else ""


def import_path(program: Program) -> str:
    """The path of its main package, as other packages would import it."""
    inside = posixpath.relpath(program.directory or ".", program.module.directory or ".")
    return program.module.name if inside == "." else f"{program.module.name}/{inside}"


def _units(services: Iterable[Service]) -> Iterable[Unit]:
    """By image; a service without one stands for itself, as some tools build images without Dockerfile."""
    units: dict[int, list[Service]] = defaultdict(list)
    for service in services:
        units[id(service.image or service)].append(service)
    return map(tuple, units.values())


def _lone_modules(units: Iterable[Unit]) -> frozenset[str]:
    """The modules of just one image, by folder."""
    seen: dict[str, set[int]] = defaultdict(set)
    for number, unit in enumerate(units):
        for service in unit:
            if service.module and service.image:
                seen[service.module.directory].add(number)
    return frozenset(directory for directory, numbers in seen.items() if len(numbers) == 1)


def _own_names(unit: Unit, lone: frozenset[str]) -> set[str]:
    """Names that folders, files and modules give."""
    names = set(names_of_dockerfile(unit[0].image)) if unit[0].image else set()
    for service in unit if unit[0].image else ():
        if service.program and (service.is_started or len(unit) == 1):
            names |= names_of_program(service.program)
            names |= names_of_binaries(service.binaries)
        if service.module and service.module.directory in lone:
            names |= names_of_module(service.module)
    return names


def _without_registry(repository: str) -> str:
    first, slash, rest = repository.partition("/")
    return rest if slash and any(mark in first for mark in ".:") else repository


def _is_variant(unit: Unit) -> bool:
    image = unit[0].image
    return image is not None and is_variant(image.path)


def _only_built(units: Sequence[Unit]) -> Unit | None:
    """The one that something builds, where nobody builds the others and they hold no other program."""
    built = [unit for unit in units if unit[0].builds]
    if len(built) != 1 or len(units) == 1 or not all(unit[0].is_go for unit in units):
        return None
    own = _programs(built[0])
    return built[0] if own and all(_programs(unit) <= own for unit in units) else None


def _share_program(units: Sequence[Unit]) -> bool:
    directories = set(map(_programs, units))
    return len(directories) == 1 and directories != {frozenset()}


def _programs(unit: Unit) -> frozenset[str]:
    return frozenset(service.program.directory for service in unit if service.program)
