"""Every image that the files of a repository name."""

from __future__ import annotations

from analyzers.model.services.named_images import named_images
from tests.analyzers.model.repositories import repository, workload


def test_manifests_dockerfiles_and_jobs() -> None:
    found = repository(
        {
            "Dockerfile": "FROM golang:1.25 AS build\nFROM $BASE\nCOPY --from=build /a /a\n",
            "deploy/orders.yaml": workload("orders", "acme/orders:1"),
            ".gitlab-ci.yml": "test:\n  image: node:22\n  services: [redis:7, $OTHER]\n  script: a\n",
        }
    )
    workloads = [each for manifests in found.manifests for each in manifests.workloads]
    jobs = [job for pipeline in found.pipelines for job in pipeline.jobs]
    texts = [image.text for image in named_images(workloads, found.images, jobs)]
    assert texts == ["acme/orders:1", "golang:1.25", "node:22", "redis:7"]
