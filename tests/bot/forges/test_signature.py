"""Who may deliver to us."""

from __future__ import annotations

import pytest

from bot.errors import Rejected
from bot.forges.signature import sign, verify

BODY = b'{"zen": "Design for failure."}'


@pytest.mark.parametrize(
    ("header", "secrets"),
    [
        pytest.param(None, ["old", "new"], id="not signed"),
        pytest.param("", ["old", "new"], id="empty"),
        pytest.param(sign(BODY, "guess"), ["old", "new"], id="another secret"),
        pytest.param(sign(BODY + b" ", "new"), ["old", "new"], id="another body"),
        pytest.param(sign(BODY, "new").removeprefix("sha256="), ["old", "new"], id="no scheme"),
        pytest.param(
            "sha1=" + sign(BODY, "new").removeprefix("sha256="), ["old", "new"], id="another scheme"
        ),
        pytest.param("sha256=é", ["old", "new"], id="not ASCII"),
        pytest.param(sign(BODY, "new"), [], id="no secret at all"),
        pytest.param(sign(BODY, ""), [""], id="an empty secret"),
    ],
)
def test_others_are_rejected(header: str | None, secrets: list[str]) -> None:
    with pytest.raises(Rejected):
        verify(BODY, header, secrets)


@pytest.mark.parametrize("secret", ["old", "new"])
def test_any_of_our_secrets_will_do(secret: str) -> None:
    verify(BODY, sign(BODY, secret), ["old", "new"])


def test_the_signature_is_the_one_github_documents() -> None:
    """The example of https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries."""
    header = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"

    verify(b"Hello, World!", header, ["It's a Secret to Everybody"])
