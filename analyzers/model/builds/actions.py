"""Builds that GitHub actions are asked for.

Inputs: https://github.com/docker/build-push-action#inputs, taken over by the others named here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from analyzers.model.pipeline import Step
from analyzers.parsers.light import light_value

_BUILDING = frozenset(
    {
        "docker/build-push-action",
        "depot/build-push-action",
        "int128/kaniko-action",
        "useblacksmith/build-push-action",
    }
)
_DEFAULT_CONTEXT = re.compile(r"\{\{\s?defaultContext\s?\}\}:?")
_OUTPUT_NAME = re.compile(r"(?:^|,)\"?name=([^,\"\s]+)")


@light_value
class AskedAction:
    """The inputs as written, nothing resolved."""

    context: str
    file: str
    target: str
    tags: tuple[str, ...]
    args: tuple[str, ...]
    outputs: tuple[str, ...]
    is_from_root: bool
    """The file is looked for in the context, not in the working directory."""


def read_build_action(step: Step, steps: Sequence[Step]) -> AskedAction | None:
    """What a step asks to build; None where it is no such action. `steps` are all of its job."""
    if step.uses not in _BUILDING:
        return None
    written = step.written
    context, is_default = _DEFAULT_CONTEXT.subn("", written.get("context", ""))
    tags = (*items(written.get("tags", "")), *_OUTPUT_NAME.findall(written.get("outputs", "")))
    return AskedAction(
        context=context or ".",
        file=written.get("file", ""),
        target=written.get("target", ""),
        tags=_with_computed(tags, steps),
        outputs=tuple(line.strip() for line in written.get("outputs", "").splitlines() if line.strip()),
        args=tuple(line.strip() for line in written.get("build-args", "").splitlines() if line.strip()),
        is_from_root=bool(is_default) or not written.get("context"),
    )


def computed_images(steps: Sequence[Step]) -> tuple[str, ...]:
    """The images that docker/metadata-action computes tags for, where the job has one such step."""
    computing = [step for step in steps if step.uses == "docker/metadata-action"]
    return items(computing[0].written.get("images", "")) if len(computing) == 1 else ()


def items(text: str) -> tuple[str, ...]:
    """One a line or separated by commas. `name=` may stand before an image's name."""
    found = (item.strip() for line in text.splitlines() for item in line.split(","))
    return tuple(item.removeprefix("name=") for item in found if item)


def _with_computed(tags: Iterable[str], steps: Sequence[Step]) -> tuple[str, ...]:
    """Tags that another step computes are those of its images."""
    found = tuple(tags)
    return (*found, *computed_images(steps)) if any(".outputs." in tag for tag in found) else found
