"""Which parts of a repository are meant to be deployed, by place and name."""

from __future__ import annotations

import re

_EXAMPLES = {
    "archived",
    "codelab",
    "codelabs",
    "demo",
    "demos",
    "doc",
    "docs",
    "example",
    "examples",
    "playground",
    "sample",
    "samples",
}
_TESTS = {
    *("benchmark", "benchmarks", "e2e", "e2etest", "e2etests", "fake", "fakes", "fixtures"),
    *("integrationtest", "integrationtests", "mock", "mocks", "testfiles", "testutil", "testutils"),
}
_TOOLS = {".cursor", ".devcontainer", ".gitpod", ".vscode", "hack", "scripts", "tool", "tools"}
_BUILDERS = {"build", "ci", "codegen", "loadtest", "loadtests"}
"""Folders of programs that make or try the product."""
_WORKSHOP = re.compile(r"[-_](?:gen|codegen|scripts?|suites?|e2e|(?:load)?tests?|bench(?:mark)?)$")
"""How such a program's own folder ends: `cmd/orders-gen`."""
_FOREIGN = {"nodemodules", "thirdparty", "vendor"}
_ASIDE = frozenset(
    {*_EXAMPLES, "tutorial", "tutorials", *_TESTS, "test", "testdata", "testing", "tests", *_TOOLS, *_FOREIGN}
)
_ASIDE_ENVIRONMENTS = frozenset({"dev", "development", "local"})
_ASIDE_DOCKERFILE = re.compile(
    r"(?:^|[._-])(?:dev|devel|development|test|tests|testing|ci|local|debug|lint|tilt|tools?|docs?|hot-?reload)(?:[._-]|$)",
    re.I,
)
_TOOLCHAIN_FOLDER = re.compile(r"(?:^|.*[._-])(?:build|builder|ci|dev|devel)[._-](?:image|container|env)")
_OF_EVERY_NIGHT = re.compile(r"(?:^|[._-])(?:nightly|edge|canary)(?:[._-]|$)", re.I)
_ASIDE_MANIFEST = re.compile(
    r"(?:^|[._/-])(?:dev|development|local|test|tests|e2e|kind|minikube|example|examples|sample|samples)(?:[._/-]|$)",
    re.I,
)
_OF_A_CHART = re.compile(r"((?:^|/)(?:charts?|helm)/[^/]+)[._-](?:example|sample)(?=/)", re.I)
"""A chart that bears the name of its product, which ends like that."""


def is_deployed(path: str) -> bool:
    """Not in a folder that by its name holds examples, tests or tools."""
    return _ASIDE.isdisjoint(map(_plain, path.lower().split("/")[:-1]))


def _plain(folder: str) -> str:
    """`integration-tests`, `integration_tests` and `_integrationtests` are one name, as in the sets above."""
    return folder.replace("-", "").replace("_", "")


def is_deployed_program(directory: str) -> bool:
    """A main package that ends up in an image. `go build ./...` skips folders with `_` or `.` in front."""
    parts = directory.lower().split("/")
    return (
        is_deployed(f"{directory}/")
        and "integration" not in parts
        and _BUILDERS.isdisjoint(map(_plain, parts))
        and not _WORKSHOP.search(parts[-1])
        and not any(part.startswith(("_", ".")) for part in parts)
    )


def is_deployed_dockerfile(path: str) -> bool:
    """A Dockerfile whose image is meant to ship: no `Dockerfile.dev`, no `ci.Dockerfile`."""
    folder, _, name = path.rpartition("/")
    folders = folder.lower().split("/")
    if _ASIDE_ENVIRONMENTS.intersection(folders) or any(map(_TOOLCHAIN_FOLDER.fullmatch, folders)):
        return False
    return is_deployed(path) and not _ASIDE_DOCKERFILE.search(
        re.sub("dockerfile|containerfile", "", name, flags=re.I)
    )


def follows_the_newest(dockerfile: str) -> bool:
    """A Dockerfile of builds that start from the newest of everything on purpose: `Dockerfile.nightly`."""
    return bool(_OF_EVERY_NIGHT.search(dockerfile.rpartition("/")[2]))


def is_deployed_manifest(path: str) -> bool:
    """A manifest of a real environment, as far as its path tells; hidden folders serve other tools."""
    named = _ASIDE_MANIFEST.search(_OF_A_CHART.sub(r"\1", path))
    return not path.startswith(".") and is_deployed(path) and not named
