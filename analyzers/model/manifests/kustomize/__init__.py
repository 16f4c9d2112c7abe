"""Kustomizations: read, and resolved to the objects they yield."""

from __future__ import annotations

from analyzers.model.manifests.kustomize.budget import Exhausted
from analyzers.model.manifests.kustomize.kustomization import Kustomization, is_kustomization
from analyzers.model.manifests.kustomize.kustomization_reader import read_kustomization
from analyzers.model.manifests.kustomize.resolver import Resolver
from analyzers.model.manifests.kustomize.resource import Resource
from analyzers.model.manifests.kustomize.roots import (
    by_folder,
    find_roots,
    listed_files,
    patch_files,
    remark_circles,
)

__all__ = [
    "Exhausted",
    "Kustomization",
    "Resolver",
    "Resource",
    "by_folder",
    "find_roots",
    "is_kustomization",
    "listed_files",
    "patch_files",
    "read_kustomization",
    "remark_circles",
]
