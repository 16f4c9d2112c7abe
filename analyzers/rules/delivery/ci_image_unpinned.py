from __future__ import annotations

from collections.abc import Iterator

from analyzers.fixes.lines import unquoted
from analyzers.model.fact import Fact
from analyzers.model.image import ImageRef
from analyzers.model.images.mutable_tags import pinned_twin
from analyzers.model.modules.builds import loads_module, module_of_step
from analyzers.model.modules.go_release import is_go_image, release_asked
from analyzers.model.pipeline import Job
from analyzers.model.repository import Repository
from analyzers.model.services.named_images import named_images
from analyzers.rule import Problem, Replacement, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for job in repository.jobs:
        if job.image:
            yield from _judge(repository, job, job.image, "runs in")
        for service in job.services:
            yield from _judge(repository, job, service, "has the service")


def _judge(repository: Repository, job: Job, fact: Fact[ImageRef], verb: str) -> Iterator[Problem]:
    image = fact.value
    if image is None or image.digest or image.tag not in ("", "latest"):
        return
    wanted = _wanted(repository, job, image)
    written = repository.text_at(fact.at)
    is_literal = unquoted(written) == image.text
    yield Problem(
        fact.at,
        values={
            "job": job.name,
            "verb": verb,
            "image": image.text,
            "hint": f", as `{wanted}`" if wanted else "",
        },
        replacements=(Replacement(fact.at, written.replace(image.text, wanted)),)
        if wanted and is_literal
        else (),
        evidence=image.repository,
        case="" if image.tag else "untagged",
    )


def _wanted(repository: Repository, job: Job, image: ImageRef) -> str:
    """What another file names of the same image; for Go's own one the go.mod tells as well."""
    workloads = (workload for manifests in repository.manifests for workload in manifests.workloads)
    jobs = repository.jobs
    twin = pinned_twin(image, named_images(workloads, repository.images, jobs))
    if twin:
        return twin.text
    release = _release_of(repository, job) if is_go_image(image) else None
    return f"{image.text.removesuffix(':latest')}:{release}" if release else ""


def _release_of(repository: Repository, job: Job) -> str | None:
    """The line of Go that the go.mod asks for which the job builds."""
    for step in job.steps:
        module = module_of_step(job, step, repository.modules)
        if module and module.go and any(map(loads_module, step.commands)):
            release = release_asked(module.go.value or "")
            return ".".join(release.split(".")[:2]) if release else None
    return None
