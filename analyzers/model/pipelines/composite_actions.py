"""Actions of the repository that are made of steps.

https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax
"""

from __future__ import annotations

import posixpath
from typing import Literal

from analyzers.model.fact import Fact
from analyzers.model.pipelines.repository_files import RepositoryFiles
from analyzers.model.yaml_facts import place
from analyzers.parsers.light import light_record
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_scalar import as_number_text

_NAMES = ("action.yml", "action.yaml")


@light_record
class Action:
    """The metadata file of an action."""

    path: str
    node: Node

    @property
    def is_composite(self) -> bool:
        return self.node.at("runs", "using").text == "composite"

    def written_inputs(self, given: Node, path: str) -> dict[str, Fact[str]]:
        """Each input as `inputs.name`, with the text it is given, expressions and all, or its default.

        `path` is the file of the step that gives them.
        """
        inputs: dict[str, Fact[str]] = {}
        for name, entry in self.node["inputs"].items():
            default = entry.value.target["default"]
            inputs[f"inputs.{name}"] = Fact(
                as_number_text(default) if default else "", place(self.path, default)
            )
        for name, entry in given.items():
            value = entry.value.target
            inputs[f"inputs.{name}"] = Fact(as_number_text(value), place(path, value))
        return inputs


def is_local(uses: str) -> bool:
    return uses.startswith("./")


def find_action(uses: str, files: RepositoryFiles) -> Action | Literal["missing"] | None:
    """The action of the repository that a step uses; None where it is one from elsewhere."""
    if not is_local(uses):
        return None
    folder = posixpath.normpath(uses)
    for name in _NAMES:
        path = posixpath.join("" if folder == "." else folder, name)
        documents = files.documents.get(path)
        if documents:
            return Action(path, documents[0])
    return "missing"
