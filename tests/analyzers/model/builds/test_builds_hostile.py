"""Files that ask for builds and are made to take long."""

from __future__ import annotations

import pytest

from analyzers.files import MemoryFiles
from analyzers.model.reading import read_builds, read_images
from analyzers.selection import select
from analyzers.sources import Sources
from tests.hanging import must_end

STAGES = "FROM a AS s0\n" + "".join(f"FROM s{n} AS s{n + 1}\nCOPY x{n} /\nCMD x\n" for n in range(198))


def services(count: int, line: str) -> str:
    return "services:\n" + "".join("  " + line.format(n=n, next=n + 1, stage=n % 198) for n in range(count))


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"compose.yaml": services(9_000, "a{n}: {{build: .}}\n")}, id="services"),
        pytest.param(
            {"compose.yaml": services(999, "a{n}: {{build: {{context: ., target: s{stage}}}}}\n")},
            id="targets",
        ),
        pytest.param({"compose.yaml": services(999, "a{n}: {{extends: a{next}, build: .}}\n")}, id="extends"),
        pytest.param({"Makefile": "x:\n\tdocker build " + "$(" * 400_000}, id="open variables"),
        pytest.param(
            {
                "Makefile": "".join(f"A{n} = $(A{n + 1})$(A{n + 1})\n" for n in range(100))
                + "x:\n"
                + "\tdocker build -t $(A0) .\n" * 20_000
            },
            id="variables that double",
        ),
        pytest.param({"Makefile": "\\\n" * 400_000}, id="continued lines"),
        pytest.param({f"{n}.sh": 'docker build "$(' + "${" * 30_000 + "\n" for n in range(20)}, id="scripts"),
        pytest.param(
            {"skaffold.yaml": "apiVersion: skaffold/v1\nbuild:\n  artifacts:\n" + "  - image: a\n" * 20_000},
            id="artifacts",
        ),
        pytest.param(
            {
                ".env": "A0=xxxxxxxx\n" + "".join(f"A{n + 1}=$A{n}$A{n}\n" for n in range(20_000)),
                "compose.yaml": "services: {a: {build: $A40}}\n",
            },
            id="settings that double",
        ),
    ],
)
def test_ends_soon(files: dict[str, str]) -> None:
    tree = MemoryFiles({"Dockerfile": STAGES, **files})
    sources = Sources(tree, select(tree.tree).paths)
    with must_end():
        images = read_images(sources, read_builds(sources, (), ()))
    assert images
