"""A value in a manifest that gives way to a reference."""

from __future__ import annotations

import pytest

from analyzers.fixes.secret_references import refer_to_secret, secret_of
from tests.analyzers.model.repositories import repository, workload


def offered(fields: str) -> str | None:
    text = workload("web", "acme/web", extra="".join(f"          {line}\n" for line in fields.splitlines()))
    (item,) = repository({"k8s/web.yaml": text}).deployed
    fix = refer_to_secret(text, item.workload, item.container.env[0])
    return fix.edits[0].text if fix else None


def test_the_reference_stands_where_the_value_stood() -> None:
    assert offered("env:\n  - name: TOKEN\n    value: kV9tq2LmAx7") == (
        "              valueFrom:\n                secretKeyRef:\n"
        "                  name: web\n                  key: TOKEN"
    )


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param("env: [{name: TOKEN, value: kV9tq2LmAx7}]", id="in one line"),
        pytest.param("env:\n  - value: kV9tq2LmAx7\n    name: TOKEN", id="the value first"),
        pytest.param("env:\n  - name: TOKEN\n    value: >-\n      kV9tq2LmAx7", id="a block"),
    ],
)
def test_nothing_is_offered(fields: str) -> None:
    assert offered(fields) is None


def test_the_secret_that_is_asked_already() -> None:
    text = workload("web", "acme/web", extra="          envFrom: [{secretRef: {name: shop}}]\n")
    (item,) = repository({"k8s/web.yaml": text}).deployed
    assert secret_of(item.workload) == "shop"
