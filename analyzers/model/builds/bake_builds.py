"""Builds that bake files ask for."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from analyzers.model.build import Build
from analyzers.model.builds.bake_requests import COMPUTED_TARGET, BakeRequest
from analyzers.model.builds.bake_targets import Bake, BakeTarget
from analyzers.model.builds.bake_values import texts
from analyzers.model.builds.interpolation import UNKNOWN, known
from analyzers.model.builds.places import inside, repositories_of, short_names_of
from analyzers.model.builds.purposes import is_aside, makes_image
from analyzers.model.fact import Fact
from analyzers.model.remark import Remark, unheard
from analyzers.parsers.bake import BakeFile

_FOUND = ("docker-bake.json", "docker-bake.hcl", "docker-bake.override.json", "docker-bake.override.hcl")
"""What bake looks for by itself, the later on top of the earlier."""


def read_bake_builds(
    files: Mapping[str, BakeFile],
    requests: Sequence[BakeRequest],
    tree: Collection[str],
    remark: Remark = unheard,
) -> Iterator[Build]:
    """The builds of bake files, those together that are read together."""
    for paths in _together(files, requests):
        asking = [each for each in requests if _asks(each, paths)]
        bake = Bake({path: files[path] for path in paths}, remark)
        yield from _Reading(bake, paths, asking, tree).builds()


def _together(files: Mapping[str, BakeFile], requests: Iterable[BakeRequest]) -> list[tuple[str, ...]]:
    """Groups of files: as a request names them, or as bake finds them in a folder; else each by itself."""
    groups = [tuple(path for path in request.files if path in files) for request in requests]
    folders = dict.fromkeys(posixpath.dirname(path) for path in files)
    groups += [
        tuple(path for name in _FOUND if (path := posixpath.join(folder, name)) in files)
        for folder in folders
    ]
    used = {path for group in groups for path in group}
    groups += [(path,) for path in files if path not in used]
    return list(dict.fromkeys(group for group in groups if group))


def _asks(request: BakeRequest, paths: tuple[str, ...]) -> bool:
    if request.files:
        return any(path in paths for path in request.files)
    return any(posixpath.dirname(path) == request.folder for path in paths)


class _Reading:
    """One group of bake files with the requests for it."""

    def __init__(
        self, bake: Bake, paths: tuple[str, ...], requests: Sequence[BakeRequest], tree: Collection[str]
    ) -> None:
        self._bake = bake
        self._tree = tree
        self._folders = tuple(
            dict.fromkeys((*(each.folder for each in requests), posixpath.dirname(paths[0]), ""))
        )
        asked = [target for each in requests for target in each.targets]
        self._asked = bake.members(("default", *asked))
        self._images = tuple(dict.fromkeys(image for each in requests for image in each.images))

    def builds(self) -> Iterator[Build]:
        targets = list(self._bake.targets())
        inherited = frozenset[str]().union(*(target.ancestors for target in targets))
        for target in targets:
            if target.name != COMPUTED_TARGET and not self._is_abstract(target, inherited):
                yield self._build(target)

    def _is_abstract(self, target: BakeTarget, inherited: Collection[str]) -> bool:
        """It is there to be inherited from alone."""
        is_parent = target.name.startswith("_") or (target.name in inherited and "tags" not in target.values)
        return is_parent and not self._is_asked(target)

    def _is_asked(self, target: BakeTarget) -> bool:
        return target.name in self._asked or bool(target.matrix_of and target.matrix_of in self._asked)

    def _build(self, target: BakeTarget) -> Build:
        context, dockerfile = self._places(target)
        tags = texts(target.values.get("tags"))
        if COMPUTED_TARGET in target.ancestors and not repositories_of(tags):
            tags = self._images
        stage = known(target.text("target") or "")
        return Build(
            at=target.at,
            by="bake",
            dockerfile=dockerfile,
            context=context,
            target=stage,
            names=repositories_of(tags),
            short_names=short_names_of(tags),
            args=_arguments(target),
            ships=(self._is_asked(target) or bool(tags))
            and makes_image(texts(target.values.get("output")))
            and not is_aside(target.name)
            and not is_aside(stage or ""),
        )

    def _places(self, target: BakeTarget) -> tuple[str | None, str | None]:
        """Context and Dockerfile, seen from the first folder where the Dockerfile is."""
        context = target.text("context")
        written = "." if context is None else context
        file = target.text("dockerfile") or "Dockerfile"
        found = [(folder, inside(folder, written)) for folder in self._folders]
        places = [(place, inside(place, file)) for _, place in found]
        if target.values.get("dockerfile-inline"):
            return places[0][0], None
        return next((pair for pair in places if pair[1] in self._tree), places[0])


def _arguments(target: BakeTarget) -> Mapping[str, Fact[str]]:
    args = target.values.get("args")
    if not isinstance(args, Mapping):
        return {}
    return {
        name: Fact(value if isinstance(value, str) and UNKNOWN not in value else None, target.at)
        for name, value in args.items()
        if value is not None
    }
