"""Where variables of Go's runtime are set, and what counts for a container."""

from __future__ import annotations

import pytest

from analyzers.model.runtime_settings import find_runtime_settings, setting_of, started_containers
from tests.analyzers.model.repositories import MAIN, dockerfile, module, repository, workload

SOURCE = {"go.mod": module(), "main.go": MAIN}
CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\ndata:\n  GOGC: '50'\n"
FROM_CONFIG = "          envFrom:\n            - configMapRef:\n                name: shop\n"
COMPOSE = "services:\n  shop:\n    image: shop\n    environment:\n      {}\n"


def literal(value: str) -> str:
    return f"          env:\n            - name: GOGC\n              value: {value}\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"compose.yaml": COMPOSE.format("- GOGC")}, [(None, "- GOGC")], id="from outside"),
        pytest.param(
            {"compose.yaml": COMPOSE.format("GOGC: ${A:-off}")}, [(None, "GOGC: ${A:-off}")], id="a variable"
        ),
        pytest.param({"tests/compose.yaml": COMPOSE.format("GOGC: off")}, [], id="tests"),
        pytest.param({"compose.yaml": COMPOSE.format("GOGC: 'off'")}, [("off", "GOGC: 'off'")], id="compose"),
        pytest.param(
            {"Dockerfile": dockerfile() + "ENV GOGC=off\n"}, [("off", "ENV GOGC=off")], id="an image"
        ),
        pytest.param(
            {"Dockerfile": "FROM golang AS b\nENV GOGC=off\nFROM scratch\n"}, [], id="another stage"
        ),
        pytest.param(
            {"a.yaml": workload("shop", "shop", extra=literal("off"))}, [("off", "value: off")], id="a pod"
        ),
        pytest.param({"a.yaml": CONFIG}, [("50", "GOGC: '50'")], id="a ConfigMap that nobody here asks"),
        pytest.param(
            {"a.yaml": CONFIG, "b.yaml": workload("shop", "shop", extra=FROM_CONFIG)},
            [("50", "GOGC: '50'")],
            id="a ConfigMap, told once",
        ),
    ],
)
def test_every_place(files: dict[str, str], expected: list[tuple[str | None, str]]) -> None:
    read = repository({**SOURCE, **files})
    found = [
        (setting.value, (read.text(setting.at.path) or "").split("\n")[setting.at.line - 1].strip())
        for setting in find_runtime_settings(read, "GOGC")
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        pytest.param("", "off", id="the image's"),
        pytest.param(literal("50"), "50", id="its own"),
        pytest.param(
            "          envFrom:\n            - secretRef:\n                name: a\n",
            None,
            id="perhaps a Secret's",
        ),
    ],
)
def test_what_counts_for_a_container(extra: str, expected: str | None) -> None:
    read = repository(
        {
            **SOURCE,
            "Dockerfile": dockerfile() + "ENV GOGC=off\n",
            "deploy.yaml": workload("shop", "shop", extra=extra)
            + "        - name: proxy\n          image: envoy\n",
        }
    )
    (first, service), (_, none) = started_containers(read)
    assert service
    assert none is None
    setting = setting_of(first.container, service.image, "GOGC")
    assert (setting.value if setting else None) == expected
