"""What the trees of one review share, and what each must make for itself."""

from __future__ import annotations

import pytest

from analyzers.files import MemoryFiles
from analyzers.model.repository import Repository
from analyzers.selection import select
from analyzers.sharing import Shared
from analyzers.sources import Sources, new_cache

MAIN = 'package main\n\nimport "net/http"\n\nfunc main() {\n\thttp.ListenAndServe(":%d", nil)\n}\n'
BASE = {
    "go.mod": "module shop\n\ngo 1.24\n",
    "cmd/orders/main.go": MAIN % 8080,
    "cmd/billing/main.go": MAIN % 8081,
    "cmd/billing/Dockerfile": 'FROM golang:1.24\nCOPY . .\nRUN go build -o /a ./cmd/billing\nCMD ["/a"]\n',
    "cmd/orders/Dockerfile": 'FROM golang:1.24\nCOPY . .\nRUN go build -o /a ./cmd/orders\nCMD ["/a"]\n',
    "deploy/app.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80}]}\n",
    ".github/workflows/ci.yaml": "on: push\njobs: {test: {steps: [{run: go test ./...}]}}\n",
}


def two(changes: dict[str, str]) -> tuple[Repository, Repository]:
    """The base, and the base with changes, read as a review reads them."""
    shared, cache = Shared(), new_cache()
    trees = MemoryFiles(BASE), MemoryFiles({**BASE, **changes})
    found = [
        Repository.read(Sources(files, select(files.tree).paths, cache, changes.keys(), shared))
        for files in trees
    ]
    return found[0], found[1]


def test_a_dockerfile_changes_its_image_alone() -> None:
    base, head = two({"cmd/orders/Dockerfile": 'FROM golang:1.25\nCMD ["/a"]\n'})
    assert head.programs is base.programs
    assert head.manifests is base.manifests
    assert head.pipelines is base.pipelines
    by_path = {image.path: image for image in head.images}
    for image in base.images:
        assert (by_path[image.path] is image) is (image.path != "cmd/orders/Dockerfile")
    assert by_path["cmd/orders/Dockerfile"].stages[0].base.value.text == "golang:1.25"


def test_a_program_is_read_anew_where_its_code_is_another() -> None:
    base, head = two({"cmd/orders/main.go": MAIN % 9090})
    ports = {program.name: [listen.port for listen in program.listens] for program in head.programs}
    assert ports == {"billing": [8081], "orders": [9090]}
    same = {
        program.name for program, other in zip(head.programs, base.programs, strict=True) if program is other
    }
    assert same == {"billing"}


def test_a_module_is_part_of_its_programs() -> None:
    base, head = two({"go.mod": "module shop\n\ngo 1.25\n"})
    assert {program.module.go.value for program in head.programs if program.module.go} == {"1.25"}
    assert not {id(program) for program in head.programs} & {id(program) for program in base.programs}


@pytest.mark.parametrize("path", ["deploy/new.yaml", "cmd/orders/more.go", "vendor/modules.txt"])
def test_a_new_file_may_matter_to_anything(path: str) -> None:
    base, head = two({path: "package main\n" if path.endswith(".go") else "a: b\n"})
    assert head.manifests is not base.manifests
    assert head.modules is not base.modules


def test_notes_come_with_what_is_shared() -> None:
    shared, texts = Shared(), {**BASE, "deploy/broken.yaml": "a: [b\n"}
    notes = []
    for changed in ("", "// more\n"):
        files = MemoryFiles({**texts, "cmd/orders/main.go": MAIN % 80 + changed})
        sources = Sources(files, select(files.tree).paths, new_cache(), (), shared)
        notes.append([note.path for note in Repository.read(sources).notes])
    assert notes[0] == notes[1] == ["deploy/broken.yaml"]
