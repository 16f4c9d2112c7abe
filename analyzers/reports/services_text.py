"""The service model for a terminal: a block a service, then what is linked to nothing."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from analyzers.reports.printable import printable
from analyzers.reports.services_parts import (
    ClusterServiceOutline,
    ImageOutline,
    ListenOutline,
    Outline,
    ProgramOutline,
    ServiceOutline,
    UnlinkedOutline,
    WorkloadOutline,
)
from analyzers.reports.text import Paint, plain

T = TypeVar("T")
_WIDTH = 100
_LABEL = 12
_MOST_PLACES = 3
_LONGEST = 60
"""Characters of an image's name that are shown; a template may have many more."""
_TITLES = {
    "program": "Programs in no image",
    "image": "Dockerfiles without a program",
    "container": "Containers of another image",
    "build": "Builds of another Dockerfile",
}


def render_services_text(outline: Outline, paint: Paint = plain) -> str:
    """Every service, and at the end why the rest belongs to none."""
    blocks = ["\n".join(_block(service, paint)) for service in outline.services]
    blocks += _unlinked(outline.unlinked, paint)
    return "\n\n".join([*blocks, _counts(outline)]) + "\n"


def _block(service: ServiceOutline, paint: Paint) -> Iterator[str]:
    yield paint(printable(service.name), "bold")
    yield from _lines("program", [_program(service.program)], paint)
    yield from _lines("listens", _listens(service.program), paint)
    yield from _lines("image", map(_image, service.images), paint)
    yield from _lines("job", [[job.name, f"{job.at}"] for job in service.jobs], paint)
    yield from _lines("workload", map(_workload, _alike(service.workloads, _title)), paint)
    fronts = [front for workload in service.workloads for front in workload.services]
    yield from _lines("service", map(_front, _alike(fronts, lambda front: front.name)), paint)


def _program(program: ProgramOutline | None) -> list[str]:
    if program is None:
        return ["not known"]
    return [program.directory, f"module {program.module}", *([f"go {program.go}"] if program.go else [])]


def _listens(program: ProgramOutline | None) -> Iterator[list[str]]:
    """A line for each port that is known or set, one for all others, one for what is out of sight."""
    listens = program.listens if program else ()
    others = [each for each in listens if each.port is None and not each.source]
    for listen in listens:
        if listen not in others:
            yield [_listen(listen), f"{listen.at}"]
    if others:
        yield ["on a port that is not known", *_some([f"{each.at}" for each in others])]
    if program and program.may_listen_elsewhere:
        yield ["perhaps elsewhere too" if listens else "perhaps, in a library"]
    elif program and not listens:
        yield ["nowhere that is seen"]


def _listen(listen: ListenOutline) -> str:
    port = "?" if listen.port is None else listen.port
    return f":{port} {listen.protocol}" + (f" from {listen.source}" if listen.source else "")


def _image(image: ImageOutline) -> list[str]:
    builders = f"{' + '.join(map(_short, image.builders))} -> " if image.builders else ""
    base = f"{builders}{_short(image.base)}"
    parts = [image.dockerfile, f"context {image.context}", base]
    parts += [f"starts from that of {path}" for path in image.bases]
    parts += [f"program by {image.program_by}"] if image.program_by else []
    parts += [] if image.is_started else ["started by a command only"]
    parts += _some(f"named {name}" for name in image.names)
    return [*parts, *_some([f"{build.by} {build.at}" for build in image.builds])]


def _alike(entries: Iterable[T], title: Callable[[T], str]) -> Iterator[list[T]]:
    """Those of one title together: the same object in several files and overlays."""
    groups: dict[str, list[T]] = {}
    for entry in entries:
        groups.setdefault(title(entry), []).append(entry)
    yield from groups.values()


def _title(workload: WorkloadOutline) -> str:
    name = "/".join(part for part in (workload.namespace, workload.name or "?") if part)
    return f"{workload.kind} {name}, container {workload.container}, image {workload.image}"


def _front(fronts: Sequence[ClusterServiceOutline]) -> list[str]:
    first = fronts[0]
    ways = dict.fromkeys(way for front in fronts for way in front.routes)
    ports = dict.fromkeys(first.ports)
    return [first.name or "?", *_places(fronts), *ports, *_some(f"from {way}" for way in ways)]


