"""Parsers, rules and the whole command."""

from __future__ import annotations

import gc
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from analyzers.config import Config
from analyzers.engine import judge
from analyzers.files import Blob, MemoryFiles
from analyzers.model.repository import Repository
from analyzers.selection import select
from analyzers.sources import ParseCache, Sources, new_cache

Row = tuple[str, str]


def rules(corpus: Mapping[str, bytes]) -> Iterator[Row]:
    """What the model and all rules cost beside parsing the same files, in processor time."""
    # Each by an id of its own, for copies are parsed once.
    files, cache = MemoryFiles(corpus, {path: Blob(path, len(corpus[path])) for path in corpus}), new_cache()
    gc.disable()  # as `check` does
    cold, _ = _read(files, cache)
    warm, repository = _read(files, cache)
    started = time.thread_time()
    judge(repository, Config())
    judged = time.thread_time() - started
    gc.enable()
    parsed = max(cold - warm, 1e-9)
    yield "all rules / parsing the same files", f"{judged / parsed:.2f} ({judged:.2f} s / {parsed:.2f} s)"
    yield "the model / parsing the same files", f"{warm / parsed:.2f} ({warm:.2f} s / {parsed:.2f} s)"


def _read(files: MemoryFiles, cache: ParseCache) -> tuple[float, Repository]:
    """With everything parsed before, the model alone takes time."""
    started = time.thread_time()
    repository = Repository.read(Sources(files, select(files.tree).paths, cache))
    return time.thread_time() - started, repository


def whole_process(corpus: Mapping[str, bytes]) -> Iterator[Row]:
    """The command on everything and on a one-file change, beside a Python that only starts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, content in corpus.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        start, _ = _run([sys.executable, "-c", "pass"], folder)
        command = [sys.executable, "-m", "bot", "check", "--exit-zero", "--format", "concise"]
        _run([*command, "--help"], folder)
        whole, peak = _run(command, folder)
        yield (
            "check, whole process / python that only starts",
            f"{whole / start:.1f} ({whole:.2f} s, {peak} MB at most)",
        )
        _commit_change(folder)
        one, _ = _run([*command, "--diff", "HEAD"], folder)
        yield "check --diff, one file changed / whole check", f"{one / whole:.2f} ({one:.2f} s)"


def _run(command: list[str], folder: Path) -> tuple[float, int]:
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=True, env=installed())
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return time.perf_counter() - started, peak


def installed() -> dict[str, str]:
    """The environment of a process of ours, which keeps its bytecode as an installed package does."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(Path(__file__).parents[2])}


def _commit_change(folder: Path) -> None:
    identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.com"]
    for arguments in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-q", "-m", "all"]):
        subprocess.run(["git", *arguments], cwd=folder, check=True)
    path = next(path for path in sorted(folder.rglob("Dockerfile*")))
    path.write_text(path.read_text() + "\nLABEL a=b\n")
