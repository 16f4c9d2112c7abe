"""What builds are for, as their names and outputs tell."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analyzers.model.builds.interpolation import UNKNOWN

_ASIDE = re.compile(
    r"(?:^|[._/-])(?:bench(?:marks?)?|ci|coverage|cover|debug|debugger|deps?|dependencies|dev|devel|development|dlv"
    r"|e2e|fmt|format|generate|hot-?reload|integration|lint(?:er)?|local|mod(?:ule)?s|mocks?|proto|source|src"
    r"|tests?|testing|tools?|unit|validate|vendor|verify|watch)(?:[._-]|$)",
    re.I,
)
_ASIDE_FILE = re.compile(
    r"(?:^|[._/-])(?:dev|devel|development|e2e|examples?|kind|local|samples?|tests?|testing)(?:[._/-]|$)",
    re.I,
)
_IMAGE_OUTPUTS = frozenset({"docker", "image", "oci", "registry"})


def is_aside(target: str) -> bool:
    """A stage or target whose name says that it serves developers, tests or other stages."""
    return bool(_ASIDE.search(target))


def is_aside_file(path: str) -> bool:
    """A file whose place or name says that its builds serve developers or tests."""
    return path.startswith(".devcontainer/") or bool(_ASIDE_FILE.search(path))


def makes_image(outputs: Iterable[str]) -> bool:
    """One of the outputs is an image; none at all is one by default. An unknown one says nothing."""
    outputs = tuple(outputs)
    return not outputs or any(_makes_image(output) for output in outputs)


def _makes_image(output: str) -> bool:
    if UNKNOWN in output:
        return False
    options = [option.strip() for option in output.split(",")]
    kinds = [option.removeprefix("type=") for option in options if option.startswith("type=")]
    return bool(kinds) and kinds[0] in _IMAGE_OUTPUTS
