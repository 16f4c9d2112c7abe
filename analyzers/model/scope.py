"""Which parts of a repository are meant to be deployed, by place and name."""

from __future__ import annotations

import re

_ASIDE = frozenset(
    "example examples sample samples test tests testing testdata e2e integration-tests fixtures mock mocks "
    "docs doc hack tools tool scripts third_party vendor node_modules .devcontainer tutorial tutorials demo demos "
    "benchmark benchmarks playground".split()
)
_ASIDE_DOCKERFILE = re.compile(
    r"(?:^|[._-])(?:dev|devel|development|test|tests|testing|ci|local|debug|lint|tools?)(?:[._-]|$)", re.I
)
_ASIDE_MANIFEST = re.compile(
    r"(?:^|[._/-])(?:dev|local|test|tests|e2e|kind|minikube|example|examples|sample|samples)(?:[._/-]|$)",
    re.I,
)


def is_deployed(path: str) -> bool:
    """Not in a folder that by its name holds examples, tests or tools."""
    return _ASIDE.isdisjoint(path.lower().split("/")[:-1])


def is_deployed_dockerfile(path: str) -> bool:
    """A Dockerfile whose image is meant to ship: no `Dockerfile.dev`, no `ci.Dockerfile`."""
    name = path.rsplit("/", 1)[-1]
    return is_deployed(path) and not _ASIDE_DOCKERFILE.search(
        re.sub("dockerfile|containerfile", "", name, flags=re.I)
    )


def is_deployed_manifest(path: str) -> bool:
    """A manifest of a real environment, as far as its path tells."""
    return is_deployed(path) and not _ASIDE_MANIFEST.search(path)
