"""What counts as a secret in clear text."""

from __future__ import annotations

import pytest

from analyzers.parsers.secret_value import asks_for_secret, clearness_of


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DB_PASSWORD", ""),
        ("DB_PASSWORD", "${DB_PASSWORD}"),
        ("DB_PASSWORD", "$(DB_PASSWORD)"),
        ("DB_PASSWORD", "<password>"),
        ("DB_PASSWORD", "your-password-here"),
        ("DB_PASSWORD", "yourpassword"),
        ("DB_PASSWORD", "***"),
        ("DB_PASSWORD", "myXXXXX/secretXXXXX"),
        ("DB_PASSWORD", "/run/secrets/db"),
        ("DB_PASSWORD", "vault:secret/data/orders#password"),
        ("DB_PASSWORD", "op://shop/orders/password"),
        ("DB_PASSWORD", "ENC[AES256_GCM,data:kV9tq2Lm]"),
        ("DB_PASSWORD", "none"),
        ("RESET_PASSWORD", "true"),
        ("DB_PASSWORD_FILE", "kV9tq2Lm"),
        ("TOKEN_URL", "https://id.acme.internal/token"),
        ("SECRET_NAME", "kV9tq2Lm"),
        ("API_KEY_VERSION", "kV9tq2Lm-7"),
        ("AUTH_MODE", "kV9tq2Lm-7"),
        ("PUBLIC_KEY", "MCowBQYDK2VwAyEAorders7"),
        ("NEXT_PUBLIC_API_KEY", "kV9tq2Lm-7"),
        ("MAX_TOKEN", "409600000"),
        ("CSRF_TOKEN", "X-CSRF-Token"),
        ("TLS_SECRET", "orders-tls"),
        ("ACCESS_TOKEN", "short7"),
        ("PWD", "orders-7"),
        ("MONKEY", "kV9tq2Lm-7"),
        ("COMPASS", "kV9tq2Lm-7"),
    ],
)
def test_what_is_no_secret(name: str, value: str) -> None:
    assert clearness_of(name, value) == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DB_PASSWORD", "kV9tq2Lm"),
        ("PGPASSWORD", "kV9tq2Lm"),
        ("dbPassword", "correct horse battery"),
        ("redis-pass", "kV9tq2Lm"),
        ("JWT_SECRET", "kV9tq2LmAx7"),
        ("STRIPE_API_KEY", "kV9tq2LmAx7"),
        ("AWS_SECRET_ACCESS_KEY", "kV9tq2LmAx7/kV9tq2LmAx7"),
        ("githubToken", "kV9tq2LmAx7"),
    ],
)
def test_a_secret(name: str, value: str) -> None:
    assert clearness_of(name, value) == "secret"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DB_PASSWORD", "changeme"),
        ("DB_PASSWORD", "please-change-me"),
        ("POSTGRES_PASSWORD", "postgres"),
        ("DB_PASSWORD", "123456"),
        ("JWT_SECRET", "secret"),
        ("DB_PASSWORD", "db-password"),
        ("STOCK_DB_PASSWORD", "stock"),
    ],
)
def test_what_everybody_tries_first(name: str, value: str) -> None:
    assert clearness_of(name, value) == "well-known"


def test_names_alone() -> None:
    names = ("GITHUB_TOKEN", "NPM_TOKEN", "TOKEN_URL", "PWD", "PUBLIC_TOKEN", "COMPASS")
    assert [name for name in names if asks_for_secret(name)] == ["GITHUB_TOKEN", "NPM_TOKEN"]
