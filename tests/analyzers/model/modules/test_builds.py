from __future__ import annotations

import pytest

from analyzers.model.modules.builds import covers, is_gomod, module_of, module_of_step, module_stages
from tests.analyzers.model.repositories import module, repository

MAIN = "package main\n\nfunc main() {}\n"
SHOP = {"orders/go.mod": module("example.com/orders"), "orders/main.go": MAIN}
STOCK = {"stock/go.mod": module("example.com/stock"), "stock/main.go": MAIN}


def stages(dockerfile: str) -> list[int]:
    found = repository({**SHOP, "orders/Dockerfile": dockerfile})
    return [stage.index for stage in module_stages(found.images[0], found.modules[0])]


@pytest.mark.parametrize(
    "dockerfile",
    [
        "FROM golang:1.24\nCOPY . .\nRUN make\n",
        "FROM golang:1.24\nCOPY . .\nRUN go install example.com/tool@latest\n",
        "FROM golang:1.24\nCOPY . .\nRUN go version && go env\n",
        "FROM golang:1.24\nRUN git clone https://example.com/x . && go build .\n",
        "FROM golang:1.24\nCOPY --from=other . .\nRUN go build .\n",
    ],
    ids=["make", "a tool", "no packages", "other source", "another image's files"],
)
def test_no_stage_reads_our_gomod(dockerfile: str) -> None:
    assert stages(dockerfile) == []


@pytest.mark.parametrize(
    ("dockerfile", "wanted"),
    [
        ("FROM golang:1.24\nCOPY . .\nRUN go build .\n", [0]),
        ("FROM golang:1.24\nCOPY go.mod go.sum ./\nRUN go mod download\n", [0]),
        ("FROM golang:1.24\nRUN --mount=type=bind,target=. go build -o /a .\n", [0]),
        ("FROM golang:1.24 AS a\nCOPY . .\nFROM a\nRUN go test ./...\n", [1]),
        ("FROM alpine AS a\nFROM golang:1.24\nCOPY . .\nRUN go vet ./... && go build .\n", [1]),
    ],
    ids=["all of it", "go.mod alone", "mounted", "copied below", "second stage"],
)
def test_stages_that_read_our_gomod(dockerfile: str, wanted: list[int]) -> None:
    assert stages(dockerfile) == wanted


@pytest.mark.parametrize(
    ("source", "is_covering", "is_file"),
    [
        (".", True, False),
        ("./", True, False),
        ("/", True, False),
        ("*", True, False),
        ("cmd", False, False),
        ("go.mod", False, True),
        ("go.*", False, True),
        ("cmd/go.mod", False, False),
    ],
)
def test_what_a_copy_brings(source: str, is_covering: bool, is_file: bool) -> None:
    found = repository({**SHOP, "orders/Dockerfile": "FROM golang:1.24\nCOPY main.go .\n"})
    image, ours = found.images[0], found.modules[0]
    assert (covers(source, image, ours), is_gomod(source, image, ours)) == (is_covering, is_file)


@pytest.mark.parametrize(
    ("dockerfile", "name"),
    [
        ("FROM golang:1.24\nCOPY orders stock ./\nRUN go build ./cmd/none\n", None),
        ("FROM golang:1.24\nCOPY orders .\nRUN go build ./cmd/none\n", "example.com/orders"),
        ("FROM golang:1.24\nCOPY stock/go.mod .\nRUN go build ./cmd/none\n", "example.com/stock"),
    ],
    ids=["two", "its folder", "its go.mod"],
)
def test_the_module_of_a_service_whose_program_is_not_known(dockerfile: str, name: str | None) -> None:
    found = repository({**SHOP, **STOCK, "Dockerfile": dockerfile})
    service = next(service for service in found.services if service.image)
    ours = module_of(service, found.modules)
    assert (ours.name if ours else None) == name


@pytest.mark.parametrize(
    ("step", "name"),
    [
        ("run: cd stock && go test ./...", None),
        ("run: go -C stock test ./...", None),
        ("{run: go test ./..., working-directory: '${{ matrix.dir }}'}", None),
        ("run: go test ./...", None),
        ("{run: go test ./..., working-directory: ./stock/}", "example.com/stock"),
    ],
    ids=["moves", "flag", "expression", "no module there", "folder"],
)
def test_the_module_of_a_step(step: str, name: str | None) -> None:
    workflow = f"on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - {step}\n"
    found = repository({**SHOP, **STOCK, ".github/workflows/ci.yml": workflow})
    job = found.pipelines[0].jobs[0]
    ours = module_of_step(job, job.steps[0], found.modules)
    assert (ours.name if ours else None) == name
