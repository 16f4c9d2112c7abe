"""One entry for some seconds: `python -m tests.fuzz.session NAME SECONDS FOLDER`.

With atheris installed its coverage leads; without, hypothesis alone makes the bytes.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any
from zlib import crc32

_BETWEEN_REPORTS = 5.0
_THOROUGHLY = 4
"""One input in so many is read again, with other line ends, and so on."""


class Session:
    """Counts what was tried and keeps what failed."""

    def __init__(self, name: str, folder: Path) -> None:
        from tests.fuzz.entries import ENTRIES
        from tests.fuzz.finding import Findings

        self.entry = ENTRIES[name]
        self._findings = Findings(folder / "findings")
        self._figures = folder / "figures.json"
        self._tried = self._read = self._bytes = 0
        self._started = self._reported = monotonic()

    def take(self, data: bytes) -> None:
        """Try the input that some bytes stand for."""
        from tests.fuzz.recipe import cook

        content = cook(self.entry, data)
        self._tried += 1
        self._bytes += len(content)
        failure = self._try(content)
        if failure is not None:
            self._findings.keep(failure, content, self._fails)
        if monotonic() - self._reported > _BETWEEN_REPORTS:
            self.report()

    def _try(self, content: bytes) -> BaseException | None:
        from tests.fuzz.properties import examine

        try:
            self._read += examine(self.entry, content, thoroughly=crc32(content) % _THOROUGHLY == 0)
        except Exception as failure:
            return failure
        return None

    def _fails(self, content: bytes) -> BaseException | None:
        from tests.fuzz.properties import examine

        try:
            examine(self.entry, content)
        except Exception as failure:
            return failure
        return None

    def report(self) -> None:
        """Write down how far it is."""
        self._reported = monotonic()
        figures = {
            "seconds": round(self._reported - self._started),
            "inputs": self._tried,
            "read": self._read,
            "bytes": self._bytes,
            "findings": len(self._findings),
        }
        self._figures.write_text(json.dumps(figures))


def run_hypothesis(take: Callable[[bytes], None], seconds: float) -> None:
    """Bytes from hypothesis until the time is over."""
    from hypothesis import HealthCheck, Phase, given, seed, settings
    from hypothesis import strategies as st

    sizes = st.sampled_from([4, 40, 200, 1000])
    data = sizes.flatmap(lambda size: st.binary(min_size=size, max_size=2 * size))
    profile = settings(
        max_examples=500,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    deadline, number = monotonic() + seconds, 0
    while monotonic() < deadline:
        number += 1

        @seed(number)
        @profile
        @given(data)
        def batch(drawn: bytes) -> None:
            if monotonic() < deadline:
                take(drawn)

        batch()


def run_atheris(atheris: Any, session: Session, seconds: float, folder: Path) -> None:
    """Coverage leads. Ends the process."""
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for number, seed in enumerate(session.entry.seeds):
        (corpus / f"seed-{number}").write_bytes(b"\0" + seed.encode())
    for mode in range(1, 32):
        (corpus / f"mode-{mode}").write_bytes(bytes([mode]) + bytes(range(0, 250, 7)) * (mode % 4 + 1))
    words = folder / "dictionary"
    words.write_text("".join(f'"{_escaped(token)}"\n' for token in session.entry.grammar.tokens))
    options = [
        f"-max_total_time={int(seconds)}",
        f"-artifact_prefix={folder}/ended-",
        f"-dict={words}",
        *("-timeout=30", "-rss_limit_mb=1500", "-max_len=16384", "-verbosity=0", "-print_final_stats=1"),
        str(corpus),
    ]
    atheris.Setup([sys.argv[0], *options], session.take)
    atheris.Fuzz()


def _escaped(token: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in token.encode())


def main(name: str, seconds: float, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    atheris = None
    with contextlib.suppress(ImportError):
        atheris = importlib.import_module("atheris")
    if atheris is None:
        session = Session(name, folder)
        run_hypothesis(session.take, seconds)
        session.report()
        return
    with atheris.instrument_imports(include=["analyzers"]):
        importlib.import_module("analyzers")
        session = Session(name, folder)
    run_hypothesis(session.take, seconds / 4)
    run_atheris(atheris, session, seconds * 3 / 4, folder)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), Path(sys.argv[3]))
