"""Reads environment variables one by one and remembers everything that was wrong with them.

An empty variable counts as unset, so that a copied `.env.example` changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

_NEAR = 0.82
"""High enough that the many GITHUB_* names of Actions are taken for what they are."""
_OTHERS = frozenset({"GITHUB_TOKEN"})
"""Near all the same, and set by many tools."""


@dataclass
class Environment:
    """What was read, and the `problems` met on the way. A problem names its variable."""

    values: Mapping[str, str]
    problems: list[str] = field(default_factory=list)

    def text(self, name: str, default: str = "") -> str:
        return self.values.get(name, "").strip() or default

    def secret(self, name: str) -> str:
        """The variable, or the contents of the file that its `_FILE` twin names."""
        path = self.text(f"{name}_FILE")
        if not path:
            return self.text(name)
        if self.text(name):
            self.problems.append(f"{name} and {name}_FILE are both set; keep one")
        try:
            content = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as reason:
            self.problems.append(f"{name}_FILE cannot be read: {reason}")
            return ""
        if not content:
            self.problems.append(f"{name}_FILE: {path} is empty")
        return content

    def secrets(self, name: str) -> tuple[str, ...]:
        """Several values separated by commas, the way to rotate a secret."""
        content = self.secret(name)
        parts = tuple(part.strip() for part in content.split(",") if part.strip())
        if content and not parts:
            self.problems.append(f"{name} holds commas, but no value between them")
        return parts

    def is_set(self, name: str) -> bool:
        return bool(self.text(name) or self.text(f"{name}_FILE"))

    def integer(self, name: str, default: int, low: int, high: int) -> int:
        return int(self.number(name, default, low, high, whole=True))

    def number(self, name: str, default: float, low: float, high: float, *, whole: bool = False) -> float:
        raw = self.text(name)
        if not raw:
            return default
        try:
            value = int(raw) if whole else float(raw)
        except ValueError:
            value = float("nan")
        if low <= value <= high:
            return value
        kind = "a whole number" if whole else "a number"
        self.problems.append(f"{name} must be {kind} from {low} to {high}, not {raw!r}")
        return default

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        value = self.text(name, default).lower()
        if value in choices:
            return value
        self.problems.append(f"{name} must be one of {', '.join(choices)}, not {value!r}")
        return default

    def slug(self, name: str, default: str) -> str:
        """A short name of letters, digits, dots and dashes."""
        value = self.text(name, default)
        if re.fullmatch(r"[A-Za-z0-9._-]{1,64}", value):
            return value
        self.problems.append(f"{name} may have letters, digits, dots, dashes and underscores, not {value!r}")
        return default

    def address(self, name: str, default: str = "") -> str:
        """An http(s) address without a slash at its end."""
        value = self.text(name, default)
        if value and not value.startswith(("https://", "http://")):
            self.problems.append(f"{name} must begin with https:// or http://, not {value!r}")
            return default
        return value.rstrip("/")

    def near_misses(self, known: Iterable[str]) -> tuple[str, ...]:
        """A line for every variable that is probably a misspelt setting."""
        names = set(known)
        candidates = [name for name in names if "_" in name]
        lines = []
        for name in sorted(self.values.keys() - names - _OTHERS):
            twin = name.removesuffix("_PATH") + "_FILE"
            match = [twin] if twin in names else get_close_matches(name, candidates, n=1, cutoff=_NEAR)
            if match:
                lines.append(f"{name} is no setting of Shipworthy. Did you mean {match[0]}?")
        return tuple(lines)
