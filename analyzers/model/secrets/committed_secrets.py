"""Kubernetes Secrets whose content can be read in the repository."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzers.finding import Location
from analyzers.model.fact import Fact
from analyzers.model.repository import Repository
from analyzers.model.secrets.fixtures import is_for_tests
from analyzers.model.secrets.ownership import holds_token
from analyzers.model.workload import Settings
from analyzers.parsers.connection_string import find_credentials
from analyzers.parsers.light import light_value
from analyzers.parsers.position import Span
from analyzers.parsers.secret_value import Clearness, asks_for_secret, clearness_of, is_decided_elsewhere

_EXAMPLE = re.compile(r"example|sample|template|dummy|fake|placeholder", re.I)


@light_value
class CommittedSecret:
    """`keys` are those with something secret in them, `at` the first one's value, `content` all of them."""

    settings: Settings
    keys: tuple[str, ...]
    at: Location
    content: Location
    is_well_known: bool


def find_committed_secrets(repository: Repository) -> Iterator[CommittedSecret]:
    """Secrets with plain values; not those that are examples, encrypted, or filled by somebody else."""
    for manifests in repository.manifests:
        for settings in manifests.settings:
            name = settings.path.rpartition("/")[2]
            is_example = any(map(_EXAMPLE.search, (settings.name, name)))
            if settings.kind != "Secret" or is_example:
                continue
            if not is_for_tests(settings.path, repository.text(settings.path) or ""):
                yield from _judge(repository, settings)


def _judge(repository: Repository, settings: Settings) -> Iterator[CommittedSecret]:
    judged = [
        (key, fact, clearness)
        for key, fact in settings.data.items()
        if (clearness := _clearness(repository, settings.name, key, fact))
    ]
    if judged:
        places = sorted(fact.at for _, fact, _ in judged)
        first = next(fact.at for _, fact, _ in judged if fact.at == places[0])
        yield CommittedSecret(
            settings,
            tuple(key for key, _, _ in sorted(judged, key=lambda entry: entry[1].at)),
            first,
            _through(places, first),
            all(clearness == "well-known" for _, _, clearness in judged),
        )


def _clearness(repository: Repository, owner: str, key: str, fact: Fact[str]) -> Clearness:
    value = fact.value or ""
    if is_decided_elsewhere(value) or holds_token(repository.text_at(fact.at)):
        return ""
    found = find_credentials(value)
    if found is not None:
        return "well-known" if found.is_well_known else "secret"
    if value.lower() in re.split(r"[-_.]", owner.lower()):
        return "well-known" if asks_for_secret(key) else ""
    return "secret" if holds_token(value) else clearness_of(key, value)


def _through(places: list[Location], first: Location) -> Location:
    """From the first to the last, where they are in one file."""
    last = [place for place in places if place.path == first.path][-1]
    span = first.span
    return Location(first.path, Span(span.line, span.column, last.span.end_line, last.span.end_column))
