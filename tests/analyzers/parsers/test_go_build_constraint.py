"""Which Go files a container's binary is built from."""

from __future__ import annotations

import pytest

from analyzers.parsers.go import parse_go
from analyzers.parsers.go.build_constraint import is_built


@pytest.mark.parametrize(
    ("path", "constraint", "expected"),
    [
        ("cmd/a_test.go", "", False),
        ("a_windows.go", "", False),
        ("a_windows_amd64.go", "", False),
        ("a_linux_s390x.go", "", False),
        ("_a.go", "", False),
        ("a.go", "ignore", False),
        ("a.go", "!linux", False),
        ("a.go", "integration && linux", False),
        ("a.go", "darwin || windows", False),
        ("a.go", "", True),
        ("linux.go", "", True),
        ("a_linux.go", "", True),
        ("a_linux_arm64.go", "", True),
        ("a_service.go", "", True),
        ("a.go", "linux && (amd64 || arm64)", True),
        ("a.go", "!windows && !ignore", True),
        ("a.go", "go1.18", True),
        ("a.go", "arm64", True),
        ("a.go", "((((", True),
        ("a.go", "(" * 5000, True),
        ("a.go", " " * 500_000 + "#", True),
    ],
)
def test_is_built(path: str, constraint: str, expected: bool) -> None:
    assert is_built(path, constraint) is expected


def test_the_old_form_is_understood() -> None:
    file = parse_go(b"// +build linux,cgo darwin\n// +build !ignore\n\npackage p\n")
    assert file.constraint == "((linux && cgo) || (darwin)) && ((!ignore))"
