"""Tokens of providers, wherever in a repository they are written out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analyzers.finding import Location
from analyzers.model.repository import Repository
from analyzers.model.scope import is_deployed
from analyzers.parsers.position import LineIndex
from analyzers.parsers.provider_token import find_tokens, may_hold_token

_ASIDE_FILE = re.compile(r"(?:^|[._-])(?:test|tests|example|sample|template|fixture|mock)s?(?:[._-]|$)", re.I)


@dataclass(frozen=True, slots=True)
class WrittenToken:
    """`kind` in words: `a GitHub token`."""

    kind: str
    at: Location


def find_written_tokens(repository: Repository) -> Iterator[WrittenToken]:
    """Those in every file that is read, comments included; not in what serves tests or as an example."""
    for path in repository.paths:
        content = repository.sources.content(path)
        if content and _is_meant(path) and may_hold_token(content):
            text = repository.text(path) or ""
            index = LineIndex(text)
            for token in find_tokens(text):
                yield WrittenToken(token.kind, Location(path, index.span(token.start, token.end)))


def _is_meant(path: str) -> bool:
    """Packages such as `apitest` help tests, by a habit of Go."""
    *folders, name = path.lower().split("/")
    helps_tests = any(folder.endswith(("test", "tests", "testutil", "testutils")) for folder in folders)
    return is_deployed(path) and not helps_tests and not _ASIDE_FILE.search(name)
