from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.repository import Repository
from analyzers.model.secrets.written_tokens import find_written_tokens
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for token in find_written_tokens(repository):
        yield Problem(token.at, values={"kind": token.kind}, evidence=token.kind, secret=token.at)
