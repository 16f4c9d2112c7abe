"""Which files of a tree matter, judged by name and place alone, before anything is read.

A forge reads what is wanted here in one batch, so the choice must need no content.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from analyzers.files import SKIPPED_FOLDERS, Blob
from analyzers.parsers.light import light_value

MAX_FILE_BYTES = 1 << 20
MAX_MANIFEST_BYTES = 5 << 20
"""Of YAML, which is then read in part: generated manifests are that large."""
MOST_LARGE_BYTES = 16 << 20
"""Of such files together."""
_DOCKERFILE = re.compile(r"(?:^|/)(?:[^/]*[._-])?(?:docker|container)file(?:[._-][^/]*)?$", re.I)
_NOT_DOCKERFILE = re.compile(r"\.(?:md|txt|go|py|sh|ya?ml|json|j2|tmpl|dockerignore)$", re.I)
_BAKE = re.compile(r"(?:^|/)(?:[^/]*[._-])?bake(?:[._-][^/]*)?\.(?:hcl|json)$", re.I)
_SECRET_SIDE = re.compile(r"\.env(?:\.[\w.-]+)?|.*\.(?:env|pem|key)|id_(?:rsa|dsa|ecdsa|ed25519)")
_PATTERN_FILE = re.compile(
    r"example|sample|template|tmpl|dist$|defaults?$|schema|test|mock|dummy|\.pub(?:\.|$)", re.I
)
_RENOVATE = re.compile(r"(?:\.github/|\.gitlab/)?(?:renovate\.json5?|\.renovaterc(?:\.json5?)?)")
_DOCUMENTS = (".md", ".adoc", ".rst")
GENERATED_GO = re.compile(
    r"(?:^|/)(?:zz_generated[^/]*|[^/]*(?:\.pb|\.pb\.gw|_string|\.gen|_generated|\.deepcopy))\.go$"
)


@light_value
class Selection:
    """The paths to read, the most telling first, and how many that matter were left out for the budget."""

    paths: tuple[str, ...]
    left_out: int = 0


@light_value
class Budget:
    """How much one review reads of one tree."""

    files: int = 20_000
    bytes: int = 256 << 20


def is_dockerfile(path: str) -> bool:
    is_worth_a_look = "file" in path.lower()  # which most are not, and a tree has thousands
    return is_worth_a_look and bool(_DOCKERFILE.search(path)) and not _NOT_DOCKERFILE.search(path)


def is_bake(path: str) -> bool:
    """A file of `docker buildx bake`."""
    return "bake" in path.lower() and bool(_BAKE.search(path))


def is_makefile(path: str) -> bool:
    return path.rpartition("/")[2] in ("Makefile", "makefile", "GNUmakefile") or path.endswith(".mk")


def is_yaml(path: str) -> bool:
    return path.endswith((".yaml", ".yml"))


def is_go_source(path: str) -> bool:
    """Go that can end up in a program: no tests, no generated code."""
    return path.endswith(".go") and not path.endswith("_test.go") and not GENERATED_GO.search(path)


def is_java_side(name: str) -> bool:
    """A file name that may tell of connection pools and logging in Java."""
    return name.endswith((".java", ".properties")) or (name.startswith("logback") and name.endswith(".xml"))


def is_secret_side(path: str) -> bool:
    """A file that by its name may hold settings with passwords, or a private key; no pattern for one."""
    name = path.rpartition("/")[2]
    return bool(_SECRET_SIDE.fullmatch(name)) and not _PATTERN_FILE.search(name)


def is_renovate(path: str) -> bool:
    """Where Renovate looks for its settings: https://docs.renovatebot.com/configuration-options/"""
    return bool(_RENOVATE.fullmatch(path))


def is_skipped(path: str) -> bool:
    """In a folder whose content is somebody else's, or no part of what is deployed."""
    return not SKIPPED_FOLDERS.isdisjoint(path.split("/")[:-1])


def kind_of(path: str) -> int | None:
    """How telling a file is, 0 first; None where it says nothing to us."""
    name = path.rpartition("/")[2]
    if name in ("go.mod", "go.work", "go.sum") or is_dockerfile(path) or name.endswith(".dockerignore"):
        return 0
    if name in (".gitlab-ci.yml", ".shipworthy.yaml") or path.startswith((".github/workflows/", ".gitlab/")):
        return 0
    if _is_settings(path, name):
        return 1
    if is_yaml(path):
        return 1 if _looks_deployed(path) else 3
    if name.endswith(".tpl") and "/templates/" in f"/{path}":
        return 1 if _looks_deployed(path) else 3
    if name.endswith((".sh", ".bash")) or "entrypoint" in name:
        return 2 if not name.endswith(_DOCUMENTS) else None
    if is_makefile(path):
        return 2
    if is_java_side(name):
        return 3
    if is_go_source(path):
        return 2 if name == "main.go" or path.startswith(("cmd/", "internal/", "pkg/")) else 3
    return None


def select(tree: Mapping[str, Blob], changed: Collection[str] = (), budget: Budget = Budget()) -> Selection:
    """The files to read of a tree. What the change touches comes first, then by kind and depth."""
    touched = frozenset(changed)
    ranked = sorted(
        (path not in touched, kind, path.count("/"), path)
        for path in tree
        if not is_skipped(path) and (kind := kind_of(path)) is not None
    )
    chosen: list[str] = []
    room = budget.bytes
    for *_, path in ranked:
        size = max(tree[path].size, 0)
        if len(chosen) < budget.files and (size <= room or size > MAX_FILE_BYTES):
            chosen.append(path)
            room -= size if size <= MAX_FILE_BYTES else 0
    return Selection(tuple(chosen), len(ranked) - len(chosen))


def _is_settings(path: str, name: str) -> bool:
    named = name.endswith(".env") or name == "Kustomization" or _is_json_patch(path)
    return named or is_bake(path) or is_renovate(path) or is_secret_side(path)


def _is_json_patch(path: str) -> bool:
    """A patch of a kustomization that is written in JSON."""
    return path.endswith(".json") and "patch" in "/".join(path.rsplit("/", 2)[-2:])


def _looks_deployed(path: str) -> bool:
    folders = set(path.lower().split("/")[:-1])
    return not folders.isdisjoint(
        {
            "deploy",
            "deployment",
            "deployments",
            "k8s",
            "kubernetes",
            "manifests",
            "charts",
            "helm",
            "kustomize",
            "base",
        }
    )
