"""A kustomization.yaml: what it takes in, what it patches, which images it sets.

Fields: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from analyzers.finding import Location
from analyzers.model.fact import Fact
from analyzers.model.images.reference import read_reference
from analyzers.model.yaml_facts import known_text, name_of, place, text_fact
from analyzers.parsers.yaml_node import Node

FILE_NAMES = frozenset({"kustomization.yaml", "kustomization.yml", "Kustomization"})
_PATCH_FIELDS = ("patches", "patchesStrategicMerge", "patchesJson6902")
_BEYOND_READING = ("transformers", "replacements", "generators", "helmCharts", "vars", "configurations")


@dataclass(frozen=True, slots=True)
class ImageOverride:
    """One entry of `images`. `name` is the image it replaces; what is None stays as it was."""

    at: Location
    name: str
    new_name: Fact[str] | None = None
    new_tag: Fact[str] | None = None
    digest: Fact[str] | None = None


@dataclass(frozen=True, slots=True)
class Patch:
    """A patch in a file of its own or, with an empty `path`, inline. Empty targets mean any."""

    at: Location
    path: str
    target_kind: str = ""
    target_name: str = ""


@dataclass(frozen=True)
class Kustomization:
    """`resources` are files and folders of the repository, bases and components among them."""

    path: str
    at: Location
    resources: tuple[str, ...] = ()
    patches: tuple[Patch, ...] = ()
    images: tuple[ImageOverride, ...] = ()
    namespace: str = ""
    name_prefix: str = ""
    name_suffix: str = ""
    is_complete: bool = True
    """False where it uses what is not read here: transformers, Helm charts, remote resources."""

    @property
    def directory(self) -> str:
        return posixpath.dirname(self.path)

    def override_of(self, repository: str) -> ImageOverride | None:
        """What it does to an image of that name."""
        return self._overrides.get(repository)

    def may_patch(self, kind: str, name: str) -> bool:
        """It has a patch that may concern such an object, or does what is not read here."""
        wanted = ((kind, name), (kind, ""), ("", name), ("", ""))
        return not self.is_complete or not self._targets.isdisjoint(wanted)

    @cached_property
    def _overrides(self) -> dict[str, ImageOverride]:
        named = ((read_reference(override.name), override) for override in self.images)
        return {image.repository: override for image, override in named if image}

    @cached_property
    def _targets(self) -> frozenset[tuple[str, str]]:
        return frozenset((patch.target_kind, patch.target_name) for patch in self.patches)


def is_kustomization(path: str) -> bool:
    return posixpath.basename(path) in FILE_NAMES


def read_kustomization(path: str, documents: Sequence[Node]) -> Kustomization | None:
    """The kustomization that a file named so holds; None for an empty one."""
    node = next((document for document in documents if document.items()), None)
    if node is None:
        return None
    named = [item.text for field in ("resources", "bases", "components") for item in node[field]]
    inside = tuple(found for name in named if (found := _inside(path, name)) is not None)
    return Kustomization(
        path=path,
        at=place(path, node.entry("kind") or node.items()[0][1]),
        resources=inside,
        patches=tuple(_patches(path, node)),
        images=tuple(_override(path, item) for item in node["images"] if name_of(item)),
        namespace=known_text(node["namespace"]) or "",
        name_prefix=known_text(node["namePrefix"]) or "",
        name_suffix=known_text(node["nameSuffix"]) or "",
        is_complete=len(inside) == len(named) and not any(node[field] for field in _BEYOND_READING),
    )


def _inside(path: str, name: str) -> str | None:
    """The place in the repository that a kustomization names; None for what lies outside."""
    if not name or "://" in name or "?" in name or name.startswith(("/", "github.com/", "git@", "git::")):
        return None
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
    return None if joined.startswith("..") else "" if joined == "." else joined


def _patches(path: str, node: Node) -> Iterator[Patch]:
    for field in _PATCH_FIELDS:
        for item in node[field]:
            file = item["path"].text if item.items() else item.text
            is_inline = not file or "\n" in file
            target = item["target"]
            yield Patch(
                place(path, item),
                "" if is_inline else _inside(path, file) or "",
                known_text(target["kind"]) or "",
                name_of(target),
            )


def _override(path: str, item: Node) -> ImageOverride:
    return ImageOverride(
        place(path, item),
        name_of(item),
        text_fact(path, item["newName"]),
        text_fact(path, item["newTag"]),
        text_fact(path, item["digest"]),
    )
