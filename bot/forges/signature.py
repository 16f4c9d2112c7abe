"""Whether a delivery was signed by somebody who knows our secret."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from bot.errors import Rejected

_SCHEME = "sha256="


def verify(body: bytes, signature_header: str | None, secrets: Iterable[str]) -> None:
    """Check `X-Hub-Signature-256` over the raw body, as GitHub computes it. Any of the secrets will do.

    Takes the same time whichever secret fits. Raises Rejected.
    https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
    """
    if not signature_header:
        raise Rejected("the delivery is not signed")
    given = signature_header.strip().encode("utf-8", "replace")
    fits = [hmac.compare_digest(given, sign(body, secret).encode()) for secret in secrets if secret]
    if not any(fits):
        raise Rejected("the signature does not fit")


def sign(body: bytes, secret: str) -> str:
    """The header value a sender who knows the secret would put."""
    return _SCHEME + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
