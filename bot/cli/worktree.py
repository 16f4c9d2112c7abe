"""The git work tree that a command runs on, and what has changed in it since a revision."""

from __future__ import annotations

import subprocess
from pathlib import Path

from analyzers.files import DirectoryFiles, GitFiles, resolve
from analyzers.git import run_git, without_filters
from bot.cli.difference import BaseFiles, Difference, WorkingFiles
from bot.cli.moves import find_moves

# What lies in a submodule is somebody else's, its configuration too.
_COMPARE = ("diff", "--name-status", "-z", "--find-renames", "--no-ext-diff", "--ignore-submodules=all")


def find_root(place: Path) -> Path:
    """The top of the git work tree around a path; the folder itself outside of one, or if git ignores it.

    Raises LookupError in git's own folder, which a bare repository is as well: no files lie there.
    """
    folder = (place if place.is_dir() else place.parent).resolve()
    try:
        said = run_git(folder, "rev-parse", "--is-inside-git-dir", "--show-toplevel")
    except FileNotFoundError:
        return folder
    except subprocess.CalledProcessError as refused:
        # It answers what it is asked first before it misses a work tree.
        said = refused.stdout
    in_git, _, top = said.decode("utf-8", "surrogateescape").rstrip("\n").partition("\n")
    if in_git == "true":
        raise LookupError(f"{folder} is git's own folder; a work tree is needed")
    return Path(top) if top and (Path(top) == folder or not _is_ignored(folder)) else folder


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
    base, here = GitFiles(root, _merge_base(root, revision)), DirectoryFiles(root)
    listing = run_git(root, *_COMPARE, base.commit, "--", settings=without_filters(root))
    told, renames = _read_status(listing.decode("utf-8", "surrogateescape").split("\0"))
    untracked = here.tree.keys() - base.tree.keys() - told
    renames |= find_moves(here, base, told - renames.keys(), untracked)
    changed = frozenset(told | untracked)
    head = WorkingFiles(here, base, changed)
    return Difference(BaseFiles(base, head), head, changed, renames)


def _merge_base(root: Path, revision: str) -> str:
    commit = resolve(root, revision)
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
