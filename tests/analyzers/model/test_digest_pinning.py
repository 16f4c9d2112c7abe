from __future__ import annotations

from collections.abc import Mapping

import pytest

from analyzers.files import MemoryFiles
from analyzers.model.digest_pinning import find_keeper
from analyzers.selection import select
from analyzers.sources import Sources

DEPENDABOT = "version: 2\nupdates:\n  - package-ecosystem: {}\n    directory: /\n"


@pytest.mark.parametrize(
    ("files", "keeper"),
    [
        ({}, "none"),
        ({"renovate.json": '{"extends": ["config:recommended", ":semanticCommits"]}'}, "none"),
        ({"docs/renovate.json": '{"pinDigests": true}'}, "none"),
        ({"renovate.json": '{"pinDigests": false}'}, "none"),
        ({"renovate.json": '{"extends": ["config:best-practices"]}'}, "pinning"),
        ({".github/renovate.json5": "{extends: ['docker:pinDigests'], // all of them\n}"}, "pinning"),
        (
            {".renovaterc": '{"packageRules": [{"matchDatasources": ["docker"], "pinDigests": true}]}'},
            "pinning",
        ),
        ({"renovate.json": '{"extends": ["github>acme/renovate-config"]}'}, "unknown"),
        ({"renovate.json": '{"extends": ["config:base", "local>acme/presets:go"]}'}, "unknown"),
        ({".github/dependabot.yml": DEPENDABOT.format("gomod")}, "none"),
        ({".github/dependabot.yml": DEPENDABOT.format("docker")}, "dependabot"),
        ({".github/dependabot.yml": "updates: [", "renovate.json": "{}"}, "none"),
    ],
)
def test_who_keeps_the_digests(files: Mapping[str, str], keeper: str) -> None:
    tree = MemoryFiles(files)
    assert find_keeper(Sources(tree, select(tree.tree).paths)) == keeper
