from __future__ import annotations

import re
from collections.abc import Iterator

from analyzers.model.repository import Repository
from analyzers.model.secrets.written_texts import secret_at
from analyzers.parsers.connection_string import find_credentials
from analyzers.rule import Problem, rule

_ALONE = re.compile(r"://(?P<secret>(?=[\w-]*\d)[\w-]{16,})@(?P<host>[\w.-]+)")
"""A token without a user's name: long, and with digits in it."""


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for setting in repository.go_settings:
        found = _find(setting.value) if setting.name == "GOPROXY" else None
        if found:
            secret, host = found
            yield Problem(
                setting.at,
                values={"where": setting.where, "host": host},
                evidence=f"{setting.where} {host}",
                secret=secret_at(repository, setting.at, secret),
            )


def _find(servers: str) -> tuple[str, str] | None:
    """The secret and the host it is for."""
    if credentials := find_credentials(servers):
        return credentials.password, credentials.host
    token = _ALONE.search(servers)
    return (token["secret"], token["host"]) if token else None
