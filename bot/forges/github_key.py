"""The App's private key, read once: a wrong one shows at the start, and no token waits for it later."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from jwt import PyJWTError
from jwt.algorithms import RSAAlgorithm

from bot.errors import Misconfigured


def read_key(pem: str) -> RSAPrivateKey:
    """Raises Misconfigured."""
    try:
        key = RSAAlgorithm(RSAAlgorithm.SHA256).prepare_key(pem)
    except (PyJWTError, ValueError, TypeError):
        raise Misconfigured("GITHUB_PRIVATE_KEY is no RSA key in PEM form without passphrase") from None
    if not isinstance(key, RSAPrivateKey):
        raise Misconfigured("GITHUB_PRIVATE_KEY is the public half of a key")
    return key


def find_flaw(pem: str) -> str:
    """What is wrong with a key, in words; nothing where it can be used."""
    try:
        read_key(pem)
    except Misconfigured as flaw:
        return str(flaw)
    return ""
