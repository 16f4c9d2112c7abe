"""GitLab's headers: a secret in plain words, or a signature as https://www.standardwebhooks.com describes.

https://docs.gitlab.com/user/project/integrations/webhooks/
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.errors import Malformed, Rejected
from bot.forges.envelope import Envelope, Headers

TOLERANCE_SECONDS = 300
"""How far a signed delivery's time may be from ours, before or after."""

_EVENT = re.compile(r"[A-Za-z][A-Za-z ]{0,62} Hook")
_GUID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_PREFIX = "whsec_"


@dataclass(frozen=True, slots=True)
class GitlabSecrets:
    """What a sender may prove itself with; any of them will do. `signing` are keys as GitLab shows them."""

    tokens: Sequence[str] = ()
    signing: Sequence[str] = ()


def open_gitlab(
    headers: Headers, body: bytes, *, secrets: GitlabSecrets, now: Callable[[], float]
) -> Envelope:
    """Raises Rejected for a wrong secret or signature, Malformed where no event is named.

    A signature counts alone: what is signed wrongly is not let in by a token beside it.
    """
    if secrets.signing and headers.get("webhook-signature", ""):
        _verify_signature(headers, body, secrets.signing, now())
    else:
        _verify_token(headers.get("X-Gitlab-Token", ""), secrets.tokens)
    event = headers.get("X-Gitlab-Event", "")
    if not _EVENT.fullmatch(event):
        raise Malformed("X-Gitlab-Event is missing or no event's name")
    return Envelope(event.removesuffix(" Hook").lower().replace(" ", "_"), _guid(headers, body))


def sign_gitlab(guid: str, timestamp: int, body: bytes, key: str) -> str:
    """The header `webhook-signature` that a sender who knows the key would put."""
    signed = f"{guid}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(_key(key), signed, hashlib.sha256).digest()).decode()


def is_signing_key(text: str) -> bool:
    """Whether `sign_gitlab` can work with it."""
    try:
        return bool(_key(text))
    except ValueError:
        return False


def _verify_token(given: str, tokens: Sequence[str]) -> None:
    if not given:
        raise Rejected("X-Gitlab-Token is missing")
    word = given.encode("utf-8", "replace")
    fits = [hmac.compare_digest(word, token.encode()) for token in tokens if token]
    if not any(fits):
        raise Rejected("X-Gitlab-Token does not fit")


def _verify_signature(headers: Headers, body: bytes, keys: Sequence[str], now: float) -> None:
    guid, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not stamp.isascii() or not stamp.isdecimal() or len(stamp) > 12:
        raise Rejected("webhook-timestamp is missing or no time")
    if abs(now - int(stamp)) > TOLERANCE_SECONDS:
        raise Rejected("the delivery was signed too long ago, or our clock is wrong")
    given = headers.get("webhook-signature", "").encode("utf-8", "replace").split()
    expected = [sign_gitlab(guid, int(stamp), body, key).encode() for key in keys]
    fits = [hmac.compare_digest(one, own) for one in given for own in expected]
    if not any(fits):
        raise Rejected("the signature does not fit")


def _key(text: str) -> bytes:
    try:
        return base64.b64decode(text.removeprefix(_PREFIX), validate=True)
    except binascii.Error as problem:
        raise ValueError("no base64") from problem


def _guid(headers: Headers, body: bytes) -> str:
    """The key that stays when GitLab repeats itself. An event's UUID is shared by the hooks it sets off."""
    for name in ("webhook-id", "Idempotency-Key"):
        if _GUID.fullmatch(key := headers.get(name, "")):
            return key
    event = headers.get("X-Gitlab-Event-UUID", "")
    digest = hashlib.sha256(body).hexdigest()[:24]
    return f"{event}-{digest}" if _GUID.fullmatch(event) else f"body-{digest}"
