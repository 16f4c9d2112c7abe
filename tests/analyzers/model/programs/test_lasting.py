"""Which programs run on."""

from __future__ import annotations

import pytest

from analyzers.model.programs.lasting import is_lasting
from tests.analyzers.model.go_source import go_main, programs

CANCELLED = "ctx, _ := signal.NotifyContext(context.Background(), syscall.SIGTERM)"
SERVES = 'http.ListenAndServe(":8080", nil)'


@pytest.mark.parametrize(
    ("directory", "body", "expected"),
    [
        ("cmd/orders/", "println()", False),
        ("cmd/orders/", SERVES, True),
        ("cmd/orders/", "signal.Notify(c, syscall.SIGTERM)", True),
        ("cmd/orders/", f"{CANCELLED}; delete(ctx)", False),
        ("cmd/orders/", f"{CANCELLED}; for {{ consume(ctx) }}", True),
        ("cmd/orders/", f"{CANCELLED}; go consume(ctx); <-ctx.Done()", True),
        ("cmd/ordersctl/", SERVES, False),
        ("cli/", SERVES, False),
    ],
)
def test_runs_on(directory: str, body: str, expected: bool) -> None:
    (program,) = programs({"go.mod": "module example.com/app\n", f"{directory}main.go": go_main(body)})
    assert is_lasting(program) is expected
