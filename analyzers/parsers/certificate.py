"""X.509 certificates in PEM form: only which names they are good for."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

_BLOCK = re.compile(r"-----BEGIN CERTIFICATE-----([0-9A-Za-z+/=\s]{1,16000})-----END CERTIFICATE-----")
_ALTERNATIVE_NAMES = re.compile(
    rb"\x06\x03\x55\x1d\x11(?:\x01\x01\xff)?\x04[\x00-\x7f]\x30(?P<length>[\x00-\x7f])", re.S
)
"""The extension subjectAltName, as long as its length takes one byte: RFC 5280, 4.2.1.6."""
_DNS, _ADDRESS = 0x82, 0x87
_LOOPBACK = re.compile(rb"\x7f...|\x00{15}\x01", re.S)


def names_in(text: str) -> list[frozenset[str]]:
    """For each certificate the hosts it is good for, `localhost` for every loopback address.

    Empty where it names none, or more than can be read here.
    """
    return [frozenset(_names(der)) for block in _BLOCK.finditer(text) if (der := _decoded(block[1]))]


def _decoded(block: str) -> bytes:
    try:
        return base64.b64decode("".join(block.split()), validate=True)
    except binascii.Error:
        return b""


def _names(der: bytes) -> Iterator[str]:
    found = _ALTERNATIVE_NAMES.search(der)
    rest = der[found.end() : found.end() + found["length"][0]] if found else b""
    while len(rest) > 1:
        tag, length = rest[0], rest[1]
        value, rest = rest[2 : 2 + length], rest[2 + length :]
        if tag == _DNS:
            yield value.decode("ascii", "replace")
        elif tag == _ADDRESS and _LOOPBACK.fullmatch(value):
            yield "localhost"
        else:
            yield value.hex()
