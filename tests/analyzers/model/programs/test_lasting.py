"""Which programs run on."""

from __future__ import annotations

import pytest

from analyzers.model.programs.lasting import is_lasting
from tests.analyzers.model.go_source import go_main, programs

SERVES = 'http.ListenAndServe(":8080", nil)'


@pytest.mark.parametrize(
    ("directory", "body", "expected"),
    [
        ("cmd/orders/", "println()", False),
        ("cmd/orders/", SERVES, True),
        ("cmd/orders/", "signal.Notify(c, syscall.SIGTERM)", True),
        ("cmd/ordersctl/", SERVES, False),
        ("cli/", SERVES, False),
    ],
)
def test_runs_on(directory: str, body: str, expected: bool) -> None:
    (program,) = programs({"go.mod": "module example.com/app\n", f"{directory}main.go": go_main(body)})
    assert is_lasting(program) is expected
