"""The hidden last line of each comment of ours, by which a later review knows it again."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OURS = "<!-- shipworthy:"
_MARKER = re.compile(
    r"<!-- shipworthy:v1 (?P<state>fp|was)=(?P<fingerprint>[0-9a-f]{8,64}) rule=(?P<rule>[a-z0-9-]{1,80}) "
    r"sha=(?P<head>[0-9a-f]{7,64}) -->"
)
_UNSAFE = re.compile(r"[^A-Za-z0-9.]+")


@dataclass(frozen=True, slots=True)
class Marker:
    """Which finding a comment is about, and the commit it was written for."""

    fingerprint: str
    rule: str
    head: str


def marker(fingerprint: str, rule: str, head: str) -> str:
    """The line to end a comment with."""
    return f"<!-- shipworthy:v1 fp={fingerprint} rule={rule} sha={head} -->"


def settled_marker(found: Marker) -> str:
    """The line to end it with once its matter is settled: it speaks of no finding any more."""
    return f"<!-- shipworthy:v1 was={found.fingerprint} rule={found.rule} sha={found.head} -->"


def answer_marker(request: str) -> str:
    """The line to end an answer with. `request` names what is answered, whatever it is made of."""
    return f"<!-- shipworthy:v1 answer={_UNSAFE.sub('-', request)[:100].strip('-')} -->"


def read_marker(body: str) -> Marker | None:
    """The marker of a comment that is not settled, None where there is none in good form.

    Only the last line counts: text of a change that we quote can never be there. Whether the
    comment is ours at all is for the forge to say.
    """
    found = _find(body)
    return _marker(found) if found and found["state"] == "fp" else None


def read_any_marker(body: str) -> Marker | None:
    """As `read_marker`, but settled or not."""
    found = _find(body)
    return _marker(found) if found else None


def _find(body: str) -> re.Match[str] | None:
    return _MARKER.fullmatch(_last_line(body))


def _marker(found: re.Match[str]) -> Marker:
    return Marker(found["fingerprint"], found["rule"], found["head"])


def is_marked(body: str) -> bool:
    """Whether a text ends with a hidden line of ours, whatever it says."""
    return _last_line(body).startswith(_OURS)


def _last_line(body: str) -> str:
    return body.rstrip()[-300:].rpartition("\n")[2].strip()
