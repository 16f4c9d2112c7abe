"""GOMEMLIMIT as the runtime reads it, and as people write it."""

from __future__ import annotations

import pytest

from analyzers.model.services.memory_limit import (
    advised_gomemlimit,
    bytes_of_gomemlimit,
    is_refused,
    meant_gomemlimit,
    sets_memory_limit,
)
from tests.analyzers.model.go_source import program


@pytest.mark.parametrize(
    ("value", "amount"),
    [("512MiB", 512 << 20), ("1GiB", 1 << 30), ("2TiB", 2 << 40), ("4KiB", 4096), ("7B", 7), ("7", 7)],
)
def test_amounts(value: str, amount: int) -> None:
    assert bytes_of_gomemlimit(value) == amount
    assert not is_refused(value)


@pytest.mark.parametrize("value", ["", "off"])
def test_no_limit(value: str) -> None:
    assert bytes_of_gomemlimit(value) is None
    assert not is_refused(value)


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("512Mi", "512MiB"),
        ("512mib", "512MiB"),
        ("512 MiB", "512MiB"),
        ("1GB", "953MiB"),
        ("2048M", "1953MiB"),
        ("1.5GiB", "1536MiB"),
        ("1e9", None),
        ("80%", None),
        ("-1", None),
        ("OFF", None),
        ("10K", None),
        ("9223372036854775808", None),
    ],
)
def test_what_the_runtime_refuses(value: str, meant: str | None) -> None:
    assert is_refused(value)
    assert meant_gomemlimit(value) == meant


def test_leaves_a_tenth() -> None:
    assert advised_gomemlimit(512 << 20) == "460MiB"
    assert advised_gomemlimit(1 << 20) is None
    assert advised_gomemlimit(None) is None


@pytest.mark.parametrize(
    ("body", "sets"),
    [("println()", False), ("debug.SetGCPercent(50)", False), ("debug.SetMemoryLimit(1 << 30)", True)],
)
def test_a_program_sets_it_itself(body: str, sets: bool) -> None:
    assert sets_memory_limit(program(body, 'import "runtime/debug"\n')) is sets


def test_a_library_sets_it() -> None:
    assert sets_memory_limit(program("", 'import _ "github.com/KimMachineGun/automemlimit"\n'))
