"""Pull requests as they come: links, binary files, forged markers, more than a page of everything."""

from __future__ import annotations

import dataclasses

import pytest

from analyzers.files import Blob
from bot.errors import Gone, NotAllowed, TryLater
from bot.forges.base import ChangeRef
from tests.bot.forges.drafts import LINES, dockerfiles, everything, thread
from tests.bot.forges.stages import GithubStage, served_github_stage
from tests.bot.forges.stand_in import Fault


def of(github: GithubStage, base: str, head: str) -> ChangeRef:
    pull = github.stand_in.world.pull(github.repository, base, head)
    return ChangeRef("github", github.repository.name, pull.number, "9")


def test_links_are_not_listed(github: GithubStage) -> None:
    world, repository = github.stand_in.world, github.repository
    links = frozenset({"link"})
    base = world.commit(repository, {"a": "1\n", "link": "/etc/passwd"}, links=links)
    head = world.commit(repository, {"a": "2\n", "link": "/etc/shadow"}, base, links)
    trees = github.forge.trees(github.forge.change(of(github, base, head)), everything)

    assert [set(tree.tree) for tree in trees] == [{"a"}, {"a"}]


def test_a_link_that_comes_with_a_push_is_not_listed(github: GithubStage) -> None:
    world, repository = github.stand_in.world, github.repository
    ref = github.open_change({"a": "1\n"}, {"a": "2\n"})
    github.forge.trees(github.forge.change(ref), everything)
    pull = github.pull(ref)
    pull.head = world.commit(repository, {"a": "2\n", "b": "a"}, pull.head, frozenset({"b"}))
    _, head = github.forge.trees(github.forge.change(ref), everything)

    assert set(head.tree) == {"a"}


def test_names_that_were_handed_on_are_told_apart(github: GithubStage) -> None:
    first, second = LINES, LINES.upper()
    ref = github.open_change({"a": first, "b": second}, {"b": first, "c": second})
    base, head = github.forge.trees(github.forge.change(ref), everything)

    assert base.read(["a", "b", "c"]) == {"a": first.encode(), "b": second.encode()}
    assert head.read(["a", "b", "c"]) == {"b": first.encode(), "c": second.encode()}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\0\1\2", id="binary"),
        pytest.param("caf\u00e9\n".encode("latin-1"), id="not UTF-8"),
        pytest.param(b"a\r\nb\r\n", id="carriage returns"),
        pytest.param(b"\xef\xbb\xbfa\n", id="byte order mark"),
        pytest.param(b"x" * 600_000, id="longer than GraphQL tells"),
        pytest.param(b"", id="empty"),
    ],
)
def test_contents_are_exact(github: GithubStage, content: bytes) -> None:
    world, repository = github.stand_in.world, github.repository
    base = world.commit(repository, {"a": "1\n"})
    head = world.commit(repository, {"a": content}, base)
    _, files = github.forge.trees(github.forge.change(of(github, base, head)), everything)

    assert files.read(["a"]) == {"a": content}


def test_files_beyond_a_mebibyte_are_left_out(github: GithubStage) -> None:
    ref = github.open_change({"a": "1\n"}, {"a": "x" * (1024 * 1024 + 1), "b": "2\n"})
    _, head = github.forge.trees(github.forge.change(ref), everything)

    assert set(head.read(["a", "b"])) == {"b"}


def test_a_marker_in_the_comment_of_somebody_else_is_not_ours(github: GithubStage) -> None:
    ref = github.open_change({"a": "1\n"}, {"a": "2\n"})
    change = github.forge.change(ref)
    github.forge.open_threads(change, [thread(change, "a", 1)], "One thing.")
    github.pull(ref).threads[0].comments[0].author = "mallory"

    assert github.forge.change(ref).threads == ()


def test_a_thread_resolved_by_a_person_is_not_closed_by_us(github: GithubStage) -> None:
    ref = github.open_change({"a": "1\n"}, {"a": "2\n"})
    change = github.forge.change(ref)
    github.forge.open_threads(change, [thread(change, "a", 1)], "One thing.")
    github.pull(ref).threads[0].resolved_by = "dev"

    assert [(one.is_resolved, one.is_closed_by_us) for one in github.forge.change(ref).threads] == [
        (True, False)
    ]


def test_outdated_threads_have_no_line(github: GithubStage) -> None:
    ref = github.open_change({"a": "1\n"}, {"a": "2\n"})
    change = github.forge.change(ref)
    github.forge.open_threads(change, [thread(change, "a", 1)], "One thing.")
    github.push(ref, {"a": "3\n"})

    assert [one.line for one in github.forge.change(ref).threads] == [None]


