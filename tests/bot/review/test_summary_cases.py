"""The summary where more is to be told than findings: settings, a first look, silence, buttons."""

from __future__ import annotations

import pytest

from analyzers.config import Config
from analyzers.finding import Note, Severity, Status
from bot.forges.base import Conclusion, Summary
from bot.review.configuration import Preview
from bot.review.summary import apologise, skip
from tests.bot.review.pieces import at, change, finding, many, many_lines, thread
from tests.bot.review.test_summary import KNOWN, told

FLAW = Note(".shipworthy.yaml", 'unknown key "exlude"; did you mean "exclude"?', 3)
UNREAD = Note("Dockerfile", "is not UTF-8 text, not analysed")
ACCEPTED = finding(at("Dockerfile", 9), status=Status.KNOWN, reason="accepted by ann")
OLD_NOTE = finding(at("Dockerfile", 9), severity=Severity.NOTE, status=Status.KNOWN)


@pytest.mark.parametrize(
    ("summary", "title", "conclusion"),
    [
        pytest.param(
            told(changed_files=0), "Nothing to check", Conclusion.SKIPPED, id="none of the files is looked at"
        ),
        pytest.param(
            told(KNOWN, changed_files=0),
            "Nothing to check",
            Conclusion.SKIPPED,
            id="none of the files is looked at, and old problems elsewhere",
        ),
        pytest.param(
            told(changed_files=0, notes=(UNREAD,)),
            "No problems in 4 files · 1 not analysed",
            Conclusion.NEUTRAL,
            id="the only file that is looked at cannot be read",
        ),
        pytest.param(
            told(changed_files=0, reviewed=change(threads=(thread(is_resolved=True),))),
            "No problems in 4 files",
            Conclusion.SUCCESS,
            id="what we spoke of was taken back",
        ),
        pytest.param(told(KNOWN, baseline=0), "No new problems", Conclusion.SUCCESS, id="a later look"),
        pytest.param(
            told(baseline=0), "No problems in 4 files", Conclusion.SUCCESS, id="a first look at a clean one"
        ),
        pytest.param(
            told(OLD_NOTE, baseline=1),
            "No new problems",
            Conclusion.SUCCESS,
            id="a first look that finds notes",
        ),
        pytest.param(
            told(KNOWN, baseline=41), "First look: 41 known problems", Conclusion.NEUTRAL, id="a first look"
        ),
        pytest.param(
            told(finding(), KNOWN, baseline=41),
            "1 new problem: 1 error",
            Conclusion.FAILURE,
            id="a first look, and something new",
        ),
        pytest.param(
            told(new_flaws=(FLAW,)),
            "1 mistake in .shipworthy.yaml · No problems in 4 files",
            Conclusion.FAILURE,
            id="the change breaks the settings",
        ),
        pytest.param(
            told(new_flaws=(FLAW,), config=Config(never_fails=True)),
            "1 mistake in .shipworthy.yaml · No problems in 4 files",
            Conclusion.NEUTRAL,
            id="the change breaks settings that never fail",
        ),
        pytest.param(
            told(flaws=(FLAW,)),
            "No problems in 4 files",
            Conclusion.NEUTRAL,
            id="the base's settings are wrong",
        ),
    ],
)
def test_title_and_conclusion(summary: Summary, title: str, conclusion: Conclusion) -> None:
    assert (summary.title, summary.conclusion) == (title, conclusion)


