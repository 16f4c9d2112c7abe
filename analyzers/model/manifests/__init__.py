"""Kubernetes manifests to workloads, Services, routes, autoscalers and settings."""

from __future__ import annotations

from analyzers.model.manifests.completing import complete
from analyzers.model.manifests.excerpts import parse_large_manifest
from analyzers.model.manifests.kustomized import in_doubt, read_resources
from analyzers.model.manifests.manifests import KINDS_READ, Manifests, read_manifests

__all__ = [
    "KINDS_READ",
    "Manifests",
    "complete",
    "in_doubt",
    "parse_large_manifest",
    "read_manifests",
    "read_resources",
]