def test_threads_beyond_a_page_are_read(github: GithubStage) -> None:
    ref = github.open_change({"a": "1\n"}, {"a": "2\n"})
    change = github.forge.change(ref)
    drafts = [thread(change, "a", 1, f"{number:08x}") for number in range(250)]
    github.forge.open_threads(change, drafts, "Many things.")

    assert len(github.forge.change(ref).threads) == 250


def test_files_beyond_a_comparison_are_listed(github: GithubStage) -> None:
    github.stand_in.world.compare_limit = 30
    change = github.forge.change(github.open_change({"a": "1\n"}, {"a": "1\n", **dockerfiles(130)}))

    assert (len(change.files), change.files_left_out) == (130, 0)


def test_patches_lost_in_a_long_answer_are_asked_for_again(github: GithubStage) -> None:
    github.stand_in.world.patch_lines = 13_000
    long = {f"{number:02}.txt": "line\n" * 400 for number in range(40)}
    change = github.forge.change(github.open_change({"a": "1\n"}, {"a": "1\n", **long}))

    assert (len(change.files), [file.path for file in change.files if file.patch is None]) == (40, [])


def test_files_that_are_not_even_listed_are_counted(github: GithubStage) -> None:
    change = github.forge.change(github.open_change({"a": "1\n"}, {"a": "1\n", **dockerfiles(3004)}))

    assert (len(change.files), change.files_left_out) == (3000, 4)


def test_a_tree_cut_short_says_so_and_still_has_the_change(github: GithubStage) -> None:
    github.stand_in.world.tree_limit = 1
    ref = github.open_change({"a": "1\n", "z": "1\n"}, {"a": "1\n", "z": "2\n"})
    base, head = github.forge.trees(github.forge.change(ref), everything)

    assert (head.read(["z"]), base.read(["z"])) == ({"z": b"2\n"}, {"z": b"1\n"})
    assert getattr(head, "is_partial", False)


def test_a_head_of_a_fork_is_read_through_the_base(github: GithubStage) -> None:
    ref = github.open_change({"a": "1\n"}, {"a": "2\n"})
    _, head = github.forge.trees(github.forge.change(ref), everything)

    assert head.read(["a"]) == {"a": b"2\n"}
    assert github.stand_in.asked("/repos/acme/shop/") == 2


def test_sizes_are_known_where_the_tree_tells_them(github: GithubStage) -> None:
    ref = github.open_change({"a": "1\n"}, {"a": "1\n", "b": "12\n"})
    _, head = github.forge.trees(github.forge.change(ref), everything)

    assert head.tree["b"] == Blob("48082f72f087ce7e6fa75b9c41d7387daecd447b", 3)


def test_a_renamed_repository_is_found_by_its_old_name(github: GithubStage) -> None:
    ref = github.open_change({"a": "1\n"}, {"a": "2\n"})
    github.stand_in.world.renamed["acme/old"] = "acme/shop"
    change = github.forge.change(dataclasses.replace(ref, repository="acme/old"))
    github.forge.open_threads(change, [thread(change, "a", 1)], "One thing.")

    assert "/acme/shop/blob/" in change.blob_url
    assert len(github.pull(ref).threads) == 1


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param({"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded"}]}, TryLater),
        pytest.param({"errors": [{"type": "NOT_FOUND", "message": "Could not resolve"}]}, Gone),
        pytest.param({"errors": [{"type": "FORBIDDEN", "message": "Resource not accessible"}]}, NotAllowed),
        pytest.param(
            {"data": None, "errors": [{"message": "Something went wrong while executing"}]}, TryLater
        ),
    ],
    ids=["limited", "not found", "forbidden", "broken"],
)
def test_refusals_of_graphql_come_with_status_200(
    github: GithubStage, answer: object, expected: type[Exception]
) -> None:
    ref = github.open_change({"a": "1\n"}, {"a": "2\n"})
    github.stand_in.faults.append(Fault("/graphql", 200, {}, answer, times=2))

    with pytest.raises(expected):
        github.forge.change(ref)


def test_contents_too_many_for_one_query_are_asked_for_in_two(github: GithubStage) -> None:
    files = dockerfiles(4)
    change = github.forge.change(github.open_change(files, {**files, **dockerfiles(2, "CMD b")}))
    github.stand_in.faults.append(Fault("POST /graphql", 502, times=2))
    base, head = github.forge.trees(change, everything)

    assert (len(base.read(base.tree)), len(head.read(head.tree))) == (4, 4)


def test_reads_are_repeated_where_the_server_stumbles() -> None:
    with served_github_stage() as github:
        ref = github.open_change({"a": "1\n"}, {"a": "2\n"})
        github.stand_in.faults += [Fault("/graphql", 502), Fault("/compare/", 503), Fault("/compare/")]

        assert len(github.forge.change(ref).files) == 1
