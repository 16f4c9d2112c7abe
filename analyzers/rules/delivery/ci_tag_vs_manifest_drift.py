from __future__ import annotations

from collections.abc import Iterator, Sequence

from analyzers.finding import Related
from analyzers.model.builds.pushes import Push, find_pushes, repoints
from analyzers.model.image import ImageRef
from analyzers.model.images.mutable_tags import moves
from analyzers.model.pipeline import Pipeline
from analyzers.model.repository import Repository
from analyzers.model.scope import is_deployed_manifest
from analyzers.model.services.image_setting import is_set_at_deployment
from analyzers.model.workload import Workload
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    pushes = _known_pushes(repository.pipelines)
    if not pushes:
        return
    found = [
        problem
        for manifests in repository.manifests
        for workload in manifests.workloads
        if is_deployed_manifest(workload.overlay or workload.path)
        for problem in _judge(workload, pushes, is_doubted=not manifests.templated)
    ]
    if found and not is_set_at_deployment(repository.sources):
        yield from found


def _known_pushes(pipelines: Sequence[Pipeline]) -> list[Push]:
    """Every push of CI; none where some are hidden."""
    jobs = [job for pipeline in pipelines for job in pipeline.jobs]
    if not all(pipeline.is_complete for pipeline in pipelines) or any(repoints(job.commands) for job in jobs):
        return []
    return [push for job in jobs for push in find_pushes(job)]


def _judge(workload: Workload, pushes: Sequence[Push], *, is_doubted: bool) -> Iterator[Problem]:
    for container in (*workload.containers, *workload.init_containers):
        image = container.image.value if container.image else None
        if image is None or container.image is None or container.overlay_images or not moves(image):
            continue
        if is_doubted and not container.is_complete:
            continue
        pushed = [push for push in pushes if push.repository == image.repository]
        if pushed and not _may_be_pushed(image, pushes, pushed):
            first = pushed[0]
            yield Problem(
                container.image.at,
                values={
                    "workload": f"{workload.kind} {workload.name}",
                    "image": image.text,
                    "tag": image.tag or "latest",
                    "pushed": first.tag or "latest",
                    "partner": first.at,
                },
                related=(Related(first.at.start, "pushes the image"),),
                evidence=f"{workload.identity} {image.repository}",
            )


def _may_be_pushed(image: ImageRef, pushes: Sequence[Push], pushed: Sequence[Push]) -> bool:
    """One of the pushes gives the image that tag, as far as it can be told."""
    jobs = {push.job for push in pushed}
    hidden = any(
        push.kind == "unknown" and (not push.name or push in pushed) for push in pushes if push.job in jobs
    )
    wanted = image.tag or "latest"
    by_branch = any(push.kind == "moving" and push.known_tag is None for push in pushed)
    same_end = any(
        push.known_tag == wanted for push in pushes if push.name.rpartition("/")[2] == image.short_name
    )
    return hidden or by_branch or same_end
