from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Edit, Fix, Related
from analyzers.fixes.lines import delete_lines, insert_before
from analyzers.model.image import Copy, Image, Run, Stage
from analyzers.model.module import Module
from analyzers.model.modules.builds import covers, is_gomod, lineage, loading_runs, module_of, module_stages
from analyzers.model.modules.go_environment import environment_in_stage
from analyzers.model.repository import Repository
from analyzers.rule import Problem, rule

_DOWNLOAD = ("go", "mod", "download")


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for service in repository.services:
        module = module_of(service, repository.modules)
        if service.image and module and module.requirements and not module.has_vendor:
            for stage in module_stages(service.image, module):
                yield from _judge(service.image, stage, module)


def _judge(image: Image, stage: Stage, module: Module) -> Iterator[Problem]:
    run, first = next(loading_runs(stage))
    earlier = [copy for copy in stage.copies if copy.index < run.index and not copy.from_]
    if any(is_gomod(source, image, module) for copy in earlier for source in copy.sources):
        return
    copy = next((copy for copy in earlier if _is_whole(copy, image, module)), None)
    if copy is None or _is_prepared(stage, run) or "-mod=vendor" in first.words:
        return
    flags = environment_in_stage(stage, first).get("GOFLAGS", "")
    if flags is None or "-mod=vendor" in flags:
        return
    has_cache = _has_module_cache(run)
    yield Problem(
        copy.at,
        values={"command": " ".join(first.words[: 3 if first.words[1] == "mod" else 2]), "partner": run.at},
        related=(Related(run.at, "downloads the modules"),),
        fix=None if has_cache else _fix(image, stage, copy, run, module),
        evidence=f"{stage.name or stage.index} {' '.join(copy.sources)}",
        case="cached" if has_cache else "",
    )


def _is_whole(copy: Copy, image: Image, module: Module) -> bool:
    return any(covers(source, image, module) for source in copy.sources)


def _is_prepared(stage: Stage, run: Run) -> bool:
    """A stage below or beside has the modules already, or the source is mounted rather than copied."""
    below = (each for each in lineage(stage) if each is not stage)
    return any(any(loading_runs(each)) for each in below) or _binds(run) or _is_given_modules(stage, run)


def _is_given_modules(stage: Stage, run: Run) -> bool:
    """The module cache is copied from another stage."""
    targets = (copy.resolved_target for copy in stage.copies if copy.from_ and copy.index < run.index)
    return any(target in ("/go", "/go/pkg") or target.endswith("/pkg/mod") for target in targets)


def _binds(run: Run) -> bool:
    return any(mount.get("type") == "bind" for mount in run.mounts)


def _has_module_cache(run: Run) -> bool:
    return any(
        mount.get("type") == "cache" and mount.get("target", "").rstrip("/").endswith("/pkg/mod")
        for mount in run.mounts
    )


def _fix(image: Image, stage: Stage, copy: Copy, run: Run, module: Module) -> Fix | None:
    """The two lines above the COPY, where the downloaded modules are sure to be the same."""
    is_interrupted = any(copy.index < other.index < run.index for other in stage.runs)
    settings = [fact for name, fact in run.env.items() if name.startswith("GO") and fact.at > copy.at]
    if is_interrupted or settings or run.mounts or not _stands_alone(module):
        return None
    if copy.resolved_target != run.workdir:
        return None
    is_plain = copy.sources in ((".",), ("./",)) and copy.target in (".", "./") and not copy.is_add
    if not is_plain or module.directory != image.context:
        return None
    names = "go.mod go.sum" if module.has_sum else "go.mod"
    added = insert_before(copy.at, f"COPY {names} ./", "RUN go mod download")
    return Fix((added, *_superfluous(run)))


def _stands_alone(module: Module) -> bool:
    """Its go.mod can be read without the folders beside it."""
    return not any(requirement.is_local for requirement in module.requirements)


def _superfluous(run: Run) -> tuple[Edit, ...]:
    """A later RUN that does no more than what is done above now."""
    only = run.commands[0] if len(run.commands) == 1 else None
    return (delete_lines(run.at),) if only and only.words == _DOWNLOAD else ()
