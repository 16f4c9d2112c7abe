"""A commit's tree listed: many pages in one GraphQL query, or REST's pages with a budget.

GitLab reads the whole tree for every query, however little of it is shown; asking for many pages at once
spares both sides. Where a page begins is guessed from how the first one ended, and checked.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable

from bot.errors import Unclear
from bot.forges.gitlab_change import GitlabChange, TreePage
from bot.forges.gitlab_client import Client
from bot.forges.gitlab_errors import Unanswerable
from bot.forges.gitlab_queries import ENTRIES_A_PAGE, TREE_PAGES_A_QUERY, tree_query
from bot.forges.gitlab_state import tree_page

MOST_QUERIES = 50
MOST_PAGES = 60
"""Six thousand files by REST; with GraphQL it is a hundred thousand."""

_QUERY = "tree"

Entry = tuple[str, str, str]
"""Path, blob id, mode."""


def list_tree(client: Client, change: GitlabChange) -> tuple[list[Entry], bool]:
    """All entries of the head that are no folders, and whether that is all of them."""
    try:
        return _by_query(client, change.repository, change.head, change.first_page)
    except Unanswerable as no:
        client.shun(_QUERY, no)
    except Unclear:
        pass
    return _by_pages(client, change.project, change.head)


def _by_query(
    client: Client, repository: str, commit: str, begun: TreePage | None
) -> tuple[list[Entry], bool]:
    (page,) = [begun] if begun else _ask(client, repository, commit, [""])
    entries = list(page.entries)
    for _ in range(MOST_QUERIES):
        if not page.next:
            return entries, True
        pages = _joined(page, _ask(client, repository, commit, _cursors(page.next)))
        entries.extend(entry for one in pages for entry in one.entries)
        page = pages[-1]
    return entries, not page.next


def _ask(client: Client, repository: str, commit: str, cursors: list[str]) -> list[TreePage]:
    document, variables = tree_query(cursors)
    data = client.query(_QUERY, document, {"path": repository, "ref": commit, **variables})
    tree = ((data["project"] or {}).get("repository") or {}).get("tree")
    if not tree:
        raise Unanswerable(f"GraphQL shows no tree of {commit}")
    return [tree_page(tree[f"p{number}"]) for number in range(len(cursors))]


def _joined(before: TreePage, pages: Iterable[TreePage]) -> list[TreePage]:
    """The pages as long as each begins where the one before it ended: the first always does."""
    joined: list[TreePage] = []
    for page, cursor in zip(pages, _cursors(before.next), strict=True):
        if before.next != cursor:
            break
        joined.append(page)
        before = page
    return joined


def _cursors(first: str) -> list[str]:
    """Where this page and those after it begin. Only the first is certain."""
    for read, write in _SPELLINGS:
        number = read(first)
        if number is not None and write(number) == first:
            return [write(number + ENTRIES_A_PAGE * ahead) for ahead in range(TREE_PAGES_A_QUERY)]
    return [first]


def _plain(cursor: str) -> int | None:
    return int(cursor) if cursor.isascii() and cursor.isdecimal() and len(cursor) < 12 else None


def _coded(cursor: str) -> int | None:
    try:
        return _plain(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode())
    except ValueError:
        return None


_SPELLINGS: tuple[tuple[Callable[[str], int | None], Callable[[int], str]], ...] = (
    (_plain, str),
    (_coded, lambda number: base64.urlsafe_b64encode(b"%d" % number).decode().rstrip("=")),
    (_coded, lambda number: base64.urlsafe_b64encode(b"%d" % number).decode()),
)


def _by_pages(client: Client, project: str, commit: str) -> tuple[list[Entry], bool]:
    entries: list[Entry] = []
    is_last = False
    path = f"/projects/{project}/repository/tree"
    for answer in client.answers(path, MOST_PAGES, ref=commit, recursive="true", pagination="keyset"):
        entries.extend((one["path"], one["id"], one["mode"]) for one in answer.data if one["type"] == "blob")
        is_last = answer.next is None
    return entries, is_last
