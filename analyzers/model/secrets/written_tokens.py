"""Tokens of providers, wherever in a repository they are written out."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from analyzers.finding import Location
from analyzers.model.repository import Repository
from analyzers.model.scope import is_deployed
from analyzers.model.secrets.fixtures import is_fixture
from analyzers.parsers.certificate import names_in
from analyzers.parsers.light import light_value
from analyzers.parsers.position import LineIndex
from analyzers.parsers.provider_token import PRIVATE_KEY, find_tokens, may_hold_token


@light_value
class WrittenToken:
    """`kind` in words: `a GitHub token`."""

    kind: str
    at: Location


def find_written_tokens(repository: Repository) -> Iterator[WrittenToken]:
    """Those in every file that is read, comments included; not in what serves tests or as an example."""
    sources = repository.sources
    for path in repository.paths:
        # What both trees of a review hold is looked through once.
        if is_deployed(path) and not is_fixture(path) and sources.parse_bytes(path, may_hold_token):
            text = repository.text(path) or ""
            tokens = tuple(find_tokens(text))
            index = LineIndex(text if tokens else "")
            for token in tokens:
                if token.kind == PRIVATE_KEY and _serves_one_machine(repository, path):
                    continue
                yield WrittenToken(token.kind, Location(path, index.span(token.start, token.end)))


def _serves_one_machine(repository: Repository, path: str) -> bool:
    """Every certificate beside a key is for `localhost` alone: developers and tests use such keys."""
    folder = posixpath.dirname(path)
    beside = (each for each in repository.paths if posixpath.dirname(each) == folder)
    texts = (repository.text(each) or "" for each in beside if each.endswith((".pem", ".key", ".crt")))
    names = [found for text in texts for found in names_in(text)]
    return bool(names) and all(found == {"localhost"} for found in names)
