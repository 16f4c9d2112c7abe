"""Proxies beside the containers they serve."""

from __future__ import annotations

from textwrap import indent

import pytest

from analyzers.model.manifests import read_manifests
from analyzers.model.manifests.meshes import injected_proxies
from tests.analyzers.documents import documents
from tests.analyzers.model.manifests.pods import container, workload

WEB = "containers:\n  - name: web\n    image: shop/web:1\n"


def item(name: str, rest: str) -> str:
    return f"  - name: {name}\n" + indent(rest, " " * 4) + "\n"


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param("image: shop/web:1", id="a service"),
        pytest.param("image: nginx:1.27", id="a web server"),
        pytest.param("image: shop/envoyer:1", id="a name that begins alike"),
        pytest.param("image: shop/proxy:1", id="a proxy of one's own"),
        pytest.param("image: hashicorp/vault:1.17\nargs: [server]", id="a Vault server"),
        pytest.param("image: '{{ .Values.proxy.image }}'", id="a templated image"),
        pytest.param("", id="no image"),
    ],
)
def test_no_proxy(fields: str) -> None:
    assert container(fields).proxy == ""


@pytest.mark.parametrize(
    ("name", "rest", "proxy"),
    [
        ("istio-proxy", "image: auto", "istio-proxy"),
        ("mesh", "image: docker.io/istio/proxyv2:1.24.0", "istio-proxy"),
        ("mesh", "image: cr.l5d.io/linkerd/proxy:edge-24.11.1", "linkerd-proxy"),
        ("front", "image: envoyproxy/envoy:v1.31.0", "envoy"),
        ("sql", "image: gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.1", "cloud-sql-proxy"),
        ("cloudsql-proxy", "image: gcr.io/cloudsql-docker/gce-proxy:1.33", "cloud-sql-proxy"),
        ("cloud_sql_proxy", "image: '{{ .Values.image }}'", "cloud-sql-proxy"),
        ("auth", "image: quay.io/oauth2-proxy/oauth2-proxy:v7.7.1", "oauth2-proxy"),
        ("kube-rbac-proxy", "image: quay.io/brancz/kube-rbac-proxy:v0.18.1", "kube-rbac-proxy"),
        ("daprd", "image: daprio/daprd:1.14.4", "daprd"),
        ("vault-agent", "image: hashicorp/vault:1.17\nargs: [agent, -config=/a.hcl]", "vault-agent"),
        ("kuma-sidecar", "image: docker.io/kumahq/kuma-dp:2.9.0", "kuma-dp"),
        ("pgbouncer", "image: registry.example.com/pool:1", "pgbouncer"),
    ],
)
def test_proxies_beside_a_service(name: str, rest: str, proxy: str) -> None:
    found = workload(WEB + item(name, rest))
    assert [(each.name, each.proxy) for each in found.proxies] == [(name, proxy)]


def test_a_proxy_alone_stands_beside_nothing() -> None:
    alone = workload(
        "containers:\n" + item("oauth2-proxy", "image: quay.io/oauth2-proxy/oauth2-proxy:v7.7.1")
    )
    assert alone.proxies == ()
    assert alone.containers[0].proxy == "oauth2-proxy"


def test_a_proxy_that_starts_first() -> None:
    rest = "image: docker.io/istio/proxyv2:1.24.0\nrestartPolicy: Always"
    found = workload(
        WEB + "initContainers:\n" + item("istio-proxy", rest) + item("sql", "image: gce-proxy:1")
    )
    assert [each.name for each in found.proxies] == ["istio-proxy"]


@pytest.mark.parametrize(
    ("marks", "proxies"),
    [
        ("{}", ()),
        ("{linkerd.io/inject: disabled}", ()),
        ("{dapr.io/enabled: 'false'}", ()),
        ("{sidecar.istio.io/inject: 'false', istio.io/rev: stable}", ()),
        ("{istio.io/dataplane-mode: ambient}", ()),
        ("{vault.hashicorp.com/agent-inject: '{{ .Values.vault }}'}", ()),
        ("{sidecar.istio.io/inject: 'true', istio.io/rev: stable}", ("istio-proxy",)),
        ("{linkerd.io/inject: ingress}", ("linkerd-proxy",)),
        ("{dapr.io/enabled: 'true', vault.hashicorp.com/agent-inject: 'true'}", ("daprd", "vault-agent")),
    ],
)
def test_injected_proxies(marks: str, proxies: tuple[str, ...]) -> None:
    text = (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n"
        f"    metadata: {{annotations: {marks}}}\n    spec: {{containers: [{{name: web}}]}}\n"
    )
    (found,) = read_manifests("web.yaml", documents(text)).workloads
    assert injected_proxies(found) == proxies
