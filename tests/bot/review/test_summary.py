"""The text that tells all, and the conclusion."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from analyzers.config import Config
from analyzers.finding import Finding, Note, Report, Severity, Status
from bot.forges.base import Change, Conclusion, FileDiff, Summary, Thread
from bot.review.configuration import Configuration
from bot.review.limits import Limits, hold_back
from bot.review.placement import place
from bot.review.summary import MAX_BODY, apologise, summarise
from bot.review.threads import reconcile
from bot.review.verdict import Digest
from tests.bot.review.pieces import at, change, finding, links, many, many_lines, thread

WARNING = finding(severity=Severity.WARNING)
KNOWN = finding(at("Dockerfile", 9), fingerprint="22222222", status=Status.KNOWN)
IGNORED = finding(
    at("Dockerfile", 8), fingerprint="33333333", status=Status.IGNORED, reason="a `drill` for @ann"
)
UNREAD = Note("deploy/api.yaml", "is not YAML", 3)


def told(
    *found: Finding,
    fixed: tuple[Finding, ...] = (),
    notes: tuple[Note, ...] = (),
    files: int = 4,
    reviewed: Change | None = None,
    config: Config | None = None,
    threads: tuple[Thread, ...] = (),
    changed_files: int | None = None,
    flaws: tuple[Note, ...] = (),
    new_flaws: tuple[Note, ...] = (),
    proposed: Config | None = None,
    **told_beside: Any,
) -> Summary:
    about = reviewed or change()
    changed = files if changed_files is None else changed_files
    report = Report(tuple(found), fixed, notes, files, 1.84, {}, changed, files - changed)
    placed = place(report.of(Status.INTRODUCED), about.files)
    plan = hold_back(reconcile(placed, threads, report), Limits())
    configuration = Configuration(config or Config(), flaws, proposed, new_flaws)
    return summarise(Digest(about, report, plan, configuration, links(about), **told_beside))


@pytest.mark.parametrize(
    ("summary", "title", "conclusion"),
    [
        pytest.param(told(files=0), "Nothing to check", Conclusion.SKIPPED, id="nothing relevant"),
        pytest.param(told(), "No problems in 4 files", Conclusion.SUCCESS, id="clean"),
        pytest.param(told(files=1), "No problems in 1 file", Conclusion.SUCCESS, id="one clean file"),
        pytest.param(told(KNOWN, IGNORED), "No new problems", Conclusion.SUCCESS, id="only old problems"),
        pytest.param(
            told(fixed=(KNOWN,)),
            "No problems in 4 files · 1 fixed",
            Conclusion.SUCCESS,
            id="one fixed, none left",
        ),
        pytest.param(
            told(notes=(UNREAD,)),
            "No problems in 4 files",
            Conclusion.SUCCESS,
            id="an unreadable file that the change leaves alone",
        ),
        pytest.param(
            told(notes=(replace(UNREAD, path="Dockerfile"),)),
            "No problems in 4 files · 1 not analysed",
            Conclusion.NEUTRAL,
            id="an unreadable file of the change",
        ),
        pytest.param(
            told(notes=(Note("", "a rule failed"),)),
            "No problems in 4 files",
            Conclusion.NEUTRAL,
            id="a broken rule",
        ),
        pytest.param(
            told(notes=(Note("Dockerfile", "a hint", is_failure=False),)),
            "No problems in 4 files",
            Conclusion.SUCCESS,
            id="a remark",
        ),
        pytest.param(
            told(reviewed=change(files_left_out=9)),
            "No problems in 4 files",
            Conclusion.NEUTRAL,
            id="not all listed",
        ),
        pytest.param(told(WARNING), "1 new problem: 1 warning", Conclusion.NEUTRAL, id="a warning"),
        pytest.param(
            told(WARNING, config=Config(fail_on=Severity.WARNING)),
            "1 new problem: 1 warning",
            Conclusion.FAILURE,
            id="a warning where warnings fail",
        ),
        pytest.param(
            told(finding(), config=Config(never_fails=True)),
            "1 new problem: 1 error",
            Conclusion.NEUTRAL,
            id="an error where nothing fails",
        ),
        pytest.param(
            told(*many(2), WARNING, fixed=(KNOWN,)),
            "3 new problems: 2 errors, 1 warning · 1 fixed",
            Conclusion.FAILURE,
            id="errors",
        ),
        pytest.param(
            told(finding(), threads=(thread(is_resolved=True),)),
            "1 new problem: 1 error",
            Conclusion.FAILURE,
            id="an error whose conversation was resolved",
        ),
    ],
)
def test_title_and_conclusion(summary: Summary, title: str, conclusion: Conclusion) -> None:
    assert (summary.title, summary.conclusion) == (title, conclusion)


def test_a_clean_change_gets_one_line() -> None:
    body = told().body

    assert (
        body.split("\n")[0]
        == "Checked 4 changed files at `aaaaaaa` against `main` (`bbbbbbb`) in 1.8 s. No problems found."
    )
    assert "|" not in body


@pytest.mark.parametrize(
    ("summary", "words"),
    [
        pytest.param(told(finding()), "| **Error** | 1 | 0 | 0 | 0 |", id="the table counts"),
        pytest.param(told(finding()), "The image builds with Go `1.21` · [some-rule]", id="what is new"),
        pytest.param(told(finding()), " · commented |", id="where a comment was posted"),
        pytest.param(told(finding(), threads=(thread(),)), " · commented earlier |", id="where one stands"),
        pytest.param(
            told(finding(), threads=(thread(is_resolved=True),)),
            "conversation resolved, problem still there",
            id="what was dismissed",
        ),
        pytest.param(
            told(*many(9), reviewed=change(many_lines(9))), "listed in a comment", id="what a comment lists"
        ),
        pytest.param(
            told(notes=(replace(UNREAD, path="Dockerfile"),)),
            "### Not analysed\n\n- `Dockerfile:3`: is not YAML",
            id="what could not be read",
        ),
        pytest.param(
            told(notes=(UNREAD,)),
            "<summary>Remarks on other files (1)</summary>\n\n- `deploy/api.yaml:3`: is not YAML",
            id="folded, what could not be read beside the change",
        ),
        pytest.param(told(fixed=(KNOWN,)), "Fixed by this change (1)", id="what is fixed"),
        pytest.param(told(KNOWN), "Known problems in files of this change (1)", id="what was there before"),
        pytest.param(
            told(finding(at("x.go"), status=Status.KNOWN)),
            "1 known problem in other files",
            id="what is elsewhere",
        ),
        pytest.param(told(IGNORED), "a `drill` for @\u200bann", id="what is ignored, and why"),
        pytest.param(
            told(reviewed=change(files_left_out=9)), "did not list 9 files", id="what was not listed"
        ),
        pytest.param(told(files=0), "touches no Dockerfile, CI configuration", id="that there was nothing"),
    ],
)
def test_the_body_says(summary: Summary, words: str) -> None:
    assert words in summary.body


def test_a_pipe_or_a_line_break_stays_in_its_cell() -> None:
    rows = told(finding(at("a|b.yaml"), message="x | y\nz")).body.split("\n")
    (row,) = [row for row in rows if "yaml" in row]

    assert row.replace("\\|", "").count("|") == 4


@pytest.mark.parametrize("count", [1, 9, 40])
def test_comments_and_annotations_add_up(count: int) -> None:
    summary = told(*many(count), reviewed=change(many_lines(count)))

    assert summary.body.count(" · commented |") + len(summary.annotations) == count


def test_an_annotation_is_plain_text() -> None:
    summary = told(finding(severity=Severity.NOTE), reviewed=change(FileDiff("x", "modified", "")))
    (annotation,) = summary.annotations

    assert annotation.title == "some-rule: the image builds with Go 1.21"
    assert annotation.message == "The build stops. Raise the image to 1.23."
    assert (annotation.path, annotation.start_line, annotation.severity) == ("Dockerfile", 1, Severity.NOTE)


def test_thousands_of_problems_fit() -> None:
    summary = told(*many(5_000), reviewed=change(many_lines(5_000)))

    assert len(summary.body.encode()) <= MAX_BODY
    assert " more: [all of them](https://bot.example.com) |\n" in summary.body
    assert summary.body.endswith("`/recheck` runs this again")


def test_a_broken_review_is_neither_success_nor_silence() -> None:
    summary = apologise("01J9-`x`")

    assert summary.conclusion is Conclusion.NEUTRAL
    assert "01J9-`x`" in summary.body
