from __future__ import annotations

import pytest

from tests.analyzers.model.manifests.pods import container


@pytest.mark.parametrize(
    "fields", ["", "lifecycle:\n", "lifecycle: {}\n", "lifecycle: {postStart: {exec: {command: [a]}}}\n"]
)
def test_no_hook(fields: str) -> None:
    assert container(fields).prestop_seconds is None


@pytest.mark.parametrize(
    ("hook", "seconds"),
    [
        pytest.param("httpGet: {port: 80}", None, id="a request"),
        pytest.param("exec: {command: [nginx, -s, quit]}", None, id="another command"),
        pytest.param("exec: {command: [sleep, '${S}']}", None, id="a variable"),
        pytest.param("exec: {command: [sh, -c, 'while true; do sleep 1; done']}", None, id="a loop"),
        pytest.param("sleep: {seconds: '${S}'}", None, id="native with a variable"),
        pytest.param("sleep: {}", None, id="native without seconds"),
        pytest.param("sleep: {seconds: 7}", 7, id="native"),
        pytest.param("exec: {command: [sleep, '5']}", 5, id="sleep"),
        pytest.param("exec: {command: [/bin/sleep, 1m]}", 60, id="a minute"),
        pytest.param("exec: {command: [sleep, '0.5']}", 1, id="half a second, rounded up"),
        pytest.param("exec: {command: [sh, -c, sleep 10]}", 10, id="in a shell"),
        pytest.param("exec: {command: [/bin/bash, -ec, 'sleep 3; sleep 4']}", 7, id="two sleeps"),
        pytest.param(
            "exec: {command: [sh, -c, 'sleep 5 && nginx -s quit']}", 5, id="a sleep before something else"
        ),
    ],
)
def test_hook(hook: str, seconds: int | None) -> None:
    found = container(f"lifecycle:\n  preStop:\n    {hook}\n").prestop_seconds
    assert found
    assert found.value == seconds


@pytest.mark.parametrize(
    "fields", ["lifecycle: {{ toYaml .x }}\n", "lifecycle:\n  {{- toYaml .x | nindent 12 }}\n"]
)
def test_templated_lifecycle_is_unknown(fields: str) -> None:
    found = container(fields, templated=True).prestop_seconds
    assert found
    assert found.value is None
