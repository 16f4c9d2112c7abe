"""Tokens whose form tells who gave them out: a fixed beginning, a fixed length, often a checksum."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache

from analyzers.parsers.light import light_value

PRIVATE_KEY = "a private key"
_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_MADE_UP = re.compile(r"example|placeholder|dummy|fake|redacted|changeme|x{5}|12345|abcdef|(.)\1{4}", re.I)
_FEWEST_DIFFERENT = 6
_LONG = 200
"""In so many random characters any word may turn up, and keys in PEM form have runs of zeros."""
_KNOWN_TO_ALL = ("Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq",)
"""Azurite's own key: https://learn.microsoft.com/azure/storage/common/storage-use-azurite"""


@light_value
class ProviderToken:
    """What it is in words (`a GitHub token`), and where it stands in the text."""

    kind: str
    start: int
    end: int


@light_value
class _Form:
    """`beginning` is in every token of the form; the last group of `pattern`, or all of it, is the token.

    A pattern is compiled when a text has its beginning, which is rare.
    """

    kind: str
    beginning: str
    pattern: str
    is_sound: Callable[[str], bool] = lambda token: True


def _ends_in_crc(token: str) -> bool:
    """The last six characters are the CRC-32 of the thirty before, in base 62.

    https://github.blog/engineering/behind-githubs-new-authentication-token-formats/
    """
    body = token.partition("_")[2]
    rest, digits = zlib.crc32(body[:-6].encode()), ""
    while rest:
        rest, digit = divmod(rest, 62)
        digits = _BASE62[digit] + digits
    return body[-6:] == digits.rjust(6, "0")


def _form(
    kind: str, beginning: str, rest: str, is_sound: Callable[[str], bool] = lambda token: True
) -> _Form:
    """A token that neither begins nor ends inside a longer word.

    What stands before it is looked at behind its beginning: a pattern that starts with plain text is sought
    at the speed of a plain text.
    """
    plain = re.escape(beginning)
    return _Form(kind, beginning, rf"{plain}(?<![\w-]{plain}){rest}(?![\w-])", is_sound)


_FORMS = (
    *(_form("an AWS access key ID", name, r"[A-Z2-7]{16}") for name in ("AKIA", "ASIA")),
    *(
        _form("a GitHub token", f"gh{letter}_", r"[0-9A-Za-z]{36}", _ends_in_crc)
        for letter in ("p", "o", "u", "s", "r")
    ),
    _form("a GitHub token", "github_pat_", r"[0-9A-Za-z]{22}_[0-9A-Za-z]{59}"),
    *(
        _form("a GitLab token", f"gl{name}-", r"[\w-]{20}(?:[\w-]{7,280}\.[0-9a-z]{2}\.[0-9a-z]{9})?")
        for name in ("pat", "dt", "rt", "ft", "soat")
    ),
    _form("an npm token", "npm_", r"[0-9A-Za-z]{36}", _ends_in_crc),
    _form("a PyPI token", "pypi-AgEIcHlwaS5vcmc", r"[\w-]{50,500}"),
    _form("a Docker Hub token", "dckr_pat_", r"[\w-]{27}"),
    _form("a Slack token", "xoxb-", r"\d{10,13}-\d{10,13}-[0-9A-Za-z]{24}"),
    _form("a Slack token", "xoxp-", r"\d{10,13}-\d{10,13}-\d{10,13}-[0-9a-f]{32}"),
    _form("a Slack webhook", "hooks.slack.com/services/", r"T\w{8,10}/B\w{8,10}/\w{24}"),
    *(_form("a live Stripe key", f"{name}_live_", r"[0-9A-Za-z]{24,99}") for name in ("sk", "rk")),
    _form("a Google API key", "AIza", r"[\w-]{35}"),
    _form("a SendGrid key", "SG.", r"[\w-]{22}\.[\w-]{43}"),
    _form("a DigitalOcean token", "dop_v1_", r"[0-9a-f]{64}"),
    _form("a Vault token", "hvs.", r"[\w-]{90,120}"),
    _form("a Grafana token", "glsa_", r"[0-9A-Za-z]{32}_[0-9a-f]{8}"),
    _form("a Shopify token", "shpat_", r"[0-9a-f]{32}"),
    _form("a Databricks token", "dapi", r"[0-9a-f]{32}"),
    _form("an OpenAI key", "sk-", r"(?:proj-|svcacct-)?[\w-]{20,74}T3BlbkFJ[\w-]{20,74}"),
    _form("an Anthropic key", "sk-ant-api03-", r"[\w-]{93}AA"),
    _Form("an Azure storage key", "AccountKey=", r"AccountKey=([0-9A-Za-z+/]{86}==)"),
    _Form(
        PRIVATE_KEY,
        " KEY-----",
        r"-----BEGIN (?:RSA |EC |DSA |OPENSSH )?PRIVATE KEY-----"
        r"(?:[\s\"'+,>|-]|\\n|\\r){1,40}[0-9A-Za-z+/]{60,80}(?:[\s\"'+,>|-]|\\n|\\r|[0-9A-Za-z+/=]){0,8000}",
    ),
)


def may_hold_token(content: bytes) -> bool:
    """Whether a text is worth a look: it has the beginning of some token."""
    return any(find(content) for find in _searches())


@cache
def _searches() -> tuple[Callable[[bytes], object], ...]:
    """One for all beginnings that begin alike: it takes no longer than a search for one of them."""
    alike: dict[bytes, list[bytes]] = defaultdict(list)
    for form in _FORMS:
        beginning = form.beginning.encode()
        alike[beginning[:2]].append(re.escape(beginning[2:]))
    return tuple(
        re.compile(re.escape(start) + b"(?:" + b"|".join(rests) + b")").search
        for start, rests in alike.items()
    )


def find_tokens(text: str) -> Iterator[ProviderToken]:
    """Every token in a text that is neither an example out of a manual nor made up to look like one."""
    for form in _FORMS:
        if form.beginning in text:
            for found in re.finditer(form.pattern, text):
                group = found.re.groups
                if form.is_sound(found[group]) and not _is_made_up(found[group], form.beginning):
                    yield ProviderToken(form.kind, found.start(group), found.end(group))


def _is_made_up(token: str, beginning: str) -> bool:
    body = token.removeprefix(beginning)
    is_known = any(known in body for known in _KNOWN_TO_ALL)
    has_words = len(body) < _LONG and _MADE_UP.search(body) is not None
    return is_known or has_words or len(set(body)) < _FEWEST_DIFFERENT
