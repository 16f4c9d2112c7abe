"""Secrets of Kubernetes that can be read in the repository."""

from __future__ import annotations

import pytest

from analyzers.model.secrets.committed_secrets import CommittedSecret, find_committed_secrets
from tests.analyzers.model.repositories import repository


def found(data: str, *, name: str = "orders", path: str = "k8s/secret.yaml") -> list[CommittedSecret]:
    text = f"apiVersion: v1\nkind: Secret\nmetadata: {{name: {name}}}\n{data}\n"
    return list(find_committed_secrets(repository({path: text})))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("stringData: {}", id="empty"),
        pytest.param("stringData: {user: kV9tq2Lm}", id="a user"),
        pytest.param("stringData: {password: ''}", id="an empty password"),
        pytest.param("data: {password: '%%%'}", id="no base64"),
        pytest.param("stringData: {token: AKIASHIPWORTHYORDERS}", id="a token in plain sight"),
    ],
)
def test_nothing_to_read(data: str) -> None:
    assert found(data) == []


def test_an_example_is_none() -> None:
    data = "stringData: {password: kV9tq2Lm}"
    assert not found(data, name="orders-example")
    assert not found(data, path="k8s/secret.sample.yaml")


def test_everything_between_the_first_and_the_last_is_hidden() -> None:
    data = "stringData:\n  password: kV9tq2Lm\n  user: orders\n  url: postgres://a:kV9tq2Lm@db/x"
    (secret,) = found(data)
    span = secret.content.span
    assert secret.keys == ("password", "url")
    assert (span.line, span.column, span.end_line, span.end_column) == (5, 13, 7, 34)


@pytest.mark.parametrize(
    ("data", "is_well_known"),
    [
        ("stringData: {password: changeme}", True),
        ("stringData: {password: orders}", True),
        ("stringData: {password: changeme, token: kV9tq2LmAx7}", False),
        ("data: {id: QUtJQVNISVBXT1JUSFlPUkRFUlM=}", False),
    ],
)
def test_whether_everybody_knows_it(data: str, is_well_known: bool) -> None:
    (secret,) = found(data)
    assert secret.is_well_known is is_well_known
