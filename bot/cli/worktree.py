"""The git work tree that a command runs on, and what has changed in it since a revision."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from analyzers.files import Blob, DirectoryFiles, GitFiles
from analyzers.git import run_git, without_filters
from bot.cli.moves import find_moves

# What lies in a submodule is somebody else's, its configuration too.
_COMPARE = ("diff", "--name-status", "-z", "--find-renames", "--no-ext-diff", "--ignore-submodules=all")


@dataclass(frozen=True)
class Difference:
    """What the work tree changed since `base`: paths touched, and where files went."""

    base: GitFiles
    changed: frozenset[str]
    renames: Mapping[str, str]


class WorkingFiles(DirectoryFiles):
    """The work tree; a file that has not changed since the base bears the base's content id."""

    def __init__(self, root: Path, difference: Difference) -> None:
        super().__init__(root)
        self._difference = difference

    @cached_property
    def tree(self) -> Mapping[str, Blob]:
        base, changed = self._difference.base.tree, self._difference.changed
        return {
            path: base[path] if path in base and path not in changed else blob
            for path, blob in super().tree.items()
        }


def find_root(place: Path) -> Path:
    """The top of the git work tree around a path; the folder itself outside of one, or if git ignores it.

    Raises LookupError in git's own folder, which a bare repository is as well: no files lie there.
    """
    folder = place if place.is_dir() else place.parent
    if _is_git_folder(folder):
        raise LookupError(f"{folder.resolve()} is git's own folder; a work tree is needed")
    try:
        top = run_git(folder, "rev-parse", "--show-toplevel").decode().rstrip("\n")
    except (subprocess.CalledProcessError, FileNotFoundError):
        return folder.resolve()
    return folder.resolve() if _is_ignored(folder) else Path(top)


def _is_git_folder(folder: Path) -> bool:
    try:
        return run_git(folder, "rev-parse", "--is-inside-git-dir").strip() == b"true"
    except (subprocess.CalledProcessError, FileNotFoundError):
        return False


def _is_ignored(folder: Path) -> bool:
    try:
        # The one command here that refuses to take paths literally.
        run_git(folder, "--no-literal-pathspecs", "check-ignore", "--quiet", ".")
    except subprocess.CalledProcessError:
        return False
    return True


def difference_since(root: Path, revision: str) -> Difference:
    """What was changed since the merge base with a revision. Raises LookupError."""
    if not (root / ".git").exists():
        raise LookupError(f"{root} is not the work tree of a git repository")
    base = GitFiles(root, _merge_base(root, revision))
    listing = run_git(root, *_COMPARE, base.commit, "--", settings=without_filters(root))
    changed, renames = _read_status(listing.decode("utf-8", "surrogateescape").split("\0"))
    listing = run_git(root, "ls-files", "-z", "--others", "--exclude-standard")
    untracked = set(filter(None, listing.decode("utf-8", "surrogateescape").split("\0")))
    renames |= find_moves(root, base, changed - renames.keys(), untracked)
    return Difference(base, frozenset(changed | untracked), renames)


def _merge_base(root: Path, revision: str) -> str:
    commit = GitFiles(root, revision).commit
    try:
        return run_git(root, "merge-base", commit, "HEAD").decode().strip()
    except subprocess.CalledProcessError:
        return commit


def _read_status(fields: list[str]) -> tuple[set[str], dict[str, str]]:
    """`git diff --name-status -z`: a letter, then one path, or two for a rename or copy."""
    changed: set[str] = set()
    renames: dict[str, str] = {}
    rest = iter(fields)
    for letter in rest:
        if not letter:
            break
        path = next(rest)
        changed.add(path)
        if letter[0] in "RC":
            target = next(rest)
            changed.add(target)
            if letter[0] == "R":
                renames[path] = target
    return changed, renames
