"""Programs that switch the garbage collector off for good."""

from __future__ import annotations

import pytest

from analyzers.model.programs.garbage import find_switch_offs
from tests.analyzers.model.go_source import program

IMPORTS = 'import "runtime/debug"\nconst percent = 1\n'


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("debug.SetGCPercent(100)", 0),
        ("debug.SetGCPercent(percent())", 0),
        ("if batch {\n debug.SetGCPercent(-1)\n}", 0),
        ("old := debug.SetGCPercent(-1)\ndebug.SetGCPercent(old)", 0),
        ("debug.SetGCPercent(-1)", 1),
        ("debug.SetGCPercent(-percent)", 1),
    ],
)
def test_switched_off(body: str, count: int) -> None:
    assert len(list(find_switch_offs(program(body, IMPORTS).code))) == count
