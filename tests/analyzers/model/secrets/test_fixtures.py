"""Files whose secrets open nothing."""

from __future__ import annotations

import pytest

from analyzers.model.secrets.fixtures import is_fixture


@pytest.mark.parametrize(
    "path",
    [
        "app/apitest/keys.go",
        "pkg/testcerts/keys.go",
        "pkg/gateway/testutils/inputs/a.yaml",
        "ssh/stub_server.go",
        "deploy/values.example.yaml",
        "deploy/secret-sample.yaml",
    ],
)
def test_made_for_tests_or_examples(path: str) -> None:
    assert is_fixture(path)


@pytest.mark.parametrize(
    "path", ["main.go", "deploy/latest/secret.yaml", "attestation/key.go", "internal/contents/a.go"]
)
def test_meant_in_earnest(path: str) -> None:
    assert not is_fixture(path)
