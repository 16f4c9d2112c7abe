"""Commands that Kubernetes runs in a container."""

from __future__ import annotations

import pytest

from analyzers.model.services.exec_hooks import exec_hooks
from tests.analyzers.model.manifests.pods import container


@pytest.mark.parametrize(
    ("fields", "hooks"),
    [
        pytest.param("", [], id="none"),
        pytest.param("lifecycle: {preStop: {sleep: {seconds: 5}}}\n", [], id="Kubernetes sleeps"),
        pytest.param("livenessProbe: {httpGet: {port: 80}}\n", [], id="a request"),
        pytest.param(
            "livenessProbe: {exec: {command: [/app, check]}}\n", [("livenessProbe", "")], id="its own"
        ),
        pytest.param(
            "livenessProbe: {exec: {command: [/opt/x/sh]}}\n", [("livenessProbe", "")], id="a namesake"
        ),
        pytest.param("startupProbe: {exec: {command: [cat, /x]}}\n", [("startupProbe", "cat")], id="a probe"),
        pytest.param(
            "lifecycle: {preStop: {exec: {command: [/bin/sleep, '5']}}}\n",
            [("preStop", "sleep")],
            id="a hook",
        ),
    ],
)
def test_hooks(fields: str, hooks: list[tuple[str, str]]) -> None:
    assert [(hook.kind, hook.tool) for hook in exec_hooks(container(fields))] == hooks
