"""Which environment variables a container may have, and where the repository keeps those that it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analyzers.model.image import Image
from analyzers.model.manifests.manifests import Manifests
from analyzers.model.service import Deployed
from analyzers.model.workload import Container, Settings, Workload

_ALWAYS = frozenset({"HOME", "HOSTNAME", "PATH", "PWD", "TERM", "USER", "TZ", "LANG", "SHLVL"})
_OF_THE_CLUSTER = re.compile(r"KUBERNETES_\w+|\w+_SERVICE_(?:HOST|PORT\w*)|\w+_PORT(?:_\d+_(?:TCP|UDP)\w*)?")
"""https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables"""
_BARE = re.compile(
    r"[^./:]+|(?:gcr\.io/distroless|cgr\.dev/chainguard|registry\.access\.redhat\.com|mcr\.microsoft\.com)/.+"
)
"""Images of which nobody sets a program's own variables: Docker's official ones, distroless and the like."""
_INJECTED = re.compile(r"inject|vault|secrets-store|doppler|infisical", re.I)


def lacks(deployed: Deployed, image: Image, variables: Iterable[str]) -> bool:
    """None of the variables is there for sure: everything that could set one is known."""
    container, workload = deployed.container, deployed.workload
    is_known = container.is_complete and container.env_is_complete and _is_bare(image)
    may_be_injected = any(map(_INJECTED.search, workload.annotations))
    return is_known and not may_be_injected and not any(_has(container, image, name) for name in variables)


def _has(container: Container, image: Image, name: str) -> bool:
    if name in _ALWAYS or _OF_THE_CLUSTER.fullmatch(name):
        return True
    return container.variable(name) is not None or name in image.final.env


def _is_bare(image: Image) -> bool:
    root = image.final.root
    base = root.base.value if root.base else None
    return root.is_scratch or (base is not None and _BARE.fullmatch(base.repository) is not None)


def keeper_of(name: str, workload: Workload, manifests: Iterable[Manifests]) -> Settings | None:
    """The one ConfigMap or Secret of the workload's set and namespace that has a key of that name."""
    found = [
        settings
        for each in manifests
        for settings in each.settings
        if (settings.overlay, settings.namespace) == (workload.overlay, workload.namespace)
        and (workload.overlay or settings.path == workload.path)
        and name in settings.data
        and settings.name
    ]
    return found[0] if len(found) == 1 else None
