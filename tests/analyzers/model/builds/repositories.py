"""Builds of small repositories, in the words the tests compare."""

from __future__ import annotations

from collections.abc import Mapping

from analyzers.model.build import Build
from tests.analyzers.model.repositories import repository


def builds_of(files: Mapping[str, str]) -> tuple[Build, ...]:
    return repository(files).builds


def told(build: Build) -> tuple[str | None, str | None, str | None, tuple[str, ...]]:
    """Dockerfile, context, target and names."""
    return build.dockerfile, build.context, build.target, build.names
