"""GitHub as a forge: what a review asks for, put to the parts that know how."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from analyzers.files import RepoFiles
from bot.errors import TryLater
from bot.forges import (
    github_answers,
    github_checks,
    github_closing,
    github_people,
    github_posting,
    github_queue,
    github_reading,
    github_votes,
)
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
from bot.forges.github_app import GithubApp
from bot.forges.github_blobs import BlobReader
from bot.forges.github_change import CheckRun, GithubChange
from bot.forges.github_client import Client
from bot.forges.github_reading import State
from bot.forges.github_trees import TreeCache
from bot.forges.tree_files import TreeFiles, touched


class GithubForge:
    """GitHub.com or an Enterprise Server, through one App. Safe to share between threads."""

    def __init__(self, app: GithubApp, blobs: BlobCache | None = None) -> None:
        self._app = app
        self._blobs = blobs or BlobCache()
        self._trees = TreeCache()
        self._people = github_people.People()

    def change(self, ref: ChangeRef) -> Change:
        """Two requests: state with threads, and the comparison. More only beyond 100 threads or 300 files.

        Raises OverBudget where this is no time to begin a review.
        """
        client = self._client(ref)
        client.begin()
        read = github_queue.read_change if ref.is_queued else github_reading.read_change
        return read(client, ref, self._app.app_id, self._app.addresses.web_url)

    def trees(self, change: Change, wanted: Wanted) -> tuple[RepoFiles, RepoFiles]:
        """Two requests: the head's tree, and all contents of both sides that no earlier review has read."""
        own = _own(change)
        client = self._client(own.ref)
        trees = self._trees.read(client, own)
        reader = BlobReader(client, own.repository, self._blobs)
        paths = touched(own)
        blobs = {
            blob
            for tree in (trees.base, trees.head)
            for path in wanted(tree, paths)
            if (blob := tree.get(path)) is not None
        }
        reader(sorted(blobs, key=lambda blob: blob.id))
        base = TreeFiles(trees.base, reader, trees.is_partial)
        return base, TreeFiles(trees.head, reader, trees.is_partial)

    def forget(self, change: Change) -> None:
        """What is remembered of other changes stays, as far as it is not the same."""
        own = _own(change)
        self._blobs.forget(blob.id for blob in own.head_blobs.values())
        if trees := self._trees.forget(own.base):
            self._blobs.forget(blob.id for tree in (trees.base, trees.head) for blob in tree.values())

    def open_threads(
        self, change: Change, threads: Sequence[NewThread], body: str, *, is_first_try: bool = False
    ) -> Sequence[NewThread]:
        """One request for those on lines, and one for each on a whole file."""
        own = _own(change)
        return github_posting.post_threads(
            self._client(own.ref), own, threads, body, lambda: self._state(own)
        )

    def close_threads(self, change: Change, closings: Sequence[Closing]) -> None:
        """One request, and another where resolving is not allowed."""
        github_closing.close(self._client(change.ref), closings)

    def votes(self, ref: ChangeRef) -> Sequence[Vote]:
        """One request, and more only beyond 100 threads."""
        return github_votes.read_votes(self._client(ref), ref)

    def publish_summary(self, change: Change, summary: Summary) -> None:
        """One request for every fifty annotations."""
        own = _own(change)
        github_checks.publish(self._client(own.ref), own, summary, lambda: self._run(own))

    def react(self, request: Request, reaction: Reaction) -> None:
        github_people.react(self._client(request.change), request, reaction)

    def standing(self, request: Request) -> Standing:
        return self._people.standing(self._client(request.change), request)

    def reply(self, request: Request, body: str) -> None:
        github_answers.reply(self._client(request.change), request, body)

    def _client(self, ref: ChangeRef) -> Client:
        return self._app.installed(ref.installation, ref.repository)

    def _state(self, change: GithubChange) -> State:
        read = github_queue.read_state if change.ref.is_queued else github_reading.read_state
        return read(self._client(change.ref), change.ref, self._app.app_id)

    def _run(self, change: GithubChange) -> CheckRun | None:
        state = self._state(change)
        if state.head != change.head:
            raise TryLater(datetime.now(UTC), f"the head of {change.ref.key} has moved")
        return state.check_run


def _own(change: Change) -> GithubChange:
    if not isinstance(change, GithubChange):
        raise TypeError(f"{change.ref.key} was not read from GitHub")
    return change
