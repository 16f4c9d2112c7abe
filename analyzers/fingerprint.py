"""What makes a finding the same finding after lines have moved."""

from __future__ import annotations

import hashlib


def fingerprint(rule: str, path: str, evidence: str, ordinal: int) -> str:
    """A 16-digit name for a finding: no line number, no language, no version of ours in it.

    `ordinal` counts equal evidence of one rule in one file, from 0, from the top.
    """
    text = "\0".join((rule, path, normalise(evidence), str(ordinal)))
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def normalise(evidence: str) -> str:
    """Evidence without what an editor changes in passing: white space."""
    return " ".join(evidence.split())
