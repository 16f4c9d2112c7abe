"""What is the local forge's own: names, revisions, diffs, and lines that move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import Gone
from bot.forges.local_lines import follow
from bot.review.diff import parse_patch
from tests.bot.forges.drafts import LINES, everything, thread
from tests.bot.forges.local_stage import LocalStage, local_stage


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[LocalStage]:
    with local_stage(tmp_path) as one:
        yield one


@pytest.mark.parametrize(
    "repository",
    [
        "",
        ".",
        "..",
        "../repositories/shop",
        "shop/..",
        "/etc",
        "shop/.git",
        "-shop",
        "sh op",
        "shop\0",
        "nobody",
    ],
)
def test_no_path_leads_out_of_the_folder(stage: LocalStage, repository: str) -> None:
    ref = stage.open_change({"a": "1\n"}, {"a": "2\n"})

    with pytest.raises(Gone):
        stage.forge.change(replace(ref, repository=repository))


@pytest.mark.parametrize(
    "revision", ["", "nobody", "--help", "-n1", "HEAD~1", "main..change", "@{-1}", ":/words", "main:a", "a b"]
)
def test_only_names_of_commits_are_handed_to_git(stage: LocalStage, revision: str) -> None:
    ref = stage.open_change({"a": "1\n"}, {"a": "2\n"})

    with pytest.raises(Gone):
        stage.forge.change(replace(ref, head=revision))


def test_a_branch_a_tag_and_a_commit_name_the_same(stage: LocalStage) -> None:
    ref = stage.open_change({"a": "1\n"}, {"a": "2\n"})
    stage.git("tag", "v1")
    commit = stage.git("rev-parse", "HEAD")

    heads = {
        stage.forge.change(replace(ref, head=name)).head for name in ("change", "v1", commit, commit[:10])
    }
    assert heads == {commit}


def test_a_bare_repository_is_found_by_its_short_name(stage: LocalStage) -> None:
    ref = stage.open_change({"a": "1\n"}, {"a": "2\n"})
    stage.git("clone", "--quiet", "--bare", ".", str(stage.place.parent / "depot.git"))

    files = stage.forge.change(replace(ref, repository="depot")).files
    assert [file.path for file in files] == ["a"]


def test_what_main_did_meanwhile_is_not_the_changes_doing(stage: LocalStage) -> None:
    ref = stage.open_change({"a": "1\n"}, {"a": "1\n", "b": "2\n"})
    stage.git("switch", "--quiet", "main")
    stage.commit({"a": "changed\n"})

    assert [file.path for file in stage.forge.change(ref).files] == ["b"]


@pytest.mark.parametrize(
    ("before", "after", "patch"),
    [
        pytest.param({"a": b"\0one"}, {"a": b"\0two"}, None, id="binary"),
        pytest.param({"a": "x\n"}, {"a": "x\n" + "y" * (1 << 20)}, None, id="too large"),
        pytest.param({"a": LINES}, {"b": LINES}, "", id="only renamed"),
        pytest.param({}, {"a": ""}, "", id="new and empty"),
        pytest.param(
            {}, {"a": "x"}, "@@ -0,0 +1 @@\n+x\n\\ No newline at end of file\n", id="no newline at the end"
        ),
        pytest.param({"a": "x\r\n"}, {"a": "y\r\n"}, "@@ -1 +1 @@\n-x\r\n+y\r\n", id="carriage returns"),
        pytest.param({"a": b"\xe9\n"}, {"a": b"\xe8\n"}, "@@ -1 +1 @@\n-\ufffd\n+\ufffd\n", id="no UTF-8"),
        pytest.param(
            {"a": "x\n"},
            {"a": "diff --git a/x b/x\n"},
            "@@ -1 +1 @@\n-x\n+diff --git a/x b/x\n",
            id="looks like a header",
        ),
    ],
)
def test_patches(
    stage: LocalStage, before: dict[str, str | bytes], after: dict[str, str | bytes], patch: str | None
) -> None:
    (file,) = stage.forge.change(stage.open_change({"z": "", **before}, {"z": "", **after})).files

    assert file.patch == patch


@pytest.mark.parametrize("name", ['quo"te', "tab\tbed", "line\nfeed", "Größe", "b -> c", " a", "-n"])
def test_odd_names_are_names(stage: LocalStage, name: str) -> None:
    change = stage.forge.change(stage.open_change({name: "1\n"}, {name: "2\n"}))
    _, head = stage.forge.trees(change, everything)

    assert [(file.path, file.patch) for file in change.files] == [(name, "@@ -1 +1 @@\n-1\n+2\n")]
    assert head.read([name]) == {name: b"2\n"}


def test_attributes_of_a_change_hide_nothing(stage: LocalStage) -> None:
    attributes = "* -diff -text filter=evil diff=evil\n"
    stage_files = {"a": "1\n"}, {"a": "2\n", ".gitattributes": attributes}
    stage.git("config", "diff.evil.textconv", "touch textconv-ran; cat")
    stage.git("config", "diff.evil.command", "touch command-ran")
    files = stage.forge.change(stage.open_change(*stage_files)).files

    assert [file.patch for file in files if file.path == "a"] == ["@@ -1 +1 @@\n-1\n+2\n"]
    assert list(stage.place.glob("*-ran")) == []


def test_a_file_that_becomes_a_link_has_no_line_to_comment_on(stage: LocalStage) -> None:
    ref = stage.open_change({"a": "1\n", "b": "1\n"}, {"a": "1\n", "b": "2\n"})
    (stage.place / "a").unlink()
    (stage.place / "a").symlink_to("b")
    stage.git("commit", "--all", "--quiet", "--message", "link")
    change = stage.forge.change(ref)

    assert [(file.path, file.patch) for file in change.files] == [("a", None), ("b", "@@ -1 +1 @@\n-1\n+2\n")]
    assert "a" not in stage.forge.trees(change, everything)[1].tree


@pytest.mark.parametrize(
    ("pushed", "line"),
    [
        pytest.param("line 0\n" + LINES, 6, id="a line above"),
        pytest.param(LINES.replace("line 2\n", ""), 4, id="one line less above"),
        pytest.param(LINES + "line 21\n", 5, id="a line below"),
        pytest.param(LINES.replace("line 5\n", "line five\n"), None, id="the line rewritten"),
        pytest.param(
            LINES.replace("line 4\nline 5\n", "line 4.5\nline 5\n"), 5, id="the line above rewritten"
        ),
    ],
)
def test_a_thread_follows_its_line(stage: LocalStage, pushed: str, line: int | None) -> None:
    ref = stage.open_change({"a": ""}, {"a": LINES})
    change = stage.forge.change(ref)
    stage.forge.open_threads(change, [thread(change, "a", 5)], "One thing.")
    stage.push(ref, {"a": pushed})

    assert [one.line for one in stage.forge.change(ref).threads] == [line]


def test_a_thread_on_a_file_that_is_gone_has_no_line(stage: LocalStage) -> None:
    ref = stage.open_change({"a": ""}, {"a": LINES})
    change = stage.forge.change(ref)
    stage.forge.open_threads(change, [thread(change, "a", 5)], "One thing.")
    stage.push(ref, {"b": "1\n"})

    assert [one.line for one in stage.forge.change(ref).threads] == [None]


@pytest.mark.parametrize(
    ("patch", "line", "now"),
    [
        ("", 7, 7),
        ("@@ -1,0 +2,3 @@\n+a\n+b\n+c", 1, 1),
        ("@@ -1,0 +2,3 @@\n+a\n+b\n+c", 2, 5),
        ("@@ -3,2 +3 @@\n-a\n-b\n+c", 5, 4),
        ("@@ -3,2 +3 @@\n-a\n-b\n+c", 4, None),
        ("@@ -1 +0,0 @@\n-a\n@@ -9,0 +9 @@\n+b", 9, 8),
        ("@@ -1 +0,0 @@\n-a\n@@ -9,0 +9 @@\n+b", 10, 10),
    ],
)
def test_lines_follow_a_patch(patch: str, line: int, now: int | None) -> None:
    assert follow(line, patch) == now


def test_the_patch_of_a_change_can_carry_comments(stage: LocalStage) -> None:
    (file,) = stage.forge.change(stage.open_change({"a": LINES}, {"a": LINES + "new\n"})).files

    assert parse_patch(file.patch).is_added(21)
