"""Images read from Dockerfiles, for tests."""

from __future__ import annotations

from analyzers.model.image import Image, Stage
from analyzers.model.images.dockerfile_reader import read_image
from analyzers.parsers.dockerfile import parse_dockerfile


def image(text: str) -> Image:
    return read_image("app/Dockerfile", parse_dockerfile(text), ())


def final(text: str) -> Stage:
    return image(text).final


def words(stage: Stage) -> list[tuple[str, ...]]:
    return [command.words for run in stage.runs for command in run.commands]
