"""`images` of a kustomization: new names, tags and digests for the images of containers.

Each entry sees what those before it have made. Names are regular expressions to kustomize.
https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from analyzers.model.manifests.kustomize.resource import Resource
from analyzers.model.manifests.kustomize.target import matches
from analyzers.model.manifests.workloads import TEMPLATES
from analyzers.model.yaml_facts import known_text
from analyzers.parsers.placeholder import PLACEHOLDER
from analyzers.parsers.yaml_edit import change, change_each, text_node, with_value
from analyzers.parsers.yaml_node import Node

MOST_STEPS_OF_ONE = 50
"""How often an image may be given another name in one kustomization."""
_PATTERN = re.compile(r"[*+?|()\[\]{}\\^$]")
Numbered = tuple[int, Node]


class ImageOverrides:
    """The entries of one kustomization, found by the name they ask for."""

    def __init__(self, items: Iterable[Node], spend: Callable[[int], None]) -> None:
        self._spend = spend
        self._named: dict[str, list[Numbered]] = defaultdict(list)
        self._patterns: list[Numbered] = []
        for number, item in enumerate(items):
            name = item["name"].text
            (self._patterns if _PATTERN.search(name) else self._named[name]).append((number, item))

    def set_images(self, resource: Resource) -> Resource:
        """The object with its images under new names, each at the place of what sets it."""
        node = resource.node
        if resource.kind in TEMPLATES and (self._named or self._patterns):
            for field in ("containers", "initContainers"):
                keys = (*TEMPLATES[resource.kind], "spec", field)
                node = change(node, keys, lambda items: change_each(items, self._set))
        return resource.under(node)

    def _set(self, container: Node) -> Node:
        image, number = container["image"], -1
        for _ in range(MOST_STEPS_OF_ONE):
            name, behind = split_image(image.text)
            found = self._next(name, number) if image else None
            if found is None:
                return container
            number, override = found
            is_meant = name == override["name"].text or matches(override["name"].text, name)
            image = _image(name, behind, override) if is_meant else text_node(PLACEHOLDER, override)
            container = with_value(container, "image", image)
        return with_value(container, "image", text_node(PLACEHOLDER, image))

    def _next(self, name: str, after: int) -> Numbered | None:
        """The first entry behind another that means a name, or may mean it."""
        self._spend(len(self._patterns))
        named = next((each for each in self._named.get(name, ()) if each[0] > after), None)
        candidates = (each for each in self._patterns if each[0] > after)
        fitting = next(
            (each for each in candidates if matches(each[1]["name"].text, name) is not False), None
        )
        found = [each for each in (named, fitting) if each]
        return min(found, key=lambda each: each[0], default=None)


def split_image(image: str) -> tuple[str, str]:
    """An image's name, and the `:tag` and `@digest` behind it."""
    name, at, digest = image.partition("@")
    slash = name.rfind("/")
    colon = name.find(":", slash + 1)
    return (name, f"{at}{digest}") if colon < 0 else (name[:colon], f"{name[colon:]}{at}{digest}")


def _image(name: str, behind: str, override: Node) -> Node:
    """A digest goes before a tag; a new tag drops the old digest."""
    new_name, tag, digest = override["newName"], override["newTag"], override["digest"]
    written = [part for part in (tag, digest, new_name) if part]
    if any(known_text(part) is None for part in written) or not written or override["tagSuffix"]:
        return text_node(PLACEHOLDER, override)
    if tag or digest:
        behind = (f":{tag.text}" if tag else "") + (f"@{digest.text}" if digest else "")
    return text_node(f"{new_name.text or name}{behind}", written[0])
