from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Fix, Related
from analyzers.fixes.grpc_dial import balanced_dial
from analyzers.fixes.headless import make_headless
from analyzers.fixes.lines import replace_at
from analyzers.model.programs.grpc_clients import may_balance
from analyzers.model.repository import Repository
from analyzers.model.services.crowds import Crowd
from analyzers.model.services.grpc_calls import GrpcCall, find_grpc_calls, is_served_outside
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    services = [each for each in repository.services if each.program and not may_balance(each.program)]
    for call in find_grpc_calls(services, repository.deployed, repository.manifests):
        if call.crowd and not call.called.is_headless:
            yield _problem(repository, call, call.crowd)


def _problem(repository: Repository, call: GrpcCall, crowd: Crowd) -> Problem:
    called = call.called
    return Problem(
        call.client.at,
        values={"service": called.name, "pods": crowd.pods, "partner": called.at},
        related=(
            Related(called.at, "has one address for all its pods"),
            Related(crowd.at, f"up to {crowd.pods} pods" if crowd.is_scaled else f"{crowd.pods} pods"),
        ),
        fix=_fix(repository, call),
        evidence=f"grpc client of {called.name}",
        case="scaled" if crowd.is_scaled else "",
    )


def _fix(repository: Repository, call: GrpcCall) -> Fix | None:
    """Both ends at once: one alone changes nothing."""
    dial = balanced_dial(call.client)
    text = repository.text(dial[0].path) if dial else None
    if not dial or not text or not call.keeps_ports or is_served_outside(call.called, repository.routes):
        return None
    service = make_headless(call.called, repository.text_at)
    return Fix((replace_at(text, *dial), service)) if service else None
