"""Every image that the files of a repository name, whoever makes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analyzers.model.image import Image, ImageRef
from analyzers.model.pipeline import Job
from analyzers.model.workload import Workload


def named_images(
    workloads: Iterable[Workload], images: Iterable[Image], jobs: Iterable[Job]
) -> Iterator[ImageRef]:
    """Those of manifests, of FROM lines, and of CI jobs with their services."""
    facts = [
        *(each.image for workload in workloads for each in (*workload.containers, *workload.init_containers)),
        *(stage.base for image in images for stage in image.stages),
        *(fact for job in jobs for fact in (job.image, *job.services)),
    ]
    return (fact.value for fact in facts if fact and fact.value)
