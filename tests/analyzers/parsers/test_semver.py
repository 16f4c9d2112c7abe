"""The order of versions."""

from __future__ import annotations

import pytest

from analyzers.parsers.semver import is_older, key

ASCENDING = [
    "0",
    "v0.0.0-20200101000000-abcdefabcdef",
    "v0.0.0-20210101000000-abcdefabcdef",
    "v0.0.1",
    "v1.0.0-alpha",
    "v1.0.0-alpha.1",
    "v1.0.0-alpha.beta",
    "v1.0.0-beta.2",
    "v1.0.0-beta.11",
    "v1.0.0",
    "v1.2.3-0.20200101000000-abcdefabcdef",
    "v1.2.3",
    "go1.9.7",
    "go1.21",
    "go1.21beta1",
    "go1.21rc2",
    "go1.21.0",
    "go1.21.10",
    "v2.0.0+incompatible",
]


def test_versions_sort() -> None:
    keys = [key(version) for version in ASCENDING]
    assert keys == sorted(keys, key=lambda entry: entry or ())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("v1.2.3", "1.2.3", id="a leading v"),
        pytest.param("v2.0.0+incompatible", "v2.0.0+x.y", id="build metadata"),
        pytest.param("go1.21.3-custom", "go1.21.3", id="a toolchain's suffix"),
    ],
)
def test_equal_versions(first: str, second: str) -> None:
    assert key(first) == key(second)


@pytest.mark.parametrize("text", ["", "latest", "v1.x", "1.2.3.4", "v" + "9" * 5000, "1.2.3-"])
def test_what_is_no_version(text: str) -> None:
    assert key(text) is None
    assert is_older(text, "v1.0.0") is None
