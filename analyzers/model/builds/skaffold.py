"""Builds of a skaffold.yaml.

Syntax: https://skaffold.dev/docs/references/yaml/
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from analyzers.finding import Location
from analyzers.model.build import Build
from analyzers.model.builds.interpolation import UNKNOWN, known
from analyzers.model.builds.places import inside, repositories_of, short_names_of
from analyzers.model.builds.purposes import is_aside
from analyzers.model.fact import Fact
from analyzers.model.yaml_facts import place
from analyzers.parsers.placeholder import is_known
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_scalar import as_str

MOST_ARTIFACTS = 1_000
_FILE = re.compile(r"skaffold[^/]*\.ya?ml")
_OTHER_BUILDERS = ("bazel", "buildpacks", "custom", "jib", "ko")


def is_skaffold(path: str) -> bool:
    return bool(_FILE.fullmatch(posixpath.basename(path)))


def read_skaffold_builds(path: str, documents: Sequence[Node], tree: Collection[str]) -> Iterator[Build]:
    """The builds of the file's configurations, those of its profiles included."""
    yield from islice(_of_documents(path, documents, tree), MOST_ARTIFACTS)


def _of_documents(path: str, documents: Sequence[Node], tree: Collection[str]) -> Iterator[Build]:
    for root in documents:
        if root["apiVersion"].text.startswith("skaffold/"):
            yield from _artifacts(path, root["build"]["artifacts"], tree, "")
            for profile in root["profiles"]:
                yield from _artifacts(path, profile["build"]["artifacts"], tree, profile["name"].text)


def _artifacts(path: str, artifacts: Node, tree: Collection[str], profile: str) -> Iterator[Build]:
    for artifact in artifacts:
        if artifact["image"]:
            yield _build(path, artifact, tree, profile)


def _build(path: str, artifact: Node, tree: Collection[str], profile: str) -> Build:
    folder = posixpath.dirname(path)
    docker = artifact["docker"] or artifact["kaniko"]
    context = inside(folder, _text(artifact["context"]) or ".")
    is_docker = not any(artifact[builder] for builder in _OTHER_BUILDERS)
    target = known(_text(docker["target"]))
    at = place(path, artifact)
    return Build(
        at=at,
        by="skaffold",
        dockerfile=_dockerfile(folder, context, docker, tree) if is_docker else None,
        context=context,
        target=target,
        names=repositories_of((_text(artifact["image"]),)),
        short_names=short_names_of((_text(artifact["image"]),)),
        args={name: _argument(entry.value.target, at) for name, entry in docker["buildArgs"].items()},
        ships=not is_aside(profile) and not is_aside(target or ""),
    )


def _dockerfile(folder: str, context: str | None, docker: Node, tree: Collection[str]) -> str | None:
    """In the context, or else beside the skaffold.yaml."""
    name = _text(docker["dockerfile"]) or "Dockerfile"
    in_context, beside = inside(context, name), inside(folder, name)
    is_beside = context is not None and in_context not in tree and beside in tree
    return beside if is_beside else in_context


def _argument(value: Node, at: Location) -> Fact[str]:
    text = _text(value)
    return Fact(None if UNKNOWN in text else text, at)


def _text(node: Node) -> str:
    """A scalar, UNKNOWN where a template decides it."""
    text = as_str(node) or ""
    return text if is_known(text) else UNKNOWN
