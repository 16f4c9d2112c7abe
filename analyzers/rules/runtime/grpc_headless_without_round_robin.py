from __future__ import annotations

from collections.abc import Iterator

from analyzers.finding import Related
from analyzers.fixes.grpc_dial import balanced_dial
from analyzers.model.programs.grpc_clients import may_balance
from analyzers.model.repository import Repository
from analyzers.model.services.crowds import Crowd
from analyzers.model.services.grpc_calls import GrpcCall, find_grpc_calls
from analyzers.rule import Problem, Replacement, rule


@rule
def check(repository: Repository) -> Iterator[Problem]:
    services = [each for each in repository.services if each.program and not may_balance(each.program)]
    for call in find_grpc_calls(services, repository.deployed, repository.manifests):
        if call.called.is_headless and call.crowd and not _are_peers(call):
            yield _problem(call, call.crowd)


def _are_peers(call: GrpcCall) -> bool:
    """Pods of a StatefulSet are not alike, and a program that calls its own kind looks for one of them."""
    own = [item.workload for item in call.service.deployed]
    return any(item.workload.kind == "StatefulSet" or item.workload in own for item in call.behind)


def _problem(call: GrpcCall, crowd: Crowd) -> Problem:
    dial = balanced_dial(call.client)
    return Problem(
        call.client.at,
        values={"service": call.called.name, "pods": crowd.pods, "partner": call.called.at},
        related=(
            Related(call.called.at, "gives the addresses of all its pods"),
            Related(crowd.at, f"up to {crowd.pods} pods" if crowd.is_scaled else f"{crowd.pods} pods"),
        ),
        replacements=(Replacement(*dial),) if dial else (),
        evidence=f"grpc client of {call.called.name}",
        case="scaled" if crowd.is_scaled else "",
    )
