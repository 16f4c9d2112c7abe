"""Manifests under the kustomizations that take them in: which images these set, what they may patch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from analyzers.model.fact import Fact
from analyzers.model.image import ImageRef
from analyzers.model.images.reference import read_reference
from analyzers.model.manifests.kustomization import ImageOverride, Kustomization
from analyzers.model.manifests.manifests import Manifests
from analyzers.model.workload import Container, Workload

MAX_DEPTH = 20
MOST_FILES = 10_000
MOST_CHAINS = 50
Chain = tuple[Kustomization, ...]
"""Kustomizations around a file, the innermost first."""


def patch_paths(kustomizations: Iterable[Kustomization]) -> frozenset[str]:
    """The files that are patches: parts of manifests, never to be judged as whole ones."""
    return frozenset(patch.path for each in kustomizations for patch in each.patches if patch.path)


def under_overlays(manifests: Manifests, chains: Mapping[str, Sequence[Chain]]) -> Manifests:
    """The manifests, their workloads knowing what each overlay does to them."""
    around = chains.get(manifests.path, ())
    if not around or not manifests.workloads:
        return manifests
    return replace(
        manifests, workloads=tuple(_overlaid(workload, around) for workload in manifests.workloads)
    )


def find_chains(kustomizations: Sequence[Kustomization]) -> Mapping[str, Sequence[Chain]]:
    """For each file the ways it is taken in, each from the kustomization beside it to an outermost one."""
    by_folder = {each.directory: each for each in kustomizations}
    taken = {name for each in kustomizations for name in each.resources}
    chains: dict[str, list[Chain]] = defaultdict(list)
    for outermost in kustomizations:
        if outermost.directory not in taken:
            for path, chain in islice(_descend(outermost, by_folder), MOST_FILES):
                if len(chains[path]) < MOST_CHAINS:
                    chains[path].append(chain)
    return chains


def _descend(outermost: Kustomization, by_folder: Mapping[str, Kustomization]) -> Iterator[tuple[str, Chain]]:
    pending: list[Chain] = [(outermost,)]
    seen = {outermost.path}
    while pending:
        chain = pending.pop()
        for name in chain[0].resources:
            inner = by_folder.get(name)
            if inner is None:
                yield name, chain
            elif inner.path not in seen and len(chain) < MAX_DEPTH:
                seen.add(inner.path)
                pending.append((inner, *chain))


def _overlaid(workload: Workload, chains: Sequence[Chain]) -> Workload:
    is_patched = any(each.may_patch(workload.kind, workload.name) for chain in chains for each in chain)
    containers = tuple(_with_images(container, chains, is_patched) for container in workload.containers)
    starters = tuple(_with_images(container, chains, is_patched) for container in workload.init_containers)
    is_complete = workload.is_complete and not is_patched
    return replace(workload, containers=containers, init_containers=starters, is_complete=is_complete)


def _with_images(container: Container, chains: Sequence[Chain], is_patched: bool) -> Container:
    found = (_image_under(container, chain) for chain in chains)
    images = tuple(dict.fromkeys(image for image in found if image))
    if not is_patched:
        return replace(container, overlay_images=images) if images else container
    return replace(container, overlay_images=images, is_complete=False, env_is_complete=False)


def _image_under(container: Container, chain: Chain) -> Fact[ImageRef] | None:
    """The image a container gets in the end, where any kustomization of the chain sets it."""
    image, changed = container.image, False
    for kustomization in chain:
        override = kustomization.override_of(image.value.repository) if image and image.value else None
        if override and image and image.value:
            image, changed = Fact(_overridden(image.value, override), override.at), True
    return image if changed else None


def _overridden(image: ImageRef, override: ImageOverride) -> ImageRef | None:
    parts = (override.new_name, override.new_tag, override.digest)
    if any(part is not None and part.value is None for part in parts):
        return None
    name = override.new_name.value if override.new_name else image.repository
    if override.digest:
        return read_reference(f"{name}@{override.digest.value}")
    if override.new_tag:
        return read_reference(f"{name}:{override.new_tag.value}")
    tag = f":{image.tag}" if image.tag else ""
    digest = f"@{image.digest}" if image.digest else ""
    return read_reference(f"{name}{tag}{digest}")
