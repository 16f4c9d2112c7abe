"""How far our reading agrees with BuildKit's, and how many Helm templates are read."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from analyzers.parsers.helm import parse_template
from analyzers.parsers.problem import Unreadable
from analyzers.selection import is_dockerfile
from tests.analyzers.parsers.dockerfile_rows import rows
from tests.bench.parsing import is_template

Row = tuple[str, str]
_ORACLE = Path(__file__).parents[1] / "analyzers/parsers/dockerfile_oracle.py"
_WORKLOADS = ("kind: Deployment", "kind: StatefulSet", "kind: DaemonSet", "kind: Job", "kind: CronJob")


def agreement(corpus: Mapping[str, bytes]) -> Iterator[Row]:
    """Instruction by instruction, with lines, flags, JSON and heredocs."""
    texts = dict.fromkeys(filter(None, (_text(corpus[path]) for path in corpus if is_dockerfile(path))))
    if importlib.util.find_spec("dockerfile") is None:
        yield "read like BuildKit", "not compared: the package dockerfile 3.4.0 is not installed"
    elif texts:
        same, refused = _compare(list(texts))
        yield "read like BuildKit", f"{same} of {len(texts) - refused} texts; {refused} it refuses"


def _compare(texts: list[str]) -> tuple[int, int]:
    answer = subprocess.run(
        [sys.executable, str(_ORACLE)], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    theirs = json.loads(answer.stdout)
    pairs = [(text, expected) for text, expected in zip(texts, theirs, strict=True) if expected is not None]
    return sum(rows(text) == expected for text, expected in pairs), len(texts) - len(pairs)


def templates(corpus: Mapping[str, bytes]) -> Iterator[Row]:
    """The share of templates with actions in them that are read."""
    texts = [
        text
        for path, content in corpus.items()
        if is_template(path) and not path.endswith(".tpl") and (text := _text(content)) and "{{" in text
    ]
    workloads = [text for text in texts if any(kind in text for kind in _WORKLOADS)]
    for name, chosen in (("Helm templates read", texts), ("Helm templates of workloads read", workloads)):
        if chosen:
            read = sum(map(_is_read, chosen))
            yield name, f"{read} of {len(chosen)} ({100 * read / len(chosen):.1f}%)"


def _is_read(text: str) -> bool:
    try:
        parse_template(text)
    except Unreadable:
        return False
    return True


def _text(content: bytes) -> str | None:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
