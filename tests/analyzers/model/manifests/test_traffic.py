from __future__ import annotations

import pytest

from analyzers.model.cluster import TrafficRoute
from analyzers.model.manifests import read_manifests
from tests.analyzers.documents import documents, template


def route(version: str, kind: str, spec: str) -> TrafficRoute:
    text = (
        f"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: web, annotations: {{a: b}}}}\nspec: {spec}\n"
    )
    (found,) = read_manifests("k8s/web.yaml", documents(text)).routes
    return found


NEW = "{service: {name: web, port: {number: 80}}}"
NETWORKING, GATEWAY = "networking.k8s.io/v1", "gateway.networking.k8s.io/v1"


@pytest.mark.parametrize(
    ("version", "kind", "spec", "expected"),
    [
        pytest.param(NETWORKING, "Ingress", "{}", [], id="nothing"),
        pytest.param(
            NETWORKING,
            "Ingress",
            "{rules: [{http: {paths: [{backend: {resource: {}}}]}}]}",
            [],
            id="no Service",
        ),
        pytest.param(
            NETWORKING, "Ingress", f"{{defaultBackend: {NEW}}}", [("web", "", 80, None, "")], id="default"
        ),
        pytest.param(
            NETWORKING,
            "Ingress",
            f"{{rules: [{{host: a.io, http: {{paths: [{{path: /x, backend: {NEW}}}]}}}}]}}",
            [("web", "", 80, "/x", "a.io")],
            id="a path",
        ),
        pytest.param(
            NETWORKING,
            "Ingress",
            "{rules: [{http: {paths: [{backend: {service: {name: web, port: {name: http}}}}]}}]}",
            [("web", "", "http", "/", "")],
            id="a port by name",
        ),
        pytest.param(
            "networking.k8s.io/v1beta1",
            "Ingress",
            "{rules: [{http: {paths: [{backend: {serviceName: web, servicePort: 80}}]}}]}",
            [("web", "", 80, "/", "")],
            id="v1beta1",
        ),
        pytest.param(
            GATEWAY,
            "HTTPRoute",
            "{rules: [{backendRefs: [{name: web, port: 80, namespace: shop}, {kind: Other, name: x}]}]}",
            [("web", "shop", 80, None, "")],
            id="HTTPRoute",
        ),
        pytest.param(
            GATEWAY,
            "GRPCRoute",
            "{rules: [{backendRefs: [{name: web, port: 90}]}]}",
            [("web", "", 90, None, "")],
            id="GRPCRoute",
        ),
        pytest.param(
            "traefik.io/v1alpha1",
            "IngressRoute",
            "{routes: [{match: Host(`a`), services: [{name: web, port: http}]}]}",
            [("web", "", "http", None, "")],
            id="IngressRoute",
        ),
        pytest.param(
            "networking.istio.io/v1",
            "VirtualService",
            "{http: [{route: [{destination: {host: web.shop.svc.cluster.local, port: {number: 80}}}]}]}",
            [("web", "shop", 80, None, "")],
            id="VirtualService",
        ),
    ],
)
def test_backends(
    version: str, kind: str, spec: str, expected: list[tuple[str, str, int | str | None, str | None, str]]
) -> None:
    found = route(version, kind, spec)
    assert [
        (each.service, each.namespace, each.port, each.path, each.host) for each in found.backends
    ] == expected


def test_what_it_is() -> None:
    found = route(GATEWAY, "GRPCRoute", "{}")
    assert (found.kind, found.name, found.at.line, dict(found.annotations)) == (
        "GRPCRoute",
        "web",
        2,
        {"a": "b"},
    )


def test_a_templated_one_is_incomplete() -> None:
    rules = "{{- toYaml .Values.rules | nindent 4 }}"
    text = f"apiVersion: networking.k8s.io/v1\nkind: Ingress\nspec:\n  rules:\n    {rules}\n"
    (found,) = read_manifests("t.yaml", template(text), templated=True).routes
    assert not found.is_complete


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("{selector: {matchExpressions: [{key: a}]}, minAvailable: 1}", (None, "1", None)),
        ("{selector: {matchLabels: {app: web}}, maxUnavailable: 50%}", ({"app": "web"}, None, "50%")),
    ],
)
def test_budgets(spec: str, expected: tuple[dict[str, str] | None, str | None, str | None]) -> None:
    text = f"apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {{name: web}}\nspec: {spec}\n"
    (found,) = read_manifests("k8s/pdb.yaml", documents(text)).budgets
    amounts = (found.min_available, found.max_unavailable)
    assert (found.selector, *(fact.value if fact else None for fact in amounts)) == expected


ISTIO = "networking.istio.io/v1"


@pytest.mark.parametrize(
    ("version", "kind", "spec", "expected"),
    [
        pytest.param(GATEWAY, "HTTPRoute", "{}", [], id="nothing"),
        pytest.param(GATEWAY, "HTTPRoute", "{parentRefs: [{kind: Service, name: web}]}", [], id="a mesh"),
        pytest.param(ISTIO, "VirtualService", "{gateways: [mesh]}", [], id="Istio's mesh"),
        pytest.param(ISTIO, "VirtualService", "{gateways: ['{{ .Values.g }}']}", [], id="templated"),
        pytest.param(
            GATEWAY,
            "HTTPRoute",
            "{parentRefs: [{name: public, namespace: infra, sectionName: https, port: 443}]}",
            [("public", "infra", "https", 443)],
            id="one listener",
        ),
        pytest.param(GATEWAY, "GRPCRoute", "{parentRefs: [{name: a}]}", [("a", "", "", None)], id="a name"),
        pytest.param(
            ISTIO,
            "VirtualService",
            "{gateways: [mesh, infra/public, own]}",
            [("public", "infra", "", None), ("own", "", "", None)],
            id="Istio's",
        ),
    ],
)
def test_what_routes_attach_to(
    version: str, kind: str, spec: str, expected: list[tuple[str, str, str, int | None]]
) -> None:
    found = route(version, kind, spec).attachments
    assert [(each.gateway, each.namespace, each.listener, each.port) for each in found] == expected
