"""What went wrong with an input: named, made small, kept once."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from time import monotonic

from tests.fuzz.properties import Broken

_MINIMISING_SECONDS = 20.0


def signature(failure: BaseException) -> str:
    """The same for every input that fails alike: the kind, and the line of ours that raised."""
    if isinstance(failure, Broken):
        return failure.kind
    frames = [frame for frame in traceback.extract_tb(failure.__traceback__) if "analyzers" in frame.filename]
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "elsewhere"
    return f"{type(failure).__name__} at {where}"


def minimised(content: bytes, fails: Callable[[bytes], bool]) -> bytes:
    """A smaller input that still fails, by leaving out ever shorter stretches, for a limited time."""
    deadline = monotonic() + _MINIMISING_SECONDS
    width = len(content) // 2
    while width:
        at = 0
        while at < len(content) and monotonic() < deadline:
            shorter = content[:at] + content[at + width :]
            if fails(shorter):
                content = shorter
            else:
                at += width
        width //= 2
    return content


class Findings:
    """Keeps the smallest input of each signature in a folder, with what it led to beside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)

    def __len__(self) -> int:
        return len(self._known)

    def keep(
        self, failure: BaseException, content: bytes, fails: Callable[[bytes], BaseException | None]
    ) -> None:
        """Keep an input whose signature is new."""
        name = signature(failure)
        if name in self._known:
            return
        self._known.add(name)
        small = minimised(
            content, lambda tried: (found := fails(tried)) is not None and signature(found) == name
        )
        stem = self._folder / sha256(name.encode()).hexdigest()[:12]
        stem.with_suffix(".input").write_bytes(small)
        stem.with_suffix(".txt").write_text(f"{name}\n{failure}\n", encoding="utf-8")
