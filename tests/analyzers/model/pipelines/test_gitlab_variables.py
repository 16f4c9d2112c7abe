from __future__ import annotations

import pytest

from analyzers.model.pipelines.gitlab_variables import Variables, read_variables
from analyzers.model.pipelines.layers import Layers, Placed
from tests.analyzers.documents import document
from tests.hanging import must_end


def variables(*texts: str) -> Variables:
    return Variables(*(read_variables(Layers((Placed("ci.yml", document(text)),))) for text in texts))


SCOPE = "{GO: '1.23', IMAGE: 'golang:$GO', LOOP: $LOOP, A: $B, B: $A, HASH: {value: abc, description: x}}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$UNKNOWN", None),
        ("x-${UNKNOWN}", None),
        ("$LOOP", None),
        ("$A", None),
        ("", ""),
        ("plain", "plain"),
        ("golang:$GO-alpine", "golang:1.23-alpine"),
        ("golang:${GO}_x", "golang:1.23_x"),
        ("$IMAGE", "golang:1.23"),
        ("$HASH", "abc"),
        ("$$GO", "$GO"),
    ],
)
def test_expand(text: str, expected: str | None) -> None:
    assert variables(SCOPE).expand(text) == expected


def test_the_innermost_scope_wins_everywhere() -> None:
    found = variables("{GO: '1.24'}\n", SCOPE)
    assert {name: found[name].value for name in ("GO", "IMAGE")} == {"GO": "1.24", "IMAGE": "golang:1.24"}
    assert set(found) == {"GO", "IMAGE", "LOOP", "A", "B", "HASH"}
    assert len(found) == 6
    assert "NONE" not in found


def test_values_that_blow_up_are_unknown() -> None:
    lines = ["V0: xxxxxxxxxx", *(f"V{n}: {f'$V{n - 1}' * 10}" for n in range(1, 15))]
    with must_end():
        assert variables("\n".join(lines) + "\n").expand("$V14") is None
