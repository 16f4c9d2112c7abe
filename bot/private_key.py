"""A private key, in the three shapes in which people hand one over."""

from __future__ import annotations

import base64
import binascii

from bot.errors import Misconfigured


def read_private_key(text: str) -> str:
    """PEM as it is, PEM on one line with `\\n`, or base64 of PEM. Raises Misconfigured for anything else."""
    for candidate in (text, text.replace("\\n", "\n"), _decode(text)):
        if _is_pem(candidate):
            return candidate.strip() + "\n"
    raise Misconfigured("is neither a PEM private key nor the base64 of one")


def _is_pem(text: str) -> bool:
    lines = text.strip().splitlines()
    return (
        len(lines) >= 3
        and lines[0].startswith("-----BEGIN ")
        and lines[0].endswith("PRIVATE KEY-----")
        and lines[-1].startswith("-----END ")
    )


def _decode(text: str) -> str:
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("ascii")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""
