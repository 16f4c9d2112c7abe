"""Build arguments that CI gives to an image build, whatever default the Dockerfile has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from analyzers.model.pipeline import Job
from analyzers.selection import is_dockerfile
from analyzers.sources import Sources

_VARIABLE = re.compile(r"\$\{?([A-Za-z_]\w{0,100})")


def may_be_given(written: str, jobs: Iterable[Job]) -> bool:
    """Whether a job hands a value to a variable in the text: `GO_VERSION=…` among its words or inputs."""
    names = {f"{name}=" for name in _VARIABLE.findall(written)}
    return bool(names) and any(name in text for job in jobs for text in _texts(job) for name in names)


def is_named_elsewhere(written: str, sources: Sources) -> bool:
    """A variable in the text is named in a file that is no Dockerfile, such as a script that may set it."""
    contents = (sources.content(path) or b"" for path in sources.paths if not is_dockerfile(path))
    names = [name.encode() for name in _VARIABLE.findall(written)]
    return any(
        name in content and re.search(rb"\b%s\b" % name, content) for content in contents for name in names
    )


def _texts(job: Job) -> Iterator[str]:
    for step in job.steps:
        yield from step.written.values()
        for command in step.commands:
            yield from command.words
