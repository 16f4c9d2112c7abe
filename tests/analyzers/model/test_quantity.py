from __future__ import annotations

import pytest

from analyzers.model.quantity import bytes_of, cores_of


@pytest.mark.parametrize(
    "text", ["", "512MB", "1KB", "1K", "-1", "1e999", "0x10", "1 Gi", "1.2.3", "Mi", "1e3Mi", "५"]
)
def test_what_kubernetes_refuses(text: str) -> None:
    assert bytes_of(text) is None
    assert cores_of(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0),
        ("128974848", 128974848),
        ("129e6", 129_000_000),
        ("129M", 129_000_000),
        ("128974848000m", 128974848),
        ("123Mi", 128974848),
        ("1.5Gi", 1_610_612_736),
        ("12k", 12_000),
        ("1E", 10**18),
        ("1Ei", 1 << 60),
        ("+.5Ki", 512),
        ("100m", 1),
    ],
)
def test_bytes(text: str, expected: int) -> None:
    assert bytes_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("500m", 0.5), ("0.5", 0.5), ("2", 2), ("2.", 2), ("1500m", 1.5), ("100u", 0.001)]
)
def test_cores(text: str, expected: float) -> None:
    assert cores_of(text) == expected
