"""A kustomization.yaml: what it takes in and what it does to it.

Fields: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
"""

from __future__ import annotations

import posixpath

from analyzers.finding import Location
from analyzers.parsers.light import light_record, light_value
from analyzers.parsers.yaml_node import Node

FILE_NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
"""In the order in which kustomize looks for them."""
_REMOTE = ("github.com/", "gitlab.com/", "bitbucket.org/", "git@", "git::", "ssh:")
_TAKING = ("resources", "bases", "components")


@light_value
class Patch:
    """A patch in a file of its own, or inline as a text. `target` is absent where the patch names its own.

    `path` is None for a file that lies outside the repository.
    """

    at: Location
    path: str | None
    inline: Node
    target: Node
    may_rename: bool = False
    """The name that the patch gives is the object's new one."""
    may_change_kind: bool = False

    @property
    def is_inline(self) -> bool:
        return bool(self.inline)


@light_value
class LabelSet:
    """Labels to set on every object; on selectors and pod templates too, where asked for."""

    pairs: Node
    on_selectors: bool
    on_templates: bool


@light_value
class Generator:
    """An entry of `configMapGenerator` or `secretGenerator`."""

    kind: str
    node: Node


@light_value
class Unread:
    """A field that uses what is not resolved here."""

    field: str
    line: int


@light_record
class Kustomization:
    """`resources` and `components` are files and folders of the repository."""

    path: str
    node: Node
    resources: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    strategic_patches: tuple[Patch, ...] = ()
    """Of `patchesStrategicMerge` and `patches`, in the order they are applied."""
    json_patches: tuple[Patch, ...] = ()
    """Of `patchesJson6902`, which come after names and labels."""
    labels: tuple[LabelSet, ...] = ()
    generators: tuple[Generator, ...] = ()
    unread: tuple[Unread, ...] = ()
    is_component: bool = False
    has_remote_components: bool = False

    @property
    def directory(self) -> str:
        return posixpath.dirname(self.path)

    @property
    def patches(self) -> tuple[Patch, ...]:
        return self.strategic_patches + self.json_patches

    @property
    def knows_schemas(self) -> bool:
        """It brings schemas along, so lists of other kinds than Kubernetes' own are merged by key."""
        return bool(self.node["openapi"])

    def line_of(self, name: str) -> int:
        """Where it takes in a file or folder."""
        items = (item for field in _TAKING for item in self.node[field])
        lines = (item.span.line for item in items if resolve_path(self.path, item.text) == name)
        return next(lines, 1)


def resolve_path(path: str, name: str) -> str | None:
    """The place in the repository that a kustomization names; None for what lies outside."""
    if not name or "://" in name or "?" in name or name.startswith(("/", *_REMOTE)) or "\n" in name:
        return None
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
    return None if joined.startswith("..") else "" if joined == "." else joined


def is_kustomization(path: str) -> bool:
    return posixpath.basename(path) in FILE_NAMES
