"""The lines that a finding flags, told apart by their text."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from analyzers.finding import Finding
from analyzers.fingerprint import normalise
from bot.review.placement import last_line


def digest_lines(finding: Finding, sources: Mapping[str, str]) -> str:
    """A 16-digit name for their text, whatever its white space; empty where the text is not known.

    `sources` are texts without their secrets, so no digest tells one.
    """
    lines = sources.get(finding.at.path, "").split("\n")
    text = normalise("\n".join(lines[finding.at.line - 1 : last_line(finding.at)]))
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16] if text else ""
