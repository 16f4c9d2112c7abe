"""Files moved in the work tree without telling git, which sees one file deleted and another untracked."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from analyzers.files import RepoFiles, blob_id


def find_moves(
    here: RepoFiles, base: RepoFiles, changed: Collection[str], untracked: Collection[str]
) -> Mapping[str, str]:
    """Where files of the base went, as long as they are what they were; an edited one is a new one."""
    if not untracked:
        return {}
    gone = {
        base.tree[path].id: path for path in sorted(changed) if path in base.tree and path not in here.tree
    }
    sizes = {base.tree[path].size for path in gone.values()}
    alike = [path for path in sorted(untracked) if here.tree[path].size in sizes]
    ids = {path: blob_id(content) for path, content in here.read(alike).items()}
    return {gone[found]: path for path, found in ids.items() if found in gone}
