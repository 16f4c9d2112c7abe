"""GitLab as a forge: what a review asks for, put to the parts that know how."""

from __future__ import annotations

from collections.abc import Sequence

from analyzers.files import RepoFiles
from bot.forges import gitlab_closing, gitlab_people, gitlab_posting, gitlab_reading, gitlab_summary
from bot.forges.base import (
    Change,
    ChangeRef,
    Closing,
    NewThread,
    Reaction,
    Request,
    Standing,
    Summary,
    Vote,
    Wanted,
)
from bot.forges.blobs import BlobCache
from bot.forges.gitlab_blobs import BlobReader
from bot.forges.gitlab_change import GitlabChange, Sticky
from bot.forges.gitlab_client import Client
from bot.forges.gitlab_discussions import sticky
from bot.forges.gitlab_state import State, read_state
from bot.forges.gitlab_trees import TreeCache
from bot.forges.gitlab_votes import read_votes
from bot.forges.tree_files import TreeFiles, touched


class GitlabForge:
    """GitLab.com or one of one's own, through one token. Safe to share between threads."""

    def __init__(self, client: Client, blobs: BlobCache | None = None) -> None:
        self._client = client
        self._blobs = blobs or BlobCache()
        self._trees = TreeCache()
        self._people = gitlab_people.People()

    def change(self, ref: ChangeRef) -> Change:
        """Two requests: state with discussions, and the diff. More only beyond a hundred of either."""
        is_tree_wanted = not self._trees.knows(ref.repository)
        return gitlab_reading.read_change(self._client, ref, is_tree_wanted)

    def trees(self, change: Change, wanted: Wanted) -> tuple[RepoFiles, RepoFiles]:
        """One request for 125 files that neither memory nor the diff tells.

        In a project not seen before, one more for every two thousand files beyond the first hundred.
        """
        own = _own(change)
        trees = self._trees.read(self._client, own)
        reader = BlobReader(self._client, own, trees, self._blobs)
        paths = touched(own)
        sides = (trees.base, trees.head)
        reader([tree[path] for tree in sides for path in wanted(tree, paths) if path in tree])
        base = TreeFiles(trees.base, reader, trees.is_partial)
        return base, TreeFiles(trees.head, reader, trees.is_partial)

    def forget(self, change: Change) -> None:
        """Read everything of the change anew when next asked for it. Of other changes what is not the same
        stays remembered."""
        trees = self._trees.forget(_own(change))
        if trees:
            self._blobs.forget(blob.id for tree in (trees.base, trees.head) for blob in tree.values())

    def open_threads(
        self, change: Change, threads: Sequence[NewThread], body: str, *, is_first_try: bool = False
    ) -> Sequence[NewThread]:
        """One request for one thread. For several, one each and one to publish them. Where an earlier try may
        have left drafts, another to look for them first.

        GitLab has no place for `body`. What it takes nowhere comes back.
        """
        own = _own(change)
        read = lambda: self._state(own).discussions  # noqa: E731
        return gitlab_posting.post(self._client, own, threads, read, is_first_try=is_first_try)

    def close_threads(self, change: Change, closings: Sequence[Closing]) -> None:
        """One request each."""
        gitlab_closing.close(self._client, _own(change), closings)

    def votes(self, ref: ChangeRef) -> Sequence[Vote]:
        """One request for the discussions, and one for each comment of ours."""
        return read_votes(self._client, ref)

    def publish_summary(self, change: Change, summary: Summary) -> None:
        """One request for the status, and one for the note where it changes."""
        own = _own(change)

        def find() -> Sticky | None:
            state = self._state(own)
            return sticky(state.discussions, state.own)

        gitlab_summary.publish(self._client, own, summary, find)

    def react(self, request: Request, reaction: Reaction) -> None:
        gitlab_people.react(self._client, request, reaction)

    def standing(self, request: Request) -> Standing:
        return self._people.standing(self._client, request)

    def reply(self, request: Request, body: str) -> None:
        gitlab_people.reply(self._client, request, body)

    def _state(self, change: GitlabChange) -> State:
        return read_state(self._client, change.ref)


def _own(change: Change) -> GitlabChange:
    if not isinstance(change, GitlabChange):
        raise TypeError(f"{change.ref.key} was not read from GitLab")
    return change
