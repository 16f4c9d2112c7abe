"""Builds that the recipes of a Makefile ask for."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from dataclasses import replace

from analyzers.model.build import Build
from analyzers.model.builds.makefile_commands import recipe_commands
from analyzers.model.builds.script_builds import builds_in_tree
from analyzers.parsers.makefile import Makefile

_BUILDS = re.compile(
    r"(?:docker|podman|buildah|nerdctl|\bimg)\b.{0,200}?\b(?:build|bud|b)\b|\b(?:executor|kaniko)\b", re.S
)


def read_makefile_builds(path: str, makefile: Makefile, tree: Collection[str]) -> list[Build]:
    """The builds whose Dockerfile is in the repository, seen from the Makefile's folder or from the root."""
    recipes = list(recipe_commands(path, makefile, _BUILDS))
    for folder in dict.fromkeys((posixpath.dirname(path), "")):
        found = [
            replace(build, at=replace(build.at, span=recipe.span(0, len(recipe.text))))
            for recipe, commands in recipes
            for build in builds_in_tree(commands, (folder,), tree)
        ]
        if found:
            return found
    return []
