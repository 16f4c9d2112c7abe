from __future__ import annotations

from textwrap import indent

import pytest

from analyzers.model.manifests import read_manifests
from analyzers.model.workload import ClusterService
from tests.analyzers.documents import documents, template


def service(spec: str, *, templated: bool = False) -> ClusterService:
    read = template if templated else documents
    text = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec:\n" + indent(
        spec, "  "
    )
    (found,) = read_manifests("svc.yaml", read(text), templated=templated).services
    return found


@pytest.mark.parametrize(
    ("spec", "selector"),
    [
        pytest.param("selector:\n  {{- include .x | nindent 4 }}\n", None, id="templated"),
        pytest.param("selector:\n  app: {{ uuidv4 }}\n", None, id="templated value"),
        pytest.param("selector:\n  app: web\n  {{- include .x | nindent 4 }}\n", None, id="partly templated"),
        pytest.param("{{- toYaml .x | nindent 2 }}\nports: []\n", None, id="fields may come"),
        pytest.param("type: ExternalName\n", {}, id="none"),
        pytest.param("selector: {app: web, tier: '1'}\n", {"app": "web", "tier": "1"}, id="labels"),
    ],
)
def test_selector(spec: str, selector: dict[str, str] | None) -> None:
    assert service(spec, templated="{{" in spec).selector == selector


@pytest.mark.parametrize(
    ("port", "expected"),
    [
        pytest.param("{port: 80}", (80, 80, "", ""), id="target is the port by default"),
        pytest.param("{port: 80, targetPort: 8080}", (80, 8080, "", ""), id="number"),
        pytest.param("{port: 80, targetPort: http, name: web}", (80, "http", "web", ""), id="name"),
        pytest.param("{port: 80, targetPort: '${P}'}", (80, None, "", ""), id="variable"),
        pytest.param("{port: 80, appProtocol: grpc}", (80, 80, "", "grpc"), id="protocol"),
    ],
)
def test_ports(port: str, expected: tuple[int | None, int | str | None, str, str]) -> None:
    (found,) = service(f"ports: [{port}]\n").ports
    assert (found.port, found.target, found.name, found.app_protocol) == expected


@pytest.mark.parametrize(
    ("spec", "kind", "is_headless"),
    [
        ("ports: []\n", "ClusterIP", False),
        ("type: NodePort\n", "NodePort", False),
        ("clusterIP: None\n", "ClusterIP", True),
    ],
)
def test_kind(spec: str, kind: str, is_headless: bool) -> None:
    found = service(spec)
    assert (found.kind, found.is_headless, found.name, found.namespace, found.at.line) == (
        kind,
        is_headless,
        "web",
        "shop",
        2,
    )


@pytest.mark.parametrize(
    ("spec", "expected"),
    [("type: NodePort\n", None), ("clusterIP: None\n", "None"), ("clusterIP: 10.0.0.7\n", "10.0.0.7")],
)
def test_the_address_that_is_asked_for(spec: str, expected: str | None) -> None:
    written = service(spec).cluster_ip
    assert (written and written.value) == expected
