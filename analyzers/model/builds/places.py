"""Folders and files of the repository that builds name, and the names they give to images."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

from analyzers.model.builds.interpolation import UNKNOWN
from analyzers.parsers.image_name import parse_image_name

ROOT = "\ue001"
"""Stands for the folder of the checkout, `$CI_PROJECT_DIR`, in front of a path."""
_PART = re.compile(r"[a-z0-9]+(?:[._-]+[a-z0-9]+)*")
_UNKNOWN_TAG = re.compile(f":[^/:@]*{UNKNOWN}[^/:@]*$")


def inside(folder: str | None, text: str) -> str | None:
    """A path as it lies in the repository, seen from a folder. None where it leaves it or is not known."""
    if text.startswith(ROOT):
        folder, text = "", text.removeprefix(ROOT).lstrip("/")
    if folder is None or UNKNOWN in text or ROOT in text or "://" in text:
        return None
    if text.startswith(("/", "~", "git@")):
        return None
    path = posixpath.normpath(posixpath.join(folder, text))
    if path == ".." or path.startswith("../"):
        return None
    return "" if path == "." else path


def in_repository(path: str | None, checkouts: Iterable[str]) -> str | None:
    """A path of the workspace as it lies in the repository, which may be checked out into folders of it."""
    for folder in checkouts:
        if path is not None and f"{path}/".startswith(f"{folder}/"):
            return path[len(folder) + 1 :]
    return path


def repository_of(image: str) -> str:
    """The familiar name of a reference, whose tag may be unknown; empty where the name is not known."""
    name = parse_image_name(_UNKNOWN_TAG.sub("", image))
    return name.familiar if name else ""


def short_names_of(images: Iterable[str]) -> tuple[str, ...]:
    """The last parts of names that are known from their last slash on only."""
    found = (_last_part(image) for image in images if UNKNOWN in image and not repository_of(image))
    return tuple(dict.fromkeys(name for name in found if _PART.fullmatch(name)))


def _last_part(image: str) -> str:
    return image.rpartition("/")[2].partition("@")[0].partition(":")[0]


def repositories_of(images: Iterable[str]) -> tuple[str, ...]:
    """Each known name once."""
    return tuple(dict.fromkeys(name for image in images if (name := repository_of(image))))
