from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Fix, Related
from analyzers.fixes.lines import insert_before
from analyzers.model.image import Image
from analyzers.model.module import Module
from analyzers.model.modules.builds import loading_runs, module_of, module_stages
from analyzers.model.modules.go_environment import GoEnvironment, environment_in_stage
from analyzers.model.modules.go_settings import GoSetting
from analyzers.model.modules.privacy import fetched_path, goes_public, matches_patterns
from analyzers.model.repository import Repository
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    settings = _settings_in_ci(repository)
    for service in repository.services if settings else ():
        module = module_of(service, repository.modules)
        if module and service.image and not module.has_vendor and _is_built_in_ci(service.image):
            yield from _judge(service.image, module, settings)


def _settings_in_ci(repository: Repository) -> list[GoSetting]:
    return [
        setting for setting in repository.go_settings if setting.name == "GOPRIVATE" and setting.stage is None
    ]


def _is_built_in_ci(image: Image) -> bool:
    return any(build.by == "pipeline" for build in image.builds)


def _judge(image: Image, module: Module, settings: list[GoSetting]) -> Iterator[Problem]:
    for stage in module_stages(image, module):
        run, first = next(loading_runs(stage))
        environment = environment_in_stage(stage, first)
        base = stage.root.base.value if stage.root.base else None
        found = next(_missed(module, settings, environment), None)
        if found and base and "/" not in base.repository and "GOPRIVATE" not in environment:
            setting, path = found
            yield Problem(
                first.at,
                values={
                    "module": path,
                    "value": setting.value,
                    "where": setting.where,
                    "partner": setting.at,
                },
                related=(Related(setting.at, "set in CI"),),
                fix=Fix((insert_before(run.at, f"ENV GOPRIVATE={setting.value}"),)),
                evidence=f"stage {stage.name or stage.index}",
            )


def _missed(
    module: Module, settings: list[GoSetting], environment: GoEnvironment
) -> Iterator[tuple[GoSetting, str]]:
    """What CI knows to be private and the image build asks for in public."""
    for setting in settings:
        for requirement in module.requirements:
            path = fetched_path(requirement)
            is_known = matches_patterns(setting.value, path) and not requirement.is_local
            if is_known and path not in module.local_modules and goes_public(path, environment):
                yield setting, path
