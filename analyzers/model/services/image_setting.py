"""Whether something puts other images into manifests when they are deployed: scripts, CI, controllers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzers.selection import is_makefile, is_yaml
from analyzers.sources import Sources

_COMMANDS = re.compile(
    rb"edit\s+set\s+image|\bset\s+image\b|--set(?:-string)?[ =][^\n]*(?:image|tag)|\benvsubst\b"
    rb"|\byq\b[^\n]*(?:image|tag)|\bsed\b[^\n]*(?:image|IMAGE|tag|TAG|latest|version|VERSION)"
    rb"|newTag|\bko\s+(?:apply|resolve)|skaffold\s+(?:run|deploy|render)|argocd\s+app\s+set|kbld|kluctl"
)
_CONTROLLERS = (
    *(b"argocd-image-updater", b"ImageUpdateAutomation", b"$imagepolicy", b"keel.sh/"),
    *(b"kube-image-keeper", b"deploy-image"),
)
_LOCAL = ("Tiltfile", "skaffold.yaml", "skaffold.yml", "devspace.yaml", "garden.yml")


def is_set_at_deployment(sources: Sources) -> bool:
    """A script, a Makefile, CI or a controller replaces images, or a tool for developers does."""
    if any(path.rpartition("/")[2] in _LOCAL for path in sources.tree):
        return True
    return any(_sets(path, content) for path, content in _texts(sources))


def _texts(sources: Sources) -> Iterator[tuple[str, bytes]]:
    for path in sources.paths:
        content = sources.content(path)
        if content:
            yield path, content


def _sets(path: str, content: bytes) -> bool:
    runs_commands = (
        is_makefile(path)
        or path.endswith((".sh", ".bash", ".py"))
        or path.startswith((".github/", ".gitlab"))
        or (
            is_yaml(path)
            and path.rpartition("/")[2].lower().startswith(("taskfile", "cloudbuild", "azure-pipelines"))
        )
    )
    if runs_commands and _COMMANDS.search(content):
        return True
    return is_yaml(path) and any(word in content for word in _CONTROLLERS)
