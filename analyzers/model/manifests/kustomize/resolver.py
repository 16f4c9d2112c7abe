"""Kustomizations resolved: the objects each yields, every field with the file and line it comes from.

What is applied, in kustomize's own order: resources, generators, components, patches, namespace, name
prefix and suffix, labels, annotations, JSON patches, replicas, images. Nothing is fetched or run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from analyzers.model.manifests.kustomize.budget import Budget
from analyzers.model.manifests.kustomize.generating import generate
from analyzers.model.manifests.kustomize.image_overrides import ImageOverrides
from analyzers.model.manifests.kustomize.kustomization import Kustomization, Patch, resolve_path
from analyzers.model.manifests.kustomize.naming import add_affixes, follow_names, set_namespace
from analyzers.model.manifests.kustomize.patch_files import PatchFiles
from analyzers.model.manifests.kustomize.patching import apply_patch, doubt
from analyzers.model.manifests.kustomize.replacing import blank
from analyzers.model.manifests.kustomize.resource import Resource
from analyzers.model.manifests.kustomize.setting import set_annotations, set_labels, set_replicas
from analyzers.model.manifests.kustomize.transformers import Transformers
from analyzers.model.manifests.objects import find_objects
from analyzers.model.remark import Remark
from analyzers.parsers.yaml_node import Node

MAX_DEPTH = 20
STEPS_OF_ONE = 20
"""What a kustomization costs that changes nothing."""
Parse = Callable[[str], "tuple[Node, ...] | None"]
Read = Callable[[str], "str | None"]


class Resolver:
    """Resolves the kustomizations of one repository, a base that many take in only once."""

    def __init__(
        self,
        kustomizations: Mapping[str, Kustomization],
        parse: Parse,
        read: Read,
        remark: Remark,
        budget: Budget | None = None,
    ) -> None:
        self._by_folder = kustomizations
        """By folder."""
        self._parse, self._read, self._remark = parse, read, remark
        self._budget = budget or Budget()
        self._resolved: dict[str, tuple[Resource, ...]] = {}
        self._open: set[str] = set()
        self._patches = PatchFiles(parse)
        self._transformers = Transformers(parse, remark)
        self.files: set[str] = set()
        """Every manifest that some kustomization took in."""

    def resolve(self, root: Kustomization) -> tuple[Resource, ...]:
        """What `kustomize build` would print of the kinds known here. Raises Exhausted."""
        self._open.clear()
        knows_extensions = any(each.node["configurations"] for each in self._by_folder.values())
        return tuple(follow_names(self._accumulate(root), knows_extensions=knows_extensions))

    def _accumulate(self, each: Kustomization) -> tuple[Resource, ...]:
        known = self._resolved.get(each.path)
        if known is None:
            known = self._resolved[each.path] = tuple(self._build(each, []))
        return known

    def _build(self, each: Kustomization, before: Sequence[Resource]) -> list[Resource]:
        """The objects that a kustomization yields, or makes of those that a component is given."""
        self._open.add(each.path)
        for unread in each.unread:
            reason = f"kustomization uses {unread.field}, which is not resolved: what it does is not known"
            self._remark(each.path, reason, unread.line)
        resources = list(before)
        for name in each.resources:
            resources += self._taken_in(each, name)
        for generator in each.generators:
            resources = generate(each.path, generator, resources, self._read)
        for name in each.components:
            component = self._by_folder.get(name)
            if component is None:
                resources = [resource.in_doubt() for resource in resources]
            elif self._may_open(each, component):
                resources = self._build(component, resources)
        self._budget.spend(len(resources) + STEPS_OF_ONE)
        resources = self._transformed(each, resources)
        self._open.discard(each.path)
        return resources

    def _may_open(self, each: Kustomization, inner: Kustomization) -> bool:
        """Guards against circles, which `remark_circles` tells, and against going too deep."""
        if inner.path in self._open:
            return False
        if len(self._open) < MAX_DEPTH:
            return True
        reason = f"kustomizations go more than {MAX_DEPTH} deep: {inner.directory} is left out here"
        self._remark(each.path, reason, each.line_of(inner.directory))
        return False

    def _taken_in(self, each: Kustomization, name: str) -> Sequence[Resource]:
        inner = self._by_folder.get(name)
        if inner is not None:
            return self._accumulate(inner) if self._may_open(each, inner) else ()
        documents = self._parse(name)
        if documents is None:
            reason = f"takes in {name}, which is not among the files that are read"
            self._remark(each.path, reason, each.line_of(name))
            return ()
        self.files.add(name)
        found = [Resource(name, kind, group, node) for kind, group, node in find_objects(documents)]
        self._budget.spend(len(found) + 1)
        return found

    def _transformed(self, each: Kustomization, resources: list[Resource]) -> list[Resource]:
        resources = self._patched(each, each.strategic_patches, resources)
        resources = [_named(each, resource) for resource in resources]
        resources = self._patched(each, each.json_patches, resources)
        counts = {item["name"].text: item["count"] for item in each.node["replicas"] if item["count"]}
        images = ImageOverrides(each.node["images"], self._budget.spend)
        resources = [images.set_images(set_replicas(resource, counts)) for resource in resources]
        replaced = self._replacements(each)
        resources = [blank(resource, replaced) for resource in resources]
        is_known = self._transformers.are_harmless(each) and not each.has_remote_components
        return resources if is_known else [resource.in_doubt() for resource in resources]

    def _patched(
        self, each: Kustomization, patches: Iterable[Patch], resources: list[Resource]
    ) -> list[Resource]:
        for patch in patches:
            documents = self._patches.read(patch)
            if documents is None:
                self._remark(each.path, "takes in a patch that cannot be read", patch.at.line)
                resources = doubt(resources, patch.target)
            for document in documents or ():
                resources = apply_patch(
                    resources, document, patch, self._budget.spend, merges_lists=each.knows_schemas
                )
        return resources

    def _replacements(self, each: Kustomization) -> list[Node]:
        """The replacements, those in files of their own among them."""
        found: list[Node] = []
        for item in each.node["replacements"]:
            place = resolve_path(each.path, item["path"].text) if item["path"] else None
            documents = self._parse(place) if place else None
            found += [entry for document in documents or () for entry in (tuple(document) or (document,))]
            if not item["path"]:
                found.append(item)
        return found


def _named(each: Kustomization, resource: Resource) -> Resource:
    node = each.node
    if node["namespace"]:
        resource = set_namespace(resource, node["namespace"])
    if node["namePrefix"] or node["nameSuffix"]:
        resource = add_affixes(resource, node["namePrefix"], node["nameSuffix"])
    for labels in each.labels:
        resource = set_labels(resource, labels)
    return set_annotations(resource, node["commonAnnotations"]) if node["commonAnnotations"] else resource
