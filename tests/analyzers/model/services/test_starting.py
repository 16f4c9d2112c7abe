"""What a container starts behind an init, and what its arguments mean then."""

from __future__ import annotations

import pytest

from analyzers.model.services.starting import unwrapped
from tests.analyzers.model.repositories import MAIN, dockerfile, module, repository, workload


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("/app serve", "/app serve", id="no init"),
        pytest.param("/sbin/tini -- /app serve", "/app serve", id="tini"),
        pytest.param("dumb-init -c -- /app", "/app", id="flags of the init"),
        pytest.param("tini --", "", id="an init alone"),
        pytest.param("gosu nobody /app", "/app", id="another user"),
        pytest.param("env A=1 B=2 /app", "/app", id="variables"),
        pytest.param("env -S /app", "", id="a text that env takes apart"),
        pytest.param("dlv debug ./cmd/app", "", id="a debugger that builds"),
        pytest.param("dlv -l :2345 exec --headless /app", "/app", id="flags of a debugger"),
        pytest.param("wait-for-it.sh db:5432 -- /app", "/app", id="waiting first"),
        pytest.param("/go/bin/dlv exec /app --headless", "/app --headless", id="a debugger"),
    ],
)
def test_the_command_behind_an_init(words: str, expected: str) -> None:
    assert unwrapped(words.split()) == tuple(expected.split())


@pytest.mark.parametrize(
    ("entry", "extra", "expected"),
    [
        pytest.param('["/sbin/tini", "--"]', '          args: ["/migrate"]\n', [], id="another program"),
        pytest.param(
            '["/sbin/tini", "--", "/app"]', '          args: ["/migrate"]\n', ["web"], id="arguments"
        ),
        pytest.param('["/sbin/tini", "--"]', '          args: ["/app"]\n', ["web"], id="the program"),
        pytest.param('["/app"]', '          command: ["tini", "--", "/app"]\n', ["web"], id="an own init"),
    ],
)
def test_arguments_behind_an_init(entry: str, extra: str, expected: list[str]) -> None:
    files = {
        "go.mod": module(),
        "cmd/orders/main.go": MAIN,
        "Dockerfile": dockerfile("./cmd/orders", entry),
        "k8s.yaml": workload("web", "acme/orders", extra=extra),
    }
    (service,) = repository(files).services
    assert [item.workload.name for item in service.running] == expected
