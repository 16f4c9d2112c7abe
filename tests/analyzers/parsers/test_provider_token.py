"""Tokens by their form. Whole ones are put together here, so that no file of ours holds any."""

from __future__ import annotations

import zlib

import pytest

from analyzers.parsers.provider_token import find_tokens, may_hold_token

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
MIXED = "Sh1pw0rthyB1llngSt0ckMa7lerQu9veTr2ckZoneFjordKe4lHu5lAnch8r"


def checked(prefix: str) -> str:
    """A token with the checksum that GitHub and npm put at its end."""
    body = MIXED[:30]
    number, digits = zlib.crc32(body.encode()), ""
    for _ in range(6):
        number, digit = divmod(number, 62)
        digits = LETTERS[digit] + digits
    return f"{prefix}_{body}{digits}"


PEM = f"-----BEGIN EC {'PRIVATE'} KEY-----\n{MIXED + MIXED[:4]}\n{MIXED * 2}==\n-----END EC PRIVATE KEY-----"


@pytest.mark.parametrize(
    ("token", "kind"),
    [
        pytest.param(checked("ghp"), "a GitHub token", id="GitHub, personal"),
        pytest.param(checked("ghs"), "a GitHub token", id="GitHub, an app's"),
        pytest.param(checked("npm"), "an npm token", id="npm"),
        pytest.param(
            f"{'github'}_pat_{MIXED[:22]}_{MIXED[:59]}", "a GitHub token", id="GitHub, fine-grained"
        ),
        pytest.param("glpat-" + MIXED[:20], "a GitLab token", id="GitLab"),
        pytest.param(f"glpat-{MIXED[:27]}.01.{'1k7v9q2m4'}", "a GitLab token", id="GitLab, routable"),
        pytest.param("AKIA" + "SHIPWORTHYORDERS", "an AWS access key ID", id="AWS"),
        pytest.param("dckr_pat_" + MIXED[:27], "a Docker Hub token", id="Docker Hub"),
        pytest.param("sk_live_" + MIXED[:24], "a live Stripe key", id="Stripe"),
        pytest.param("AIza" + MIXED[:35], "a Google API key", id="Google"),
        pytest.param(f"SG.{MIXED[:22]}.{MIXED[:43]}", "a SendGrid key", id="SendGrid"),
        pytest.param("hvs." + (MIXED * 2)[:95], "a Vault token", id="Vault"),
        pytest.param("shpat_" + "0f1e2d3c4b5a6978" * 2, "a Shopify token", id="Shopify"),
        pytest.param(PEM, "a private key", id="PEM"),
        pytest.param(PEM.replace("\n", "\\n"), "a private key", id="PEM in one line"),
    ],
)
def test_a_token_is_found(token: str, kind: str) -> None:
    text = f'key = "{token}"'
    (found,) = find_tokens(text)
    assert found.kind == kind
    assert token.startswith(text[found.start : found.end].rstrip("-\\n")[:60])
    assert may_hold_token(text.encode())


def test_of_a_connection_string_only_the_key_is_the_token() -> None:
    key = (MIXED * 2)[:86] + "=="
    text = f"AccountName=orders;AccountKey={key};EndpointSuffix=core.windows.net"
    (found,) = find_tokens(text)
    assert text[found.start : found.end] == key


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("ghp_" + MIXED[:36], id="a wrong checksum"),
        pytest.param(checked("ghp") + "x", id="too long"),
        pytest.param("mighp_" + checked("ghp")[4:], id="inside a word"),
        pytest.param("AKIA" + "IOSFODNN7EXAMPLE", id="a manual's example"),
        pytest.param("glpat-" + "ab" * 10, id="two characters by turns"),
        pytest.param("glpat-" + "MyFakeTokenForTests7", id="a made-up word"),
        pytest.param("sk_test_" + MIXED[:24], id="a test key"),
        pytest.param(PEM.replace("EC", "ENCRYPTED"), id="a key with a passphrase"),
        pytest.param(
            "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq"
            "/K1SZFPTOtr/KBHBeksoGMGw==",
            id="the emulator's key",
        ),
    ],
)
def test_what_is_no_token(text: str) -> None:
    assert list(find_tokens(text)) == []
