"""Proxies that stand beside a service in its pod: of service meshes, for sign-in, in front of databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_BY_NAME: Mapping[str, str] = {
    **dict.fromkeys(
        ("istio-proxy", "linkerd-proxy", "envoy", "daprd", "vault-agent", "consul-dataplane"), ""
    ),
    **dict.fromkeys(("oauth2-proxy", "oauth-proxy", "kube-rbac-proxy", "cloud-sql-proxy", "pgbouncer"), ""),
    "alloydb-auth-proxy": "",
    "envoy-sidecar": "envoy",
    "kuma-sidecar": "kuma-dp",
    "cloudsql-proxy": "cloud-sql-proxy",
    "cloud_sql_proxy": "cloud-sql-proxy",
    "oauth2_proxy": "oauth2-proxy",
}
"""Names of containers; empty where the proxy is called so."""
_BY_IMAGE: Mapping[str, str] = {
    "proxyv2": "istio-proxy",
    "linkerd/proxy": "linkerd-proxy",
    **dict.fromkeys(("envoy", "envoy-alpine", "envoy-distroless", "aws-appmesh-envoy"), "envoy"),
    "endpoints-runtime": "endpoints-runtime",
    "daprd": "daprd",
    "consul-dataplane": "consul-dataplane",
    "kuma-dp": "kuma-dp",
    "vault-agent": "vault-agent",
    "oauth2-proxy": "oauth2-proxy",
    "oauth2_proxy": "oauth2-proxy",
    "oauth-proxy": "oauth-proxy",
    "origin-oauth-proxy": "oauth-proxy",
    "kube-rbac-proxy": "kube-rbac-proxy",
    "gce-proxy": "cloud-sql-proxy",
    "cloud-sql-proxy": "cloud-sql-proxy",
    "alloydb-auth-proxy": "alloydb-auth-proxy",
    "pgbouncer": "pgbouncer",
}
"""The last part of an image's repository, or the last two."""


def proxy_of(name: str, repository: str, words: Sequence[str]) -> str:
    """Which proxy a container is, by its image, its name and what it is started with; empty for any other.

    The image counts first. `vault agent` is one, a Vault server is not.
    """
    *_, folder, short = ("", *repository.split("/"))
    if short == "vault":
        return "vault-agent" if "agent" in words else ""
    by_image = _BY_IMAGE.get(f"{folder}/{short}") or _BY_IMAGE.get(short)
    return by_image or (name in _BY_NAME and (_BY_NAME[name] or name)) or ""
