"""Private keys that open nothing."""

from __future__ import annotations

import pytest

from analyzers.model.secrets.written_tokens import find_written_tokens
from tests.analyzers.model.repositories import MAIN, module, repository
from tests.analyzers.parsers.test_certificate import LOCALHOST, NAMELESS, TWO_NAMES
from tests.analyzers.parsers.test_provider_token import PEM

KEY = "server/certs/key.pem"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({KEY: PEM}, [KEY], id="alone"),
        pytest.param({KEY: PEM, "server/certs/cert.pem": LOCALHOST}, [], id="for localhost"),
        pytest.param({KEY: f"{PEM}\n{LOCALHOST}"}, [], id="in one file"),
        pytest.param({KEY: PEM, "server/certs/cert.pem": TWO_NAMES}, [KEY], id="for others, too"),
        pytest.param({KEY: PEM, "server/certs/ca.pem": NAMELESS}, [KEY], id="for nobody knows whom"),
        pytest.param({KEY: PEM, "server/cert.pem": LOCALHOST}, [KEY], id="a certificate elsewhere"),
        pytest.param({"server/certs/benchmark-key.pem": PEM}, [], id="for measuring"),
    ],
)
def test_keys(files: dict[str, str], expected: list[str]) -> None:
    read = repository({"go.mod": module(), "main.go": MAIN, **files})
    assert [token.at.path for token in find_written_tokens(read)] == expected
