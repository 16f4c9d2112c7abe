"""A merge request read: its state with all discussions in one GraphQL request, its files from REST."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from bot.errors import NotFound
from bot.forges import gitlab_files
from bot.forges.base import Abilities, ChangeRef
from bot.forges.gitlab_change import GitlabChange
from bot.forges.gitlab_client import Client
from bot.forges.gitlab_discussions import sticky, threads
from bot.forges.gitlab_people import is_bot
from bot.forges.gitlab_state import Refs, State, read_state

_ABILITIES = Abilities(suggestions="gitlab", annotations=False)


def read_change(client: Client, ref: ChangeRef, is_tree_wanted: bool = False) -> GitlabChange:
    """The whole change. The files of a closed one are not read.

    Raises NotFound also where GitLab has not made the diff yet, as it is for some seconds after opening.
    """
    state = read_state(client, ref, is_tree_wanted)
    if state.refs is None and state.is_open:
        raise NotFound(f"{ref.key} has no diff yet")
    change = _described(client, state, ref, state.refs or Refs("", "", ""))
    if not change.is_open:
        return change
    entries = gitlab_files.list_files(client, change.path)
    return replace(
        change,
        files=tuple(map(gitlab_files.read_file, entries)),
        files_left_out=max(0, state.file_count - len(entries)),
        links=gitlab_files.links(entries),
        former_links=gitlab_files.former_links(entries),
    )


def _described(client: Client, state: State, ref: ChangeRef, refs: Refs) -> GitlabChange:
    return GitlabChange(
        ref=ref,
        title=state.title,
        head=refs.head,
        base=refs.base,
        base_branch=state.target_branch,
        author=state.author,
        is_open=state.is_open,
        is_draft=state.is_draft,
        files=(),
        threads=tuple(threads(state.discussions, state.own, refs.head)),
        blob_url=f"{client.instance.web_url}/{quote(state.repository)}/-/blob/{refs.head}/",
        abilities=_ABILITIES,
        project=state.project,
        repository=state.repository,
        start=refs.start,
        head_branch=state.source_branch,
        labels=state.labels,
        is_by_bot=is_bot(state.author),
        pipeline=state.pipeline if state.pipeline_commit == refs.head else "",
        sticky=sticky(state.discussions, state.own),
        first_page=state.first_page,
    )
