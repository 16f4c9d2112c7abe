"""What ConfigMaps and Secrets give the program of a container."""

from __future__ import annotations

import pytest

from analyzers.model.services.startup import UNKNOWN, Setting, find_setting
from analyzers.model.workload import Container
from tests.analyzers.model.repositories import repository, workload


def settings(name: str, data: str, kind: str = "ConfigMap", rest: str = "") -> str:
    field = "stringData" if kind == "Secret" else "data"
    return f"apiVersion: v1\nkind: {kind}\nmetadata: {{name: {name}}}\n{field}: {data}\n{rest}"


def container(fields: str, files: dict[str, str]) -> Container:
    extra = "".join(f"          {line}\n" for line in fields.splitlines())
    found = repository({"k8s/web.yaml": workload("web", "acme/web", extra=extra), **files})
    (item,) = found.deployed
    return item.container


KEY = "env: [{name: PORT, valueFrom: {configMapKeyRef: {name: c, key: port}}}]"
ALL = "envFrom: [{configMapRef: {name: c}}]"
C = settings("c", "{port: '80', PORT: '81'}")


@pytest.mark.parametrize(
    ("fields", "files", "expected"),
    [
        pytest.param(KEY, {}, UNKNOWN, id="not in the repository"),
        pytest.param(KEY, {"k8s/c.yaml": settings("d", "{port: '80'}")}, UNKNOWN, id="another object"),
        pytest.param(KEY, {"k8s/c.yaml": settings("c", "{other: '80'}")}, UNKNOWN, id="another key"),
        pytest.param(
            KEY, {"k8s/c.yaml": settings("c", "{port: '80'}", "Secret")}, UNKNOWN, id="another kind"
        ),
        pytest.param(KEY, {"far/away/c.yaml": C}, UNKNOWN, id="far away"),
        pytest.param(KEY, {"k8s/c.yaml": C, "k8s/d.yaml": C}, UNKNOWN, id="two of them"),
        pytest.param(
            KEY, {"k8s/c.yaml": settings("c", "{port: '${PORT}'}")}, UNKNOWN, id="substituted later"
        ),
        pytest.param(
            KEY,
            {"k8s/c.yaml": C.replace("name: c}", "name: c, namespace: other}")},
            UNKNOWN,
            id="another namespace",
        ),
        pytest.param(ALL, {}, UNKNOWN, id="all of an object that is not there"),
        pytest.param(
            "envFrom: [{configMapRef: {name: c}}, {secretRef: {name: s}}]",
            {"k8s/c.yaml": settings("c", "{A: b}")},
            UNKNOWN,
            id="one of two sources is not there",
        ),
        pytest.param(KEY, {"k8s/c.yaml": C}, Setting(True, "80"), id="a key"),
        pytest.param(KEY, {"c.yaml": C}, Setting(True, "80"), id="in a folder around"),
        pytest.param(
            KEY.replace("configMap", "secret"),
            {"k8s/c.yaml": settings("c", "{port: '80'}", "Secret")},
            Setting(True, "80"),
            id="a key of a Secret",
        ),
        pytest.param(ALL, {"k8s/c.yaml": C}, Setting(True, "81"), id="all keys"),
        pytest.param(ALL, {"k8s/c.yaml": settings("c", "{A: b}")}, Setting(True), id="none of all keys"),
        pytest.param(
            "envFrom: [{configMapRef: {name: c}, prefix: PO}]",
            {"k8s/c.yaml": settings("c", "{RT: '82'}")},
            Setting(True, "82"),
            id="behind a prefix",
        ),
        pytest.param(
            "envFrom: [{configMapRef: {name: c}}, {configMapRef: {name: d}}]",
            {"k8s/c.yaml": C, "k8s/d.yaml": settings("d", "{PORT: '83'}")},
            Setting(True, "83"),
            id="the later source counts",
        ),
        pytest.param(
            "env: [{name: PORT, value: '84'}]\n" + ALL,
            {"k8s/c.yaml": C},
            Setting(True, "84"),
            id="env goes first",
        ),
    ],
)
def test_settings(fields: str, files: dict[str, str], expected: Setting) -> None:
    assert find_setting(container(fields, files), None, variable="PORT") == expected


def test_places() -> None:
    found = container(ALL, {"k8s/c.yaml": "\n\n" + C}).variable("PORT")
    assert found
    assert (found.source, found.key, found.object_name) == ("configmap", "PORT", "c")
    assert found.provided_at
    assert (found.provided_at.path, found.provided_at.line) == ("k8s/c.yaml", 6)


def test_a_generated_object() -> None:
    files = {
        "k8s/kustomization.yaml": "resources: [web.yaml]\nnamePrefix: shop-\n"
        "configMapGenerator: [{name: c, literals: [PORT=85]}]\n",
    }
    assert find_setting(container(ALL, files), None, variable="PORT") == Setting(True, "85")


def test_two_overlays_give_two_values() -> None:
    files = {
        "base/kustomization.yaml": "resources: [web.yaml]\n",
        "base/web.yaml": workload("web", "acme/web", extra=f"          {ALL}\n"),
    }
    for name, port in (("eu", 1), ("us", 2)):
        files[f"{name}/kustomization.yaml"] = (
            f"resources: [../base]\nconfigMapGenerator: [{{name: c, literals: [PORT={port}]}}]\n"
        )
    found = [item.container.variable("PORT") for item in repository(files).deployed]
    assert [each.value for each in found if each] == ["1", "2"]
