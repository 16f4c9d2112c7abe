"""Files that belong together, up to a whole repository, through everything that judges them."""

from __future__ import annotations

from collections.abc import Mapping

import analyzers
from analyzers.files import MemoryFiles
from tests.fuzz.archive import files_of
from tests.fuzz.entry import Entry
from tests.fuzz.grammar import Grammar, load, together

_WORKFLOW = ".github/workflows/a.yml"


def check(files: Mapping[str, bytes]) -> object:
    """What is found in some files. A rule that fails is a failure here."""
    report = analyzers.check(MemoryFiles(files))
    failed = [note.reason for note in report.notes if note.reason.startswith("the rule ")]
    assert not failed, failed
    return report.findings, report.notes


def _archive(name: str, grammar: Grammar) -> Entry:
    return Entry(name, lambda content: check(files_of(content)), grammar, files=files_of)


def _workflow(content: bytes) -> Mapping[str, bytes]:
    return {_WORKFLOW: content}


_REPOSITORY = {
    "Dockerfile": "dockerfile",
    ".dockerignore": "dockerignore",
    "go.mod": "gomod",
    "cmd/a/main.go": "go",
    "internal/b/b.go": "go",
    "entrypoint.sh": "shell",
    _WORKFLOW: "workflow",
    "docker-bake.hcl": "hcl",
    "src/main/java/A.java": "java",
    "src/main/resources/logback.xml": "xml",
    "src/main/resources/application.properties": "properties",
    "": "kustomize",
}

TREES = (
    Entry("workflow", lambda content: check(_workflow(content)), load("workflow"), files=_workflow),
    *(_archive(name, load(name)) for name in ("gitlab", "kustomize", "chart", "compose")),
    _archive("bake", together({"docker-bake.hcl": load("hcl"), "Dockerfile": load("dockerfile")})),
    _archive("repository", together({path: load(name) for path, name in _REPOSITORY.items()})),
)
