"""The instructions of an image that only a shell can carry out."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from itertools import islice

from analyzers.finding import Location
from analyzers.model.command_reader import is_shell
from analyzers.model.image import Entry, Image, Run, Stage
from analyzers.model.images.plain_commands import plain_words
from analyzers.model.script import Script
from analyzers.model.scripts.starting import script_of_image
from analyzers.parsers.light import light_value

_SHELL = "/bin/sh"
_PLACES = ("", "/bin", "/usr/bin")


@light_value
class ShellNeed:
    """`entry` is None for a RUN. `program` is the shell or the script that is started by name; `words` do
    without a shell, where the command is a single one."""

    image: Image
    stage: Stage
    at: Location
    entry: Entry | None = None
    program: str = ""
    words: tuple[str, ...] = ()


def shell_needs(image: Image, scripts: Mapping[str, Script]) -> Iterator[ShellNeed]:
    """The first RUN in text form of each stage, and what its containers start through a shell."""
    for stage in image.used_stages:
        runs = (run for run in stage.runs if run.shell == _SHELL and not _brings_its_own(run))
        yield from (ShellNeed(image, stage, run.at) for run in islice(runs, 1))
    final = image.final
    for entry in (final.entrypoint or final.cmd, final.healthcheck):
        if entry is not None and not (entry.shell_form and entry.text.startswith("[")):
            yield from _of_entry(image, entry, scripts)


def _of_entry(image: Image, entry: Entry, scripts: Mapping[str, Script]) -> Iterator[ShellNeed]:
    final = image.final
    if entry.shell_form:
        if final.shell[0] == _SHELL:
            yield ShellNeed(image, final, entry.at, entry, words=plain_words(entry))
    elif is_shell(entry.words[0]):
        if posixpath.dirname(entry.words[0]) in _PLACES:
            yield ShellNeed(image, final, entry.at, entry, entry.words[0])
    elif entry is not final.healthcheck:
        script = script_of_image(image, scripts)
        if script and script.path != image.path and script.shell in ("sh", "bash"):
            yield ShellNeed(image, final, entry.at, entry, script.path)


def _brings_its_own(run: Run) -> bool:
    """A mount that may hold a shell."""
    return any(mount.get("target", "").strip("/").split("/")[0] in ("", "bin") for mount in run.mounts)
