"""Fixes of manifests beyond the ones the pages show: what they insert, and where they offer none."""

from __future__ import annotations

import pytest

from analyzers import Config, check
from analyzers.catalogue import load_rules
from analyzers.files import MemoryFiles
from tests.analyzers.model.go_source import go_main
from tests.analyzers.model.repositories import dockerfile, workload

SLOW = go_main(
    'srv := &http.Server{Addr: ":80"}\n'
    "ctx, cancel := context.WithTimeout(context.Background(), 40*time.Second)\nsrv.Shutdown(ctx)"
)
LIMITS = "          resources: {limits: {cpu: 1, memory: 512Mi}}\n"
REFERENCE = (
    "          env:\n            - name: GOMEMLIMIT\n              valueFrom:\n"
    "                resourceFieldRef:\n                  resource: limits.memory\n"
)
FLOW = (
    "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {template: {spec: {containers: "
    "[{name: web, image: acme/web, resources: {limits: {cpu: 1}}}]}}}}\n"
)


def fixed(rule: str, manifest: str) -> list[str] | None:
    """The manifest after the one fix of a rule; None where the finding has none."""
    files = {
        "go.mod": "module example.com/web\n\ngo 1.23\n",
        "main.go": SLOW,
        "Dockerfile": dockerfile(),
        "k.yaml": manifest,
    }
    others = {name: "not under test" for name in load_rules() if name != rule}
    (finding,) = check(MemoryFiles(files), Config(disabled=others)).findings
    if finding.fix is None:
        return None
    (edit,) = finding.fix.edits
    lines = manifest.split("\n")
    lines[edit.start_line - 1 : edit.end_line] = edit.text.split("\n")
    return lines


@pytest.mark.parametrize(
    ("rule", "manifest"),
    [
        pytest.param("grace-period-too-short", FLOW, id="grace period in flow style"),
        pytest.param("gomaxprocs-ignores-cpu-limit", FLOW, id="environment in flow style"),
        pytest.param(
            "gomaxprocs-ignores-cpu-limit",
            workload("web", "acme/web", extra=LIMITS + "          env: []\n"),
            id="empty env",
        ),
        pytest.param(
            "gomaxprocs-ignores-cpu-limit",
            workload("web", "acme/web").replace(
                "- name: web\n          image", "- resources: {limits: {cpu: 1}}\n          image"
            ),
            id="resources before all",
        ),
    ],
)
def test_no_fix_where_it_could_break_the_file(rule: str, manifest: str) -> None:
    assert fixed(rule, manifest) is None


@pytest.mark.parametrize(
    ("rule", "extra", "added"),
    [
        pytest.param(
            "grace-period-too-short",
            "",
            "      terminationGracePeriodSeconds: 42\n      containers:\n",
            id="new grace period",
        ),
        pytest.param(
            "gomaxprocs-ignores-cpu-limit",
            "          env:\n            - name: A\n              value: b\n" + LIMITS,
            "            - name: GOMAXPROCS\n              valueFrom:\n                resourceFieldRef:\n"
            "                  resource: limits.cpu\n            - name: A\n",
            id="one variable more",
        ),
        pytest.param(
            "gomaxprocs-ignores-cpu-limit",
            "          env:\n          - name: A\n            value: b\n" + LIMITS,
            "          - name: GOMAXPROCS\n            valueFrom:\n              resourceFieldRef:\n"
            "                resource: limits.cpu\n          - name: A\n",
            id="a list that is not indented",
        ),
        pytest.param(
            "gomemlimit-not-below-limit",
            REFERENCE + LIMITS,
            "            - name: GOMEMLIMIT\n              value: 460MiB\n          resources:",
            id="a number for a reference",
        ),
    ],
)
def test_what_a_fix_makes(rule: str, extra: str, added: str) -> None:
    lines = fixed(rule, workload("web", "acme/web", extra=extra))
    assert lines is not None
    assert added in "\n".join(lines)
