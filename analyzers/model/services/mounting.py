"""What the containers of a service may be given at run time that its image lacks."""

from __future__ import annotations

from collections.abc import Collection

from analyzers.model.service import Service
from analyzers.model.workload import Container


def may_be_given(service: Service, folders: Collection[str], variables: Collection[str]) -> bool:
    """A variable, in the image or a container, or a volume that is mounted on or around one of the folders.

    So may a container of which a template may say more.
    """
    if service.image and any(name in service.image.final.env for name in variables):
        return True
    return any(_may_have(item.container, folders, variables) for item in service.deployed)


def _may_have(container: Container, folders: Collection[str], variables: Collection[str]) -> bool:
    if not container.is_complete or any(container.variable(name) for name in variables):
        return True
    paths = [mount.path for mount in container.mounts]
    return None in paths or any(
        f"{path}/".startswith(f"{folder}/") or folder.startswith(f"{(path or '').rstrip('/')}/")
        for path in paths
        for folder in folders
    )
