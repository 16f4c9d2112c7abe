"""Copies of a whole build context, and what goes along that no build needs.

https://docs.docker.com/build/concepts/context/
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator

from analyzers.model.image import Copy, Image
from analyzers.model.images.final_stages import shipping
from analyzers.model.modules.builds import lineage

_WHOLE = frozenset({".", "/", "*"})
_GIT = re.compile(r"(?<![\w/.-])git(?:\s|$)|\.git\b")
"""The command or the folder: not `.github`, not a host's name."""
_OTHER_HOSTS = re.compile(r"\bgit\s+config\s+--(?:global|system)\s+(?:--add\s+)?[\"']?url\.")
"""Where git fetches from, which says nothing about this repository."""
_HIDDEN_BUILDERS = frozenset({"make", "task", "mage", "just", "goreleaser", "bazel"})


def whole_copies(image: Image) -> Iterator[Copy]:
    """Each COPY or ADD of all that the context holds, the last stage's first."""
    ending = [stage.index for stage in lineage(image.final)]
    stages = sorted(image.used_stages, key=lambda stage: stage.index not in ending)
    for stage in stages:
        for copy in stage.copies:
            if not copy.from_ and any(posixpath.normpath(source) in _WHOLE for source in copy.sources):
                yield copy


def ends_in(image: Image, copy: Copy) -> bool:
    """The COPY stands in the last stage, or in one that it starts from: its layer ships."""
    return any(copy in stage.copies for stage in lineage(image.final))


def takes_git_along(image: Image, read: Callable[[str], str | None]) -> bool:
    """`.git` lies in the context and is sent, and no command of the build seems to ask for it.

    A builder that fetches the commit itself sends none. `read` gives the text of a file of the repository.
    """
    makers = shipping(image.builds) or image.builds
    if image.context or (makers and all(build.is_from_git or build.context is None for build in makers)):
        return False
    names = {command.name for stage in image.used_stages for run in stage.runs for command in run.commands}
    if names & (_HIDDEN_BUILDERS - {"make"}) or _GIT.search(_OTHER_HOSTS.sub("", image.text)):
        return False
    makefiles = ("Makefile", "makefile", "GNUmakefile") if "make" in names else ()
    return not any(_GIT.search(read(path) or "") for path in makefiles) and not _runs_script(image)


def _runs_script(image: Image) -> bool:
    """A script of the repository may ask git."""
    commands = (command for stage in image.used_stages for run in stage.runs for command in run.commands)
    return any(word.endswith((".sh", ".bash")) for command in commands for word in command.words[:2])
