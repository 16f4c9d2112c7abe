"""A release configuration: binaries that are built outside of Dockerfiles, and the images they are put into.

Filled by `reading/releases.py` from `.goreleaser.yaml`: https://goreleaser.com/customization/
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

from analyzers.finding import Location
from analyzers.model.builds.interpolation import UNKNOWN
from analyzers.model.builds.places import inside
from analyzers.model.yaml_facts import place
from analyzers.parsers.light import light_record, light_value
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_scalar import as_str, as_words

_FILE = re.compile(r"\.?goreleaser[^/]*\.ya?ml")
_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}")


@light_value
class ReleasedBinary:
    """`directory` of the main package, None where a template decides it; `name` of the file, with UNKNOWN
    for what templates decide."""

    id: str
    at: Location
    directory: str | None
    name: str


@light_value
class ReleasedImage:
    """`ids` are the binaries it is given; none means all. `names` have UNKNOWN for what templates decide."""

    at: Location
    dockerfile: str | None
    ids: tuple[str, ...]
    names: tuple[str, ...]


@light_record
class Release:
    path: str
    binaries: tuple[ReleasedBinary, ...]
    images: tuple[ReleasedImage, ...]

    def given_to(self, image: ReleasedImage) -> tuple[ReleasedBinary, ...]:
        """The binaries that lie in the image's build context."""
        return tuple(binary for binary in self.binaries if not image.ids or binary.id in image.ids)


def is_release(path: str) -> bool:
    return bool(_FILE.fullmatch(posixpath.basename(path)))


def read_release(path: str, documents: Sequence[Node]) -> Release | None:
    """The release that a file describes; paths in it are seen from its folder."""
    if not documents:
        return None
    root, folder = documents[0], posixpath.dirname(path)
    project = _text(root["project_name"])
    builds = list(root["builds"]) or [root["build"]]
    binaries = tuple(_binary(path, folder, build, project) for build in builds)
    return Release(path, binaries, tuple(_images(path, folder, root)))


def _binary(path: str, folder: str, build: Node, project: str) -> ReleasedBinary:
    base = inside(folder, _text(build["dir"]) or ".")
    main = _text(build["main"]) or "."
    directory = inside(base, posixpath.dirname(main) or "." if main.endswith(".go") else main)
    name = _text(build["binary"]) or project
    return ReleasedBinary(_text(build["id"]) or project, place(path, build), directory, name)


def _images(path: str, folder: str, root: Node) -> Iterator[ReleasedImage]:
    for key, names in (("dockers", "image_templates"), ("dockers_v2", "images")):
        for docker in root[key]:
            yield ReleasedImage(
                at=place(path, docker),
                dockerfile=inside(folder, _text(docker["dockerfile"]) or "Dockerfile"),
                ids=as_words(docker["ids"]) or (),
                names=tuple(_TEMPLATE.sub(UNKNOWN, name) for name in as_words(docker[names]) or ()),
            )


def _text(node: Node) -> str:
    return _TEMPLATE.sub(UNKNOWN, as_str(node) or "")
