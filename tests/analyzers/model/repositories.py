"""Small repositories for the tests of what draws the lines between their parts."""

from __future__ import annotations

from collections.abc import Mapping

from analyzers.files import MemoryFiles
from analyzers.model.repository import Repository
from analyzers.selection import select
from analyzers.sources import Sources

MAIN = "package main\n\nfunc main() {}\n"


def repository(files: Mapping[str, str]) -> Repository:
    tree = MemoryFiles(files)
    return Repository.read(Sources(tree, select(tree.tree).paths))


def module(name: str = "example.com/shop") -> str:
    return f"module {name}\n"


def dockerfile(build: str = ".", entry: str = '["/app"]', output: str = "/app") -> str:
    """A Dockerfile that builds one package and starts one program."""
    return (
        "FROM golang:1.25 AS build\nWORKDIR /src\nCOPY . .\n"
        f"RUN go build -o {output} {build}\n"
        f"FROM scratch\nCOPY --from=build {output} {output}\nENTRYPOINT {entry}\n"
    )


def workload(name: str, image: str, *, kind: str = "Deployment", extra: str = "") -> str:
    """A workload of one container, its pod labelled with its name; `extra` are the container's fields."""
    return (
        f"apiVersion: apps/v1\nkind: {kind}\nmetadata:\n  name: {name}\nspec:\n  template:\n    metadata:\n"
        f"      labels:\n        app: {name}\n    spec:\n      containers:\n        - name: {name}\n"
        f"          image: {image}\n{extra}"
    )


def cluster_service(name: str, selects: str) -> str:
    return (
        f"apiVersion: v1\nkind: Service\nmetadata:\n  name: {name}\nspec:\n  selector:\n    app: {selects}\n"
        "  ports:\n    - port: 80\n"
    )


def autoscaler(target: str) -> str:
    return (
        f"apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: {target}\nspec:\n"
        f"  maxReplicas: 4\n  scaleTargetRef:\n    kind: Deployment\n    name: {target}\n"
    )
