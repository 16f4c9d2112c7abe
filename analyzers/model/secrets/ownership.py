"""Which kind of secret a text is. Each kind is spoken of once: a token first, then a connection string's
password, then the value of a setting whose name asks for a secret."""

from __future__ import annotations

from analyzers.parsers.connection_string import Credentials, find_credentials
from analyzers.parsers.provider_token import find_tokens
from analyzers.parsers.secret_value import Clearness, clearness_of


def holds_token(text: str) -> bool:
    """It has a token of a provider in it, which is a finding of its own wherever it stands."""
    return any(find_tokens(text))


def password_in(text: str) -> Credentials | None:
    """The password of a connection string, unless a provider's token takes its place."""
    found = find_credentials(text)
    return None if found is None or holds_token(text) else found


def plain_secret(name: str, value: str) -> Clearness:
    """What the value of a setting is, where it is neither a token nor a connection string."""
    clearness = clearness_of(name, value)
    return "" if clearness and (holds_token(value) or find_credentials(value)) else clearness
