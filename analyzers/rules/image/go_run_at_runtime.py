from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Location, Related
from analyzers.fixes.dockerfile import keyword_at
from analyzers.model.builds.purposes import is_aside
from analyzers.model.image import Image
from analyzers.model.repository import Repository
from analyzers.model.scripts.starting import script_of_image
from analyzers.model.services.starting import started_words
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for image in repository.images:
        entry = image.final.entrypoint or image.final.cmd
        if entry is None or is_aside(image.final.name):
            continue
        at = _compiled_by(image, repository)
        if at is not None:
            is_here = at.path == image.path
            keyword = keyword_at(image, entry.at)
            yield Problem(
                entry.at,
                values={"keyword": keyword, "partner": at},
                related=() if is_here else (Related(at, "compiles and starts it"),),
                evidence=f"{keyword} go run",
                case="" if is_here else "script",
            )


def _compiled_by(image: Image, repository: Repository) -> Location | None:
    """The `go run` that a container of the image comes to."""
    script = script_of_image(image, repository.scripts)
    last = [(command.words, command.at) for command in script.last] if script else []
    entry = image.final.cmd or image.final.entrypoint
    started = [(started_words(image.final), entry.at)] if entry else []
    return next((at for words, at in (*started, *last) if words[:2] == ("go", "run")), None)
