"""Kubernetes quantities as numbers.

Grammar: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
"""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, Decimal

_QUANTITY = re.compile(
    r"\+?(?P<number>[0-9]{1,20}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})"
    r"(?P<suffix>[EPTGMK]i|[numkMGTPE]|[eE][+-]?[0-9]{1,2})?"
)
_BINARY = {
    suffix: Decimal(1024) ** power for power, suffix in enumerate(("Ki", "Mi", "Gi", "Ti", "Pi", "Ei"), 1)
}
_DECIMAL = {suffix: Decimal(1000) ** power for power, suffix in enumerate("num kMGTPE", -3) if suffix != " "}
_FACTORS = _BINARY | _DECIMAL


def bytes_of(quantity: str) -> int | None:
    """An amount of memory in bytes, rounded up; None for what Kubernetes refuses."""
    amount = _amount(quantity)
    return None if amount is None else int(amount.to_integral_value(ROUND_CEILING))


def cores_of(quantity: str) -> float | None:
    """An amount of CPU in cores, rounded up to a thousandth; None for what Kubernetes refuses."""
    amount = _amount(quantity)
    return None if amount is None else float((amount * 1000).to_integral_value(ROUND_CEILING) / 1000)


def _amount(quantity: str) -> Decimal | None:
    found = _QUANTITY.fullmatch(quantity.strip())
    if not found:
        return None
    suffix = found["suffix"] or ""
    if suffix[:1] in ("e", "E") and suffix[1:] and suffix != "Ei":
        return Decimal(found["number"] + suffix)
    return Decimal(found["number"]) * _FACTORS.get(suffix, Decimal(1))
