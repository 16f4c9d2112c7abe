"""Kubernetes manifests to workloads, Services, autoscalers and settings."""

from __future__ import annotations

from analyzers.model.manifests.kustomization import (
    ImageOverride,
    Kustomization,
    is_kustomization,
    read_kustomization,
)
from analyzers.model.manifests.manifests import KINDS_READ, Manifests, read_manifests
from analyzers.model.manifests.overlays import find_chains, patch_paths, under_overlays

__all__ = [
    "KINDS_READ",
    "ImageOverride",
    "Kustomization",
    "Manifests",
    "find_chains",
    "is_kustomization",
    "patch_paths",
    "read_kustomization",
    "read_manifests",
    "under_overlays",
]
