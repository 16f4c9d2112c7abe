"""Passwords inside the texts by which programs reach databases, brokers and the like."""

from __future__ import annotations

import re

from analyzers.parsers.light import light_value

_URL = re.compile(
    r"\b(?P<scheme>[a-z][a-z0-9+.-]{1,30})://(?P<user>[^\s:/@'\"`<>]{0,100}):"
    r"(?P<password>[^\s/@'\"`]{1,200})@(?P<host>[^\s/:?#'\"`,)]{1,255})",
    re.I,
)
_MYSQL = re.compile(
    r"(?<![\w/.:-])(?P<user>[\w.-]{1,64}):(?P<password>[^\s@/'\"`]{1,200})"
    r"@(?:tcp|udp)\((?P<host>[^):\s]{1,255})"
)
"""https://github.com/go-sql-driver/mysql#dsn-data-source-name"""
_PAIR = re.compile(
    r"(?:^|[\s;?&])(?P<name>password|pwd)\s{0,9}=\s{0,9}(?P<password>'[^']{1,200}'|[^\s;&'\"`]{1,200})", re.I
)
_HOST = re.compile(
    r"(?:^|[\s;])(?:host|server|data source|addr|address)\s{0,9}=\s{0,9}(?:tcp:)?"
    r"(?P<host>[^\s;,:'\"`]{1,255})",
    re.I,
)
_USER = re.compile(
    r"(?:^|[\s;])(?:user|uid|user id|username)\s{0,9}=\s{0,9}(?P<user>[^\s;'\"`]{1,100})", re.I
)
"""libpq's and ODBC's way: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING"""

_MOST_CHARACTERS = 16_384
"""A longer text is a document, and only its beginning is looked at."""
_DECIDED_LATER = re.compile(r"\$[A-Za-z_{(]|\{\{|%[sdvq+#]|<[^>]|\[[a-z_ -]|\{[a-zA-Z_]|#\{|__\w")
_STAND_IN = re.compile(
    r"[xX*.#?_-]+|(?i:your|my|insert|enter|some)[-_ ]?\w*pass\w*|[A-Z_]*(?:PASS|SECRET|TOKEN|PWD)[A-Z_]*"
)
_ANYBODY = frozenset({"user", "username", "usr", "login", "myuser", "youruser"})
_ANY_PASSWORD = frozenset({"pass", "password", "passwd", "pwd", "pw", "secret", "mypassword"})
_NOWHERE = frozenset({"host", "hostname", "server", "address", "addr", "ip", "ipaddress", "domain", "myhost"})
_HERE = frozenset({"localhost", "::1", "[", "0.0.0.0", "host.docker.internal", "host.minikube.internal"})  # noqa: S104
_RESERVED = (".example", ".example.com", ".example.org", ".example.net", ".invalid", ".test", ".localhost")
"""https://www.rfc-editor.org/rfc/rfc2606"""
_WELL_KNOWN = _ANY_PASSWORD | frozenset(
    (
        *("123456", "12345678", "admin", "changeme", "change-me", "change_me", "default", "dev", "docker"),
        *("example", "guest", "minioadmin", "mongo", "mysql", "postgres", "qwerty", "rabbitmq", "redis"),
        *("root", "sa", "test", "toor"),
    )
)


@light_value
class Credentials:
    """A password found in a text. `shown` is the text's beginning without it, fit to be read by anybody."""

    password: str
    shown: str
    host: str
    is_well_known: bool
    """One that everybody tries first: `changeme`, or the user's own name."""


def may_hold_credentials(text: str) -> bool:
    """Whether a text is worth a look: nearly every word of a script is not."""
    return "@" in text or "=" in text


def find_credentials(text: str) -> Credentials | None:
    """The first password of a connection string that is neither a stand-in nor for one's own machine."""
    text = text[:_MOST_CHARACTERS]
    return (_in_address(text) if "@" in text else None) or (_in_pairs(text) if "=" in text else None)


def _in_address(text: str) -> Credentials | None:
    """`scheme://user:password@host`, or MySQL's `user:password@tcp(host)`."""
    for found in _URL.finditer(text):
        head = f"{found['scheme']}://"
        if credentials := _judged(found["user"], found["password"], found["host"], head):
            return credentials
    for found in _MYSQL.finditer(text):
        if credentials := _judged(found["user"], found["password"], found["host"], ""):
            return credentials
    return None


def _in_pairs(text: str) -> Credentials | None:
    password, host, user = _PAIR.search(text), _HOST.search(text), _USER.search(text)
    if not password or not host:
        return None
    name = user["user"] if user else ""
    return _judged(name, password["password"].strip("'"), host["host"], "")


def _judged(user: str, password: str, host: str, head: str) -> Credentials | None:
    if "[" in user or host.startswith("]"):  # `redis://[USER[:PASSWORD]@]HOST` explains the form
        return None
    if any(map(_DECIDED_LATER.search, (user, password, host))) or _STAND_IN.fullmatch(password):
        return None
    if _is_example(user.lower(), password.lower(), host.lower()) or _is_here(host.lower()):
        return None
    is_well_known = password.lower() in _WELL_KNOWN or password.lower() == user.lower()
    return Credentials(password, f"{head}{_plain(user)}:***@{_plain(host)}", host, is_well_known)


def _is_example(user: str, password: str, host: str) -> bool:
    """A text that explains the form."""
    if host in _NOWHERE or f".{host}".endswith(_RESERVED):
        return True
    return user in _ANYBODY and password in _ANY_PASSWORD


def _is_here(host: str) -> bool:
    return host in _HERE or host.startswith(("127.", "[::1", "[::]"))


def _plain(text: str) -> str:
    """Without what could be markup, or another secret."""
    return text if re.fullmatch(r"[\w.+-]{0,80}", text, re.A) else "…"
