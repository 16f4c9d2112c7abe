from __future__ import annotations

from collections.abc import Iterator

from analyzers.fixes.lines import unquoted
from analyzers.model.fact import Fact
from analyzers.model.image import ImageRef
from analyzers.model.images.mutable_tags import moves, pinned_twin
from analyzers.model.repository import Repository
from analyzers.model.scope import is_deployed_manifest
from analyzers.model.services.image_setting import is_set_at_deployment
from analyzers.model.services.named_images import named_images
from analyzers.model.services.own_images import builders_of, is_for_developers
from analyzers.model.workload import Container, Workload
from analyzers.rule import Problem, Replacement, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    found = [
        (workload, container.image, container.image.value)
        for manifests in repository.manifests
        for workload in manifests.workloads
        if is_deployed_manifest(workload.overlay or workload.path)
        for container in (*workload.containers, *workload.init_containers)
        if container.image and container.image.value and _moves(container, container.image.value)
        # A file that a kustomization lists is not judged where what the kustomization yields is not known.
        if manifests.templated or container.is_complete
    ]
    is_replaced = bool(found) and is_set_at_deployment(repository.sources)
    for workload, fact, image in found:
        is_own = bool(builders_of(image, repository.builds)) or _is_named_like_a_service(image, repository)
        if not (is_own and is_replaced) and not is_for_developers(image, repository.builds):
            yield _problem(repository, workload, fact, image)


def _moves(container: Container, image: ImageRef) -> bool:
    is_never_pulled = container.pull_policy is not None and container.pull_policy.value in ("Never", None)
    return moves(image) and not container.overlay_images and not is_never_pulled


def _is_named_like_a_service(image: ImageRef, repository: Repository) -> bool:
    return any(image.short_name == service.name for service in repository.services)


def _problem(repository: Repository, workload: Workload, fact: Fact[ImageRef], image: ImageRef) -> Problem:
    twin = pinned_twin(image, _others(repository))
    written = repository.text_at(fact.at)
    is_literal = unquoted(written) == image.text
    return Problem(
        fact.at,
        values={
            "workload": f"{workload.kind} {workload.name}".rstrip(),
            "image": image.text,
            "hint": f", as `{twin.text}`" if twin else "",
        },
        replacements=(Replacement(fact.at, written.replace(image.text, twin.text)),)
        if twin and is_literal
        else (),
        evidence=f"{workload.identity} {image.repository}",
        case="" if image.tag else "untagged",
    )


def _others(repository: Repository) -> Iterator[ImageRef]:
    """Every image that a file of the repository names."""
    workloads = (workload for manifests in repository.manifests for workload in manifests.workloads)
    jobs = repository.jobs
    return named_images(workloads, repository.images, jobs)
