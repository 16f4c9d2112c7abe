"""What is measured: a folder named on the command line, or the demonstration's service many times over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from analyzers.files import DirectoryFiles
from analyzers.selection import select
from bot.demo.content import MISTAKES, healthy_files, with_mistakes

SERVICES = 60


def own_corpus() -> dict[str, bytes]:
    """A monorepo of services, every second one with mistakes."""
    healthy = healthy_files()
    mistaken = with_mistakes(healthy, MISTAKES)
    return {
        f"services/s{number:02}/{path}": text.encode()
        for number in range(SERVICES)
        for path, text in (mistaken if number % 2 else healthy).items()
    }


def folders_corpus(folders: Sequence[Path]) -> Mapping[str, bytes]:
    """What would be analysed of each folder, below the folder's name."""
    corpus: dict[str, bytes] = {}
    for folder in folders:
        files = DirectoryFiles(folder)
        chosen = files.read(select(files.tree).paths)
        corpus |= {f"{folder.name}/{path}": content for path, content in chosen.items()}
    return corpus
