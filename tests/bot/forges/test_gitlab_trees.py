"""Trees and contents: what they cost, and that they are right whichever way they came."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from analyzers.files import RepoFiles, blob_id
from bot.errors import TryLater
from bot.forges import gitlab_tree_pages
from bot.forges.base import ChangeRef
from tests.bot.forges.drafts import LINES, dockerfiles, everything
from tests.bot.forges.gitlab_stage import GitlabStage, gitlab_forge
from tests.bot.forges.stand_in.fault import Fault

BASE = {
    "same.txt": "same\n",
    "changed.txt": LINES,
    "gone.txt": "gone",
    "a b/von.txt": LINES + "here\n",
    "pic.png": b"\0\1",
    "latin.txt": "caf\xe9\nna\xefve\n".encode("latin-1"),
}
HEAD = {
    "same.txt": "same\n",
    "changed.txt": LINES.replace("line 3\n", "line three\n"),
    "new.txt": "come",
    "a b/nach.txt": LINES + "there\n",
    "pic.png": b"\0\2",
    "latin.txt": "caf\xe9\nna\xefver\n".encode("latin-1"),
}
GRAPHQL = "POST /graphql"


def contents(side: RepoFiles) -> Mapping[str, bytes]:
    return dict(side.read(side.tree))


def both(gitlab: GitlabStage, ref: ChangeRef) -> tuple[RepoFiles, RepoFiles]:
    return gitlab.forge.trees(gitlab.forge.change(ref), everything)


def as_bytes(files: Mapping[str, str | bytes]) -> dict[str, bytes]:
    return {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}


LIMITS = [
    pytest.param({}, id="all is shown"),
    pytest.param({"patch_lines": 1}, id="all is collapsed"),
    pytest.param({"one_blob_a_query": True}, id="one blob a query"),
    pytest.param({"blob_bytes": 100}, id="few bytes a query"),
    pytest.param({"has_graphql": False}, id="no GraphQL"),
    pytest.param({"complexity": 60}, id="cheap queries only"),
]


@pytest.mark.parametrize("limits", LIMITS)
def test_both_sides_are_read_to_the_letter(gitlab: GitlabStage, limits: dict[str, object]) -> None:
    for name, value in limits.items():
        setattr(gitlab.stand_in.world.limits, name, value)
    base, head = both(gitlab, gitlab.open_change(BASE, HEAD))

    assert contents(base) == as_bytes(BASE)
    assert contents(head) == as_bytes(HEAD)


@pytest.mark.parametrize("limits", LIMITS)
def test_a_push_is_read_to_the_letter(gitlab: GitlabStage, limits: dict[str, object]) -> None:
    ref = gitlab.open_change(BASE, HEAD)
    both(gitlab, ref)
    for name, value in limits.items():
        setattr(gitlab.stand_in.world.limits, name, value)
    pushed = {**HEAD, "changed.txt": LINES + "end\n", "more.txt": "more\n", "same.txt": "other\n"}
    gitlab.push(ref, pushed)
    base, head = both(gitlab, ref)

    assert contents(base) == as_bytes(BASE)
    assert contents(head) == as_bytes(pushed)


def test_what_the_diff_tells_is_not_fetched(gitlab: GitlabStage) -> None:
    """Of 40 changed files nothing, since the base is known and the head follows from it."""
    ref = gitlab.open_change(dockerfiles(40), dockerfiles(40, "CMD b"))
    both(gitlab, ref)
    gitlab.stand_in.requests.clear()
    gitlab.push(ref, dockerfiles(40, "CMD c"))
    base, head = both(gitlab, ref)

    assert contents(base) == as_bytes(dockerfiles(40))
    assert contents(head) == as_bytes(dockerfiles(40, "CMD c"))
    assert len(gitlab.stand_in.requests) == len(["state", "diffs"])


def test_an_old_version_is_not_fetched_beside_the_new(gitlab: GitlabStage) -> None:
    both(gitlab, gitlab.open_change(dockerfiles(120), dockerfiles(120, "CMD b")))

    assert gitlab.stand_in.asked("graphql") == len(["state", "the tree's second page", "contents"])


def test_ids_that_the_listing_shows_are_those_of_git(gitlab: GitlabStage) -> None:
    base, head = both(gitlab, gitlab.open_change(BASE, HEAD))

    assert head.tree["changed.txt"].id == blob_id(as_bytes(HEAD)["changed.txt"])
    assert base.tree["same.txt"] == head.tree["same.txt"]
    assert base.tree["changed.txt"] != head.tree["changed.txt"]


def test_links_are_no_files(gitlab: GitlabStage) -> None:
    world = gitlab.stand_in.world
    ref = gitlab.open_change({"a": "1\n", "link": "a"}, {"a": "2\n", "link": "b"})
    for sha, commit in gitlab.project.commits.items():
        gitlab.project.commits[sha] = type(commit)(sha, commit.files, commit.parent, frozenset({"link"}))
    for _ in ("listed", "from memory"):
        base, head = both(gitlab, ref)
        assert (set(base.tree), set(head.tree)) == ({"a"}, {"a"})
        request = gitlab.request(ref)
        request.head = world.commit(gitlab.project, {"a": "3\n", "link": "c"}, links=frozenset({"link"}))


@pytest.mark.parametrize(("files", "queries"), [(90, 2), (150, 3), (2000, 3), (2500, 4)])
def test_large_trees_are_listed_in_few_queries(gitlab: GitlabStage, files: int, queries: int) -> None:
    many = {f"{number:05}.txt": f"{number}\n" for number in range(files)}
    ref = gitlab.open_change(many, {**many, "new.txt": "x\n"})
    _, head = gitlab.forge.trees(gitlab.forge.change(ref), lambda tree, touched: ["00000.txt"])

    assert len(head.tree) == files + 1
    assert gitlab.stand_in.asked("graphql") == queries


def test_without_graphql_a_tree_is_listed_in_pages_up_to_a_limit(
    gitlab: GitlabStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gitlab_tree_pages, "MOST_PAGES", 2)
    gitlab.stand_in.world.limits.has_graphql = False
    many = {f"{number:05}.txt": f"{number}\n" for number in range(250)}
    ref = gitlab.open_change(many, {**many, "00001.txt": "x\n"})
    base, head = gitlab.forge.trees(gitlab.forge.change(ref), lambda tree, touched: list(touched))

    assert (len(head.tree), head.is_partial, base.is_partial) == (200, True, True)
    assert (base.read(["00001.txt"]), head.read(["00001.txt"])) == (
        {"00001.txt": b"1\n"},
        {"00001.txt": b"x\n"},
    )


def test_a_file_larger_than_is_reviewed_is_left_out(gitlab: GitlabStage) -> None:
    big = {"big.txt": "x" * 2**20 + "y\n", "small.txt": "x\n"}
    _, head = both(gitlab, gitlab.open_change({"README": "a\n"}, {"README": "b\n", **big}))

    assert set(contents(head)) == {"README", "small.txt"}


def test_single_reads_have_a_limit_and_what_is_left_out_is_not_made_up(gitlab: GitlabStage) -> None:
    gitlab.stand_in.world.limits.one_blob_a_query = True
    ref = gitlab.open_change(dockerfiles(130), {**dockerfiles(130), "x": "1\n"})
    _, head = both(gitlab, ref)
    found = contents(head)

    assert len(found) == 101
    assert all(as_bytes(dockerfiles(130))[path] == content for path, content in found.items() if path != "x")


def test_a_head_that_moved_meanwhile_is_read_later(gitlab: GitlabStage) -> None:
    ref = gitlab.open_change(BASE, HEAD)
    change = gitlab.forge.change(ref)
    other = gitlab.stand_in.world.commit(gitlab.project, {**HEAD, "same.txt": "moved on\n"})
    gitlab.project.commits[change.head] = gitlab.project.commits[other]

    with pytest.raises(TryLater):
        gitlab.forge.trees(change, everything)


def test_contents_are_shared_between_merge_requests(gitlab: GitlabStage) -> None:
    first = gitlab.open_change(dockerfiles(60), dockerfiles(60, "CMD b"))
    both(gitlab, first)
    world, start = gitlab.stand_in.world, gitlab.request(first).base
    head = world.commit(gitlab.project, {**dockerfiles(60), **dockerfiles(2, "CMD z")}, start)
    second = ChangeRef("gitlab", "acme/shop", world.open(gitlab.project, start, head).iid)
    gitlab.stand_in.requests.clear()
    both(gitlab, second)

    assert len(gitlab.stand_in.requests) == len(["state", "diffs"])


def test_a_query_for_contents_that_breaks_is_tried_in_parts(gitlab: GitlabStage) -> None:
    ref = gitlab.open_change(dockerfiles(60), dockerfiles(60, "CMD b"))
    change = gitlab.forge.change(ref)
    gitlab.stand_in.faults.append(Fault("graphql", status=502))
    _, head = gitlab.forge.trees(change, everything)

    assert contents(head) == as_bytes(dockerfiles(60, "CMD b"))
    assert gitlab.stand_in.asked("/raw") == 0


def test_what_is_forgotten_is_read_anew(gitlab: GitlabStage) -> None:
    ref = gitlab.open_change(dockerfiles(40), dockerfiles(40, "CMD b"))
    both(gitlab, ref)
    gitlab.stand_in.requests.clear()
    change = gitlab.forge.change(ref)
    gitlab.forge.forget(change)
    _, head = gitlab.forge.trees(change, everything)

    assert gitlab.stand_in.asked("graphql") == len(["state", "tree", "contents"])
    assert contents(head) == as_bytes(dockerfiles(40, "CMD b"))


def test_forges_share_nothing_by_accident(gitlab: GitlabStage) -> None:
    ref = gitlab.open_change(dockerfiles(40), dockerfiles(40, "CMD b"))
    both(gitlab, ref)
    gitlab.stand_in.requests.clear()
    other = gitlab_forge(gitlab.stand_in)
    other.trees(other.change(ref), everything)

    assert gitlab.stand_in.asked("graphql") == 2
