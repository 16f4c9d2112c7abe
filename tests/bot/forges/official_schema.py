"""GitHub's own GraphQL schema, as `@octokit/graphql-schema` has it, fetched once where there is npm."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
from functools import cache
from pathlib import Path

import graphql
import pytest

_FOLDER = Path(__file__).resolve().parents[3] / "var" / "contracts"
_FILE = _FOLDER / "node_modules" / "@octokit" / "graphql-schema" / "schema.graphql"
_PATIENCE = 60.0


@cache
def official_schema() -> graphql.GraphQLSchema:
    """Skips the test where the schema is not to be had."""
    if not _FILE.is_file():
        _fetch()
    return graphql.build_schema(_FILE.read_text(encoding="utf-8"), assume_valid=True)


def _fetch() -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("GitHub's GraphQL schema is fetched with npm, which is not installed")
    _FOLDER.mkdir(parents=True, exist_ok=True)
    with (_FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _FILE.is_file():
            _install(npm)
    if not _FILE.is_file():
        pytest.skip("GitHub's GraphQL schema could not be fetched with npm")


def _install(npm: str) -> None:
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--silent")
    command = [npm, "install", *quiet, "--prefix", str(_FOLDER), "@octokit/graphql-schema@15"]
    try:
        subprocess.run(command, check=False, timeout=_PATIENCE, capture_output=True)
    except subprocess.TimeoutExpired:
        pytest.skip("GitHub's GraphQL schema was not to be had within a minute")
