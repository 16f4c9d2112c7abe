from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.repository import Repository
from analyzers.model.secrets.ownership import password_in
from analyzers.model.secrets.written_texts import (
    WrittenText,
    secret_at,
    texts_in_go,
    texts_in_images,
    texts_in_manifests,
    texts_in_pipelines,
)
from analyzers.parsers.connection_string import Credentials
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for text in (*texts_in_go(repository), *texts_in_manifests(repository)):
        if found := _password(text):
            yield _problem(repository, text, found)
    for text in texts_in_images(repository):
        found = _password(text)
        if found and found.password in repository.text_at(text.at):  # else it is an ARG that has it
            yield _problem(repository, text, found)
    for text in texts_in_pipelines(repository):
        found = _password(text)
        if found and "." in found.host:
            yield _problem(repository, text, found)


def _password(text: WrittenText) -> Credentials | None:
    """What a list of module proxies holds is told by `goproxy-credentials`."""
    return None if text.name == "GOPROXY" else password_in(text.text)


def _problem(repository: Repository, text: WrittenText, found: Credentials) -> Problem:
    return Problem(
        text.at,
        values={"place": text.place, "shown": found.shown},
        evidence=f"{text.place} {found.shown}",
        case="well-known" if found.is_well_known else "",
        secret=secret_at(repository, text.at, found.password),
    )
