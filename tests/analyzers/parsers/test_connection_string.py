from __future__ import annotations

import pytest

from analyzers.parsers.connection_string import find_credentials
from tests.hanging import must_end


@pytest.mark.parametrize(
    "text",
    [
        "https://acme.internal/a:b@c",
        "postgres://orders@db.acme.internal",
        "postgres://orders:@db.acme.internal",
        "postgres://orders:${PASSWORD}@db.acme.internal",
        "postgres://orders:$PASSWORD@db.acme.internal",
        "postgres://%s:%s@%s/%s",
        "postgres://orders:{{ .Password }}@db",
        "postgres://orders:<password>@db",
        "postgres://orders:xxxx@db",
        "postgres://orders:DB_PASSWORD@db",
        "postgres://user:pass@db.acme.internal",
        "postgres://orders:kV9tq2Lm@host:5432",
        "postgres://orders:kV9tq2Lm@db.example.com",
        "postgres://orders:kV9tq2Lm@localhost/orders",
        "orders:kV9tq2Lm@tcp(127.0.0.1:3306)/orders",
        "redis://:kV9tq2Lm@[::1]:6379",
        "host=localhost password=kV9tq2Lm",
        "password=kV9tq2Lm",
        "mailto:orders@acme.internal",
        "12:30:45@tcp",
    ],
)
def test_no_password_worth_a_word(text: str) -> None:
    assert find_credentials(text) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgres://orders:kV9tq2Lm@db:5432/orders?sslmode=off", "postgres://orders:***@db"),
        ("see redis://:kV9tq2Lm@redis.acme.internal/0.", "redis://:***@redis.acme.internal"),
        ("mongodb+srv://a%40b:kV9tq2Lm@m0.acme.internal", "mongodb+srv://…:***@m0.acme.internal"),
        ("amqp://u:${P}@a.acme.internal amqp://u:kV9tq2Lm@b.acme.internal", "amqp://u:***@b.acme.internal"),
        ("orders:kV9tq2Lm@tcp(db.acme.internal:3306)/orders", "orders:***@db.acme.internal"),
        ("host=db user=orders password=kV9tq2Lm", "orders:***@db"),
        ("Server=tcp:db.acme.internal,1433;User Id=sa;Pwd=kV9tq2Lm;", "sa:***@db.acme.internal"),
        ("host=db password='kV9tq2Lm'", ":***@db"),
    ],
)
def test_a_password_is_found_and_not_shown(text: str, shown: str) -> None:
    found = find_credentials(text)
    assert found
    assert (found.password, found.shown) == ("kV9tq2Lm", shown)


@pytest.mark.parametrize(
    ("text", "is_well_known"),
    [
        ("amqp://orders:kV9tq2Lm@rabbit", False),
        ("amqp://guest:guest@rabbit", True),
        ("amqp://orders:orders@rabbit", True),
        ("amqp://orders:changeme@rabbit", True),
    ],
)
def test_passwords_that_everybody_tries(text: str, is_well_known: bool) -> None:
    found = find_credentials(text)
    assert found
    assert found.is_well_known is is_well_known


@pytest.mark.parametrize("unit", ["a:,", "a://", "a.b:", " password=", "host=a ", "x://a:b", "a:b@tcp("])
def test_hostile_text_ends(unit: str) -> None:
    with must_end():
        find_credentials(unit * 300_000)
