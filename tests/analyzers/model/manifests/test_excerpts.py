"""Manifests above 1 MiB: resource definitions with a few objects between them."""

from __future__ import annotations

import pytest

from analyzers.model.repository import Repository
from tests.analyzers.model.repositories import cluster_service, repository, workload

FILLER = "# " + "x" * 98 + "\n"
DEFINITION = (
    "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
    "spec:\n  names:\n    kind: Rollout\n" + FILLER * 11_000
)
OBJECTS = f"{workload('web', 'shop/web:1')}---\n{cluster_service('web', 'web')}"


def found(read: Repository) -> list[tuple[str, int]]:
    workloads = [workload for each in read.manifests for workload in each.workloads]
    return [(each.name, each.at.line) for each in (*workloads, *read.cluster_services)]


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        pytest.param(DEFINITION, [], id="definitions alone, which are not judged"),
        pytest.param(f"{DEFINITION}---\na: [\n", [], id="broken where nothing is read"),
        pytest.param(
            "kind: Pod\nspec:\n" + FILLER * 11_000, ["1 of its objects not analysed"], id="one object"
        ),
        pytest.param(DEFINITION * 5, ["larger than 1024 KiB, not analysed"], id="above 5 MiB"),
        pytest.param(f"{DEFINITION}---\nkind: Pod\na: [\n", ["not valid YAML"], id="broken where it matters"),
    ],
)
def test_nothing_to_read(text: str, reasons: list[str]) -> None:
    read = repository({"deploy/install.yaml": text})
    assert found(read) == []
    assert len(read.notes) == len(reasons)
    assert all(reason in note.reason for reason, note in zip(reasons, read.notes, strict=True))


@pytest.mark.parametrize("path", ["deploy/install.yaml", "install.yml"])
def test_objects_between_definitions(path: str) -> None:
    read = repository({path: f"{DEFINITION}---\n{OBJECTS}"})
    assert found(read) == [("web", 11_008), ("web", 11_022)]
    assert read.notes == ()
    assert [item.cluster_services[0].name for item in read.deployed] == ["web"]


def test_what_a_kustomization_takes_in() -> None:
    files = {
        "k/kustomization.yaml": "resources: [install.yaml]\nnamePrefix: eu-\n",
        "k/install.yaml": f"{OBJECTS}---\n{DEFINITION}",
    }
    assert found(repository(files)) == [("eu-web", 2), ("eu-web", 16)]


def test_another_large_file_is_told_where_it_is_asked_for() -> None:
    read = repository({"compose.yaml": "services:\n  web:\n    image: a\n" + FILLER * 11_000})
    assert [note.reason for note in read.notes] == ["longer than 1,048,576 characters"]