def _places(entries: Sequence[WorkloadOutline] | Sequence[ClusterServiceOutline]) -> list[str]:
    """The first place, and how many more there are."""
    first, *others = dict.fromkeys((f"{each.at}", posixpath.dirname(each.overlay)) for each in entries)
    overlay = [f"overlay {first[1]}"] if first[1] else []
    return [first[0], *overlay, *([_plural(len(others), "more place")] if others else [])]


def _workload(workloads: Sequence[WorkloadOutline]) -> list[str]:
    workload = workloads[0]
    name = "/".join(part for part in (workload.namespace, workload.name or "?") if part)
    parts = [f"{workload.kind} {name}", *_places(workloads)]
    parts += [] if workload.container == workload.name else [f"container {workload.container}"]
    parts += [f"image {_short(workload.image)} by {workload.by}"]
    parts += [] if workload.replicas is None else [f"replicas {workload.replicas}"]
    parts += [f"ports {' '.join(map(str, workload.ports))}"] if workload.ports else []
    parts += [*workload.probes, *(f"beside {proxy}" for proxy in workload.proxies)]
    is_sure = any(each.starts_program for each in workloads)
    return [*parts, *([] if is_sure else ["may start something else"])]


def _short(name: str) -> str:
    """A path, or a reference without its digest. Of a long one the end is kept: it tells most."""
    text = " ".join(name.partition("@sha256:")[0].split())
    if len(text) <= _LONGEST:
        return text
    end = text[-_LONGEST:]
    return f"...{end[max(end.find('/'), 0) :]}"


def _some(texts: Iterable[str], most: int = _MOST_PLACES) -> list[str]:
    """The first ones, and how many more there are."""
    unique = list(dict.fromkeys(texts))
    more = len(unique) - most
    return [*unique[:most], *([f"{more} more"] if more > 0 else [])]


def _lines(label: str, entries: Iterable[Sequence[str]], paint: Paint) -> Iterator[str]:
    """Each entry from the label's column on; what does not fit goes on below it, further in."""
    for number, parts in enumerate(entries):
        head = (label if number == 0 else "").ljust(_LABEL - 2)
        for index, line in enumerate(_fill([printable(part) for part in parts], _WIDTH - _LABEL)):
            yield f"  {paint(head, 'dim')}{line}" if index == 0 else f"{'':<{_LABEL + 2}}{line}"


def _fill(parts: Sequence[str], width: int) -> Iterator[str]:
    """The parts with commas between them, as many on a line as go there."""
    line = ""
    for part in parts:
        if line and len(line) + len(part) + 3 > width:
            yield line + ","
            line, width = part, min(width, _WIDTH - _LABEL - 2)
        else:
            line = f"{line}, {part}" if line else part
    yield line


def _unlinked(found: Sequence[UnlinkedOutline], paint: Paint) -> Iterator[str]:
    for kind, title in _TITLES.items():
        groups: dict[tuple[str, str, tuple[str, ...]], list[UnlinkedOutline]] = {}
        for each in found:
            if each.kind == kind:
                name = "" if _is_its_place(each) else each.name
                groups.setdefault((name, each.reason, each.candidates), []).append(each)
        if groups:
            lines = [line for group in groups.values() for line in _group(group)]
            yield "\n".join([paint(title, "bold"), *lines])


def _is_its_place(each: UnlinkedOutline) -> bool:
    """A Dockerfile: nothing is to be said of it but the reason."""
    return each.kind == "image" and not each.candidates


def _group(group: Sequence[UnlinkedOutline]) -> Iterator[str]:
    """Containers of one image stand in one entry, and so do the Dockerfiles of one reason."""
    first = group[0]
    if _is_its_place(first):
        parts = [f"{first.reason}: {first.name}", *(each.name for each in group[1:])]
    else:
        places = [] if first.kind == "image" else _some((str(each.at) for each in group), 1)
        name = _short(first.name) or ("" if first.kind == "build" else "?")
        parts = [f"{name}: {first.reason}" if name else first.reason, *first.candidates, *places]
    for index, line in enumerate(_fill([printable(part) for part in parts], _WIDTH - 4)):
        yield f"  {line}" if index == 0 else f"    {line}"


def _counts(outline: Outline) -> str:
    linked = sum(bool(service.workloads) for service in outline.services)
    services = f"{_plural(len(outline.services), 'service')}, {linked} with a workload"
    return f"{services}; {_plural(len(outline.unlinked), 'part')} linked to nothing"


def _plural(count: int, word: str) -> str:
    return f"{count} {word}" + ("" if count == 1 else "s")
