from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Fix, Related
from analyzers.fixes.headless import make_headless
from analyzers.model.repository import Repository
from analyzers.model.services.grpc_calls import GrpcCall, find_grpc_calls, is_served_outside
from analyzers.rule import Problem, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for call in find_grpc_calls(repository.services, repository.deployed, repository.manifests):
        is_meant = call.client.is_spread and call.client.asks_dns and not call.is_to_one_pod
        if is_meant and not call.called.is_headless and not is_served_outside(call.called, repository.routes):
            yield _problem(repository, call)


def _problem(repository: Repository, call: GrpcCall) -> Problem:
    called = call.called
    edit = make_headless(called, repository.text_at) if call.keeps_ports else None
    return Problem(
        called.at,
        values={"service": called.name, "partner": call.client.at.start},
        related=(Related(call.client.at, "asks for every address of the Service"),),
        fix=Fix((edit,)) if edit else None,
        evidence=f"grpc service {called.name}",
        case="" if call.keeps_ports or not call.behind else "translated",
    )
