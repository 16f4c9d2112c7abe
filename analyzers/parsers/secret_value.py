"""Whether a setting holds a secret in clear text, judged by its name and, above all, by its value."""

from __future__ import annotations

import re
from typing import Literal

from analyzers.parsers.placeholder import is_known

Clearness = Literal["secret", "well-known", ""]
"""A secret, a password that everybody tries first, or nothing to worry about."""

_WORD_ENDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[-.\s]+")
_PASSWORD = re.compile(r"(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|PW)$|(?<=[A-Z])PASSWORD$")
_KEY = re.compile(
    r"(?:^|_)(?:SECRET|TOKEN|APIKEY|API_KEY|SECRET_KEY|SECRET_ACCESS_KEY|PRIVATE_KEY|SIGNING_KEY"
    r"|ENCRYPTION_KEY|MASTER_KEY|AUTH_KEY|ACCOUNT_KEY|STORAGE_KEY|WEBHOOK_KEY|CREDENTIAL|SALT|HMAC_KEY|JWT_KEY)$"
)
"""A name asks for a secret where it ends in one: with `_FILE`, `_PATH`, `_NAME`, `_URL` and the like behind
it, it asks for something else."""
_NO_SECRET_NAME = re.compile(
    r"(?:^|_)(?:PUBLIC|MAX|MIN|NUM|USE|ENABLE|DISABLE|REQUIRE|ALLOW|NO|SKIP|HAS|IS)_"
)
_WORKING_DIRECTORY = frozenset({"PWD", "OLDPWD"})
_MOST_CHARACTERS = 1_000
"""More of a value says nothing new."""
_FEWEST_CHARACTERS = 8
"""Of a token or key: what is shorter is a word, a number or a switch."""

_REFERENCE = re.compile(
    r"^(?:file|vault|op|ref\+\w+|awssm|awsps|gcpsm|gcp|azkv|arn|secretsmanager|ssm|sm|env|secret|projects|akv"
    r"|doppler|infisical|https?|bao|conjur|keyvault|bws)[:/]|^<[^>]+>$|^ENC\[|^\$ANSIBLE_VAULT|^\(|^@|^!"
)
"""Where the secret is to be fetched from, or the secret encrypted."""
_PATH = re.compile(r"^\.{0,2}/|^~/|^[A-Za-z]:\\|\.(?:pem|key|crt|txt|json|ya?ml|env|jwt|p12|pfx)$")
_LATER = re.compile(r"\$\w|%[sdv(]|<[^>]+>|__\w+__|#\{|\[\[|\{\w")
_STAND_IN = re.compile(
    r"[xX*.#?_-]+|\.\.\.|(?i:none|null|nil|true|false|yes|no|on|off|todo|tbd|tba|fixme|empty|unset|undefined|unused"
    r"|optional|required|string|value|redacted|placeholder|example|dummy|fake|auto|random|generated?)"
    r"|(?i:(?:your|the)[-_ ]?\w*(?:pass(?:word)?|secret|token|key))"
    r"|(?i:.*(?:your|replace|insert|enter|fill|put|set|provide|add)[-_ ].*)"
    r"|(?i:.*(?:x{4}|placeholder|redacted|example|dummy|fake|not[-_ ]?used|to[-_ ]be[-_ ]).*)"
)
_SWITCH = re.compile(r"\d{1,2}")
_WELL_KNOWN = re.compile(
    r"(?i:.{0,20}change[-_ ]?(?:me|this|it).{0,20}|admin\d{0,4}|root|toor|sa|guest|user|default|dev|demo"
    r"|test(?:ing)?\d{0,4}|pass\d{0,4}|passw(?:or)?d\d{0,4}!?|p@ssw0rd|qwerty|letmein|\d{3,9}|foo|bar|token|key"
    r"|(?:my|super)?[-_ ]?secret(?:[-_]?(?:key|token))?\d{0,4}|postgres|mysql|mongo|redis|rabbit(?:mq)?"
    r"|minio(?:admin|123)?|docker|local)"
)


def clearness_of(name: str, value: str) -> Clearness:
    """What a value is where it stands behind a name. Names alone never decide."""
    plain = _WORD_ENDS.sub("_", name.strip()).upper()
    if plain in _WORKING_DIRECTORY or _NO_SECRET_NAME.search(plain) or is_decided_elsewhere(value):
        return ""
    if _PASSWORD.search(plain) and not _SWITCH.fullmatch(value):
        return "well-known" if _is_well_known(value, plain) else "secret"
    if _KEY.search(plain):
        return _clearness_of_key(value, plain)
    return ""


def is_decided_elsewhere(value: str) -> bool:
    """Empty, a template or stand-in, a path, or a reference to where the secret is kept."""
    text = value[:_MOST_CHARACTERS].strip()
    if not text or not is_known(text) or _LATER.search(text) or _STAND_IN.fullmatch(text):
        return True
    return bool(_REFERENCE.search(text) or _PATH.search(text))


def asks_for_secret(name: str) -> bool:
    """Whether a name is one of a secret: `DB_PASSWORD`, `githubToken`, not `TOKEN_URL`."""
    plain = _WORD_ENDS.sub("_", name.strip()).upper()
    is_open = plain in _WORKING_DIRECTORY or _NO_SECRET_NAME.search(plain)
    return not is_open and bool(_PASSWORD.search(plain) or _KEY.search(plain))


def _clearness_of_key(value: str, name: str) -> Clearness:
    if _is_well_known(value, name):
        return "well-known" if not value.isdigit() else ""
    is_long = len(value) >= _FEWEST_CHARACTERS and " " not in value.strip()
    return "secret" if is_long and not _is_made_of_words(value) else ""


def _is_made_of_words(value: str) -> bool:
    """The name of something: `orders-tls`, `X-Request-Token`."""
    parts = filter(None, re.split(r"[-_.:/]+", value))
    return all(part.isalpha() and (part.islower() or part.isupper() or part.istitle()) for part in parts)


def _is_well_known(value: str, name: str) -> bool:
    """Also the name's own words: `orders` for ORDERS_PASSWORD."""
    plain = value.upper().replace("-", "_")
    return bool(_WELL_KNOWN.fullmatch(value)) or plain == name or plain in name.split("_")
