"""Variables in a text, as far as they are known."""

from __future__ import annotations

import pytest

from analyzers.model.builds.interpolation import UNKNOWN, interpolate, known

VALUES = {"A": "a", "EMPTY": "", "env.A": "e", "X": "${A}"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a:1", "a:1", id="no variable"),
        pytest.param("$B", UNKNOWN, id="unknown"),
        pytest.param("${B}/x", f"{UNKNOWN}/x", id="unknown in braces"),
        pytest.param("${A:+x}", UNKNOWN, id="an alternative"),
        pytest.param("${A//a/b}", UNKNOWN, id="a replacement"),
        pytest.param("$1 $@", f"{UNKNOWN} {UNKNOWN}", id="arguments"),
        pytest.param("x$(git rev-parse HEAD)", f"x{UNKNOWN}", id="a command"),
        pytest.param("x`date`", f"x{UNKNOWN}", id="a command between backticks"),
        pytest.param("${{ github.sha }}", UNKNOWN, id="an expression"),
        pytest.param("$A" + "x" * 5_000, UNKNOWN, id="too long"),
        pytest.param("$A-${A}", "a-a", id="known"),
        pytest.param("${B:-x}${B-y}${A:-z}", "xya", id="defaults"),
        pytest.param("${EMPTY:-x}${EMPTY-y}${EMPTY:=z}", "xz", id="defaults of what is empty"),
        pytest.param("${B:-${A}}", "a", id="a default with a variable"),
        pytest.param("${{ env.A }}/${{env.A}}", "e/e", id="expressions"),
    ],
)
def test_interpolates(text: str, expected: str) -> None:
    assert interpolate(text, VALUES.get) == expected


def test_what_is_known() -> None:
    assert known("a") == "a"
    assert known(f"a{UNKNOWN}") is None


def test_open_braces_end_soon() -> None:
    assert interpolate("${A:-" * 800, VALUES.get)
