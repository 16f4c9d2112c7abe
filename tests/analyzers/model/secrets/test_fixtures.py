"""Files whose secrets open nothing."""

from __future__ import annotations

import pytest

from analyzers.model.secrets.fixtures import is_fixture, is_for_tests


@pytest.mark.parametrize(
    "path",
    [
        "app/apitest/keys.go",
        "pkg/testcerts/keys.go",
        "pkg/gateway/testutils/inputs/a.yaml",
        "ssh/stub_server.go",
        "deploy/values.example.yaml",
        "deploy/secret-sample.yaml",
        "certs/benchmark-ca.pem",
        "sql/docker/test_helper.go",
        "pkg/fuzz/keys.go",
        "pki/e2ex509/keys.go",
        "internal/suites/pki/private.pem",
    ],
)
def test_made_for_tests_or_examples(path: str) -> None:
    assert is_fixture(path)


@pytest.mark.parametrize(
    "path",
    [
        "main.go",
        "deploy/latest/secret.yaml",
        "attestation/key.go",
        "internal/contents/a.go",
        "pkg/suitescript/a.go",
    ],
)
def test_meant_in_earnest(path: str) -> None:
    assert not is_fixture(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# A store.\n# It should not be used in production.\nkind: Pod\n", True, id="not used"),
        pytest.param("---\n# For testing purposes only\nkind: Pod\n", True, id="only for tests"),
        pytest.param("# Used in production\nkind: Pod\n", False, id="in earnest"),
        pytest.param("kind: Pod\n# not used in production\n", False, id="about a part"),
    ],
)
def test_what_a_file_says_of_itself(text: str, expected: bool) -> None:
    assert is_for_tests("deploy/store.yaml", text) is expected