@pytest.mark.parametrize(
    ("summary", "words"),
    [
        pytest.param(
            told(files=13, changed_files=4),
            "Checked 4 changed files and 9 related files at `aaaaaaa` against `main` (`bbbbbbb`) in 1.8 s.",
            id="how much was read",
        ),
        pytest.param(
            told(KNOWN, baseline=41),
            "First look: 41 known problems recorded as baseline. From now on only new ones are reported.",
            id="the first look",
        ),
        pytest.param(
            told(*many(12), reviewed=change(many_lines(10))),
            "12 new problems: 3 commented, 9 shown beside the diff.",
            id="where all of it is",
        ),
        pytest.param(
            told(finding(severity=Severity.NOTE), quiet_reason="Hush."),
            "1 new problem: 1 shown beside the diff. Hush.",
            id="why nothing is said beside the diff",
        ),
        pytest.param(
            told(flaws=(FLAW,)),
            "### The settings of `main` are wrong\n\n- `.shipworthy.yaml:3`: unknown key",
            id="what is wrong with the base's settings",
        ),
        pytest.param(
            told(new_flaws=(FLAW,)),
            "This review was made with the settings of `main`.",
            id="which settings were used",
        ),
        pytest.param(
            told(proposed=Config(), preview=Preview(3, 1, 0)),
            "With the changed settings: 3 more, 1 fewer.",
            id="what changed settings would bring",
        ),
        pytest.param(
            told(proposed=Config(), preview=Preview(0, 0, 2)),
            "With the changed settings: 2 of another severity.",
            id="what changed settings would weigh otherwise",
        ),
        pytest.param(
            told(proposed=Config(), preview=Preview(0, 0, 0)),
            "With the changed settings: the same problems.",
            id="that changed settings bring nothing",
        ),
        pytest.param(told(KNOWN), "[the known problem](", id="where all that is known is listed"),
        pytest.param(
            told(ACCEPTED), "The image builds with Go `1.21`. (accepted by ann)", id="who accepted what"
        ),
        pytest.param(
            told(quiet_reason="Hush.", is_paused=True), "Hush.", id="that people want quiet, at once"
        ),
        pytest.param(told(), "[settings used](", id="where the settings are"),
    ],
)
def test_the_body_says(summary: Summary, words: str) -> None:
    assert words in summary.body


@pytest.mark.parametrize(
    ("summary", "words"),
    [
        pytest.param(told(finding()), "1 new problem:", id="where it is, when all is commented"),
        pytest.param(told(finding(), quiet_reason="Hush."), "Hush", id="silence, when all is said"),
        pytest.param(told(finding(), baseline=41), "First look", id="a first look that found nothing old"),
        pytest.param(told(KNOWN), "| Known |", id="a table, when there is no news for it"),
    ],
)
def test_the_body_does_not_say(summary: Summary, words: str) -> None:
    assert words not in summary.body


def test_broken_settings_are_shown_on_their_line() -> None:
    (annotation,) = told(new_flaws=(FLAW,)).annotations

    assert (annotation.path, annotation.start_line, annotation.severity) == (
        ".shipworthy.yaml",
        3,
        Severity.ERROR,
    )
    assert annotation.title == 'Settings: unknown key "exlude"; did you mean "exclude"?'


@pytest.mark.parametrize(
    ("summary", "orders"),
    [
        pytest.param(told(), ["recheck"], id="nothing new"),
        pytest.param(apologise("1"), ["recheck"], id="a broken review"),
        pytest.param(skip("label x"), ["recheck"], id="a change that is left alone"),
        pytest.param(told(finding()), ["recheck", "accept", "explain"], id="something new"),
    ],
)
def test_buttons_are_offered_where_they_help_and_fit(summary: Summary, orders: list[str]) -> None:
    assert [button.order for button in summary.buttons] == orders
    for button in summary.buttons:
        assert len(button.label) <= 20
        assert len(button.description) <= 40
        assert len(button.order) <= 20


def test_a_change_left_alone_is_told_why_and_nothing_in_it_is_obeyed() -> None:
    summary = skip("title `x` @all")

    assert (summary.conclusion, summary.title) == (Conclusion.SKIPPED, "Skipped: title x @all")
    assert "``title `x` @all``" in summary.body


def test_the_worst_is_kept_where_not_all_fits() -> None:
    mild = many(3_000, severity=Severity.NOTE)
    summary = told(*mild, finding(at("z.go"), message="the worst"), reviewed=change(many_lines(9)))
    rows = [row for row in summary.body.split("\n") if row.startswith("| **Error** | [")]

    assert ["The worst · " in row for row in rows] == [True]
    assert summary.body.index("The worst · ") < summary.body.index("Mistake 1 · ")
