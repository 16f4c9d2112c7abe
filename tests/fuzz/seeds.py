"""Texts to begin from: the files of our rules' cases and of the demonstration, by the entry they are for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from analyzers.selection import is_dockerfile, is_go_source, is_yaml
from bot.demo.content import MISTAKES, healthy_files, with_mistakes
from tests.casebook import read_cases

_ROOT = Path(__file__).parents[2]
_BELONGS: dict[str, Callable[[str], bool]] = {
    "dockerfile": is_dockerfile,
    "dockerignore": lambda path: path.endswith(".dockerignore"),
    "yaml": is_yaml,
    "template": lambda path: "/templates/" in path,
    "gomod": lambda path: path.endswith(("go.mod", "go.work")),
    "xml": lambda path: path.endswith(".xml"),
    "properties": lambda path: path.endswith(".properties"),
    "settings": lambda path: path == ".shipworthy.yaml",
    "go": is_go_source,
    "shell": lambda path: path.endswith(".sh"),
    "java": lambda path: path.endswith(".java"),
    "workflow": lambda path: path.startswith(".github/workflows/"),
}
_TREE_HAS: dict[str, Callable[[str], bool]] = {
    "gitlab": lambda path: path == ".gitlab-ci.yml",
    "kustomize": lambda path: "kustomization.y" in path,
    "chart": lambda path: path.endswith("Chart.yaml"),
    "compose": lambda path: "compose." in path,
    "bake": lambda path: path.endswith(".hcl"),
    "repository": bool,
}


def seeds_of(name: str) -> tuple[str, ...]:
    """What we wrote for an entry, each text once."""
    if belongs := _BELONGS.get(name):
        found = [text for files in _trees() for path, text in files.items() if belongs(path)]
    elif has := _TREE_HAS.get(name):
        found = [_archive(files) for files in _trees() if any(map(has, files))]
    else:
        found = []
    return tuple(dict.fromkeys(found))


@cache
def _trees() -> tuple[Mapping[str, str], ...]:
    return tuple(_read_trees())


def _read_trees() -> Iterator[Mapping[str, str]]:
    healthy = healthy_files()
    yield healthy
    yield with_mistakes(healthy, MISTAKES)
    for page in (*(_ROOT / "analyzers/rules").rglob("*.md"), *(_ROOT / "tests/rules").glob("*.md")):
        for case in read_cases(page):
            yield case.files


def _archive(files: Mapping[str, str]) -> str:
    return "".join(f"-- {path} --\n{text}" for path, text in files.items())
