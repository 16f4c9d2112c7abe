"""Deliveries as GitHub sends them, cut to what is read, and ways to damage them."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from bot.forges.base import ChangeRef

PAYLOADS = Path(__file__).parent.parent / "payloads" / "github"
OWN_APP = 77
CHANGE = ChangeRef("github", "acme/shop", 7, "9")
REPOSITORY = ChangeRef("github", "acme/shop", 0, "9")
INSTALLATION = ChangeRef("github", "", 0, "9")
HEAD, BASE, TRIAL = "1" * 40, "2" * 40, "5" * 40
QUEUED = ChangeRef("github", "acme/shop", 7, "9", base=BASE, head=TRIAL, is_queued=True)


def payload(file: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((PAYLOADS / f"{file}.json").read_text(encoding="utf-8"))
    return read


def event(file: str) -> str:
    return file.split(".", maxsplit=1)[0]


def damaged(file: str, path: str, *value: Any) -> dict[str, Any]:
    """The payload with another value at a place, or without the place where none is given."""
    whole = copy.deepcopy(payload(file))
    *parents, last = (int(step) if step.isdecimal() else step for step in path.split("."))
    place: Any = whole
    for parent in parents:
        place = place[parent]
    if value:
        place[last] = value[0]
    else:
        del place[last]
    return whole
