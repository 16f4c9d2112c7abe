from __future__ import annotations

from collections.abc import Iterator, Mapping

from analyzers.finding import Fix, Location, Related
from analyzers.fixes.secret_mounts import mount_instead
from analyzers.model.fact import Fact
from analyzers.model.image import Image, Stage
from analyzers.model.repository import Repository
from analyzers.model.secrets.build_arguments import SecretArgument, expands, find_secret_arguments
from analyzers.model.secrets.ownership import plain_secret
from analyzers.model.secrets.written_texts import secret_at
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for image in repository.images:
        for stage in image.used_stages:
            yield from _written_out(repository, stage, "ENV", stage.env)
            yield from _written_out(repository, stage, "ARG", stage.args)
        for argument in find_secret_arguments(repository, image):
            yield _handed_in(repository, image, argument)


def _written_out(
    repository: Repository, stage: Stage, instruction: str, facts: Mapping[str, Fact[str]]
) -> Iterator[Problem]:
    for name, fact in facts.items():
        is_here = fact.value and fact.value in repository.text_at(fact.at)  # and not brought by an ARG
        clearness = plain_secret(name, fact.value) if fact.value and is_here else ""
        if clearness and fact.value:
            yield Problem(
                fact.at,
                values={"instruction": instruction, "name": name},
                fix=_mount(repository, stage, name, fact.at) if instruction == "ARG" else None,
                evidence=f"{instruction} {name}",
                case="" if clearness == "secret" else clearness,
                secret=secret_at(repository, fact.at, fact.value),
            )


def _mount(repository: Repository, stage: Stage, name: str, at: Location) -> Fix | None:
    runs = [run for run in stage.runs if expands(repository, run, name)]
    return mount_instead(repository.text(stage.path) or "", at, name, runs)


def _handed_in(repository: Repository, image: Image, argument: SecretArgument) -> Problem:
    kept, runs = argument.kept_at, argument.runs
    user = kept or runs[0].at.start
    case = "kept" if kept and argument.ships else "used" if argument.ships else "cached"
    text = repository.text(image.path) or ""
    return Problem(
        argument.at,
        values={"name": argument.name, "partner": user},
        related=(Related(user, "here it is used"),),
        fix=None if kept else mount_instead(text, argument.at, argument.name, runs),
        evidence=f"ARG {argument.name}",
        case=case,
    )
