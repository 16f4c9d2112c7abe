"""Which kustomizations are built, and which files they leave to be read as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from analyzers.model.circles import find_circles, told
from analyzers.model.manifests.kustomize.kustomization import FILE_NAMES, Kustomization
from analyzers.model.remark import Remark
from analyzers.model.scope import is_deployed_manifest


def by_folder(kustomizations: Iterable[Kustomization]) -> dict[str, Kustomization]:
    """The one kustomization that counts in each folder."""
    ranked = sorted(kustomizations, key=lambda each: -_rank(each.path))
    return {each.directory: each for each in ranked}


def _rank(path: str) -> int:
    return FILE_NAMES.index(path.rpartition("/")[2])


def find_roots(kustomizations: Sequence[Kustomization]) -> Iterator[tuple[Kustomization, bool]]:
    """The outermost kustomizations of what is deployed, and whether each is all there is to it.

    One that only an overlay for development or tests takes in stands for environments not seen here;
    so does a component that nothing takes in. What they lack may be added elsewhere.
    """
    deployed = [each for each in kustomizations if is_deployed_manifest(each.path)]
    taken, elsewhere = set(_taken(deployed)), set(_taken(kustomizations))
    for each in deployed:
        if each.directory not in taken:
            yield each, each.directory not in elsewhere and not each.is_component


def remark_circles(kustomizations: Iterable[Kustomization], remark: Remark) -> None:
    """Says which kustomizations take each other in: what those yield is not known."""
    folders = by_folder(kustomizations)

    def inner(name: str) -> list[str]:
        each = folders.get(name)
        return [taken for taken in _taken([each] if each else []) if taken in folders]

    for circle in find_circles(folders, inner):
        first = folders[circle[0]]
        names = told(tuple(name or "." for name in circle))
        reason = f"kustomizations take each other in ({names}), which kustomize refuses: cut here"
        remark(first.path, reason, first.line_of(circle[1 % len(circle)]))


def listed_files(kustomizations: Iterable[Kustomization]) -> frozenset[str]:
    """What kustomizations take in, files and folders."""
    return frozenset(_taken(kustomizations))


def patch_files(kustomizations: Iterable[Kustomization]) -> frozenset[str]:
    """Files that are parts of manifests, never to be judged as whole ones."""
    return frozenset(patch.path for each in kustomizations for patch in each.patches if patch.path)


def _taken(kustomizations: Iterable[Kustomization]) -> Iterator[str]:
    for each in kustomizations:
        yield from (*each.resources, *each.components)
