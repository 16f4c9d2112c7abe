"""Hooks and grace periods as a fix writes them."""

from __future__ import annotations

import pytest

from analyzers.finding import Location
from analyzers.fixes.prestop import native_sleep
from analyzers.model.services.exec_hooks import ExecHook
from analyzers.parsers.position import Span

BLOCK, FLOW = Span(3, 9, 4, 20), Span(3, 9, 3, 40)


@pytest.mark.parametrize(
    ("kind", "words", "span", "written"),
    [
        ("preStop", ("sleep", "5"), BLOCK, "sleep:\n          seconds: 5"),
        ("preStop", ("sh", "-c", "sleep 5"), FLOW, "{sleep: {seconds: 5}}"),
        ("preStop", ("sh", "-c", "sleep 5; kill 1"), BLOCK, None),
        ("livenessProbe", ("sleep", "5"), BLOCK, None),
    ],
)
def test_native_sleep(kind: str, words: tuple[str, ...], span: Span, written: str | None) -> None:
    assert native_sleep(ExecHook(Location("a.yaml", span), kind, words), 5) == written
