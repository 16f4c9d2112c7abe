"""Which of our remarks is about which finding, after lines and files have moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from analyzers.finding import Finding
from bot.forges.base import Thread
from bot.review.lines import digest_lines
from bot.review.placement import place
from bot.review.remarks import Moves, assign, gather
from bot.store.posted import Posting
from tests.bot.review.pieces import HEAD, at, finding, many_lines, thread

FILES = (many_lines(40), replace(many_lines(40), path="new.yaml"))
TEXT = "\n".join(f"line {number // 10}" for number in range(1, 41))
"""Lines 1 to 9 read the same, as do 10 to 19, and so on."""
SOURCES = {"many.yaml": TEXT, "new.yaml": TEXT}
OUTDATED = replace(thread("aaaaaaaa", "many.yaml", None), first_line=12)


def spoken(one: Thread, line: int, path: str = "") -> tuple[Thread, Posting]:
    """A thread with what we remember of it: the text of a line."""
    flagged = digest_lines(finding(at("many.yaml", line)), SOURCES)
    posting = Posting(one.fingerprint, one.rule, path or one.path, flagged, HEAD, datetime.now(UTC), True)
    return one, posting


def matched(
    said: list[tuple[Thread, Posting]], found: list[Finding], moves: Moves | None = None
) -> dict[str, list[str]]:
    """The fingerprints of the remarks by that of their finding."""
    placed = place(found, FILES)
    remarks = gather([one for one, _ in said], {posting.fingerprint: posting for _, posting in said})
    present = {one.fingerprint for one in found}
    own = assign(remarks, placed, present, moves or Moves({}, {"many.yaml", "new.yaml"}), SOURCES)
    return {name: [remark.fingerprint for remark in about] for name, about in own.items()}


def at_line(
    line: int, fingerprint: str = "bbbbbbbb", path: str = "many.yaml", rule: str = "some-rule"
) -> Finding:
    return finding(at(path, line), rule, fingerprint)


OLD = spoken(thread("aaaaaaaa", "old.yaml", 12), 12)
HERE = spoken(thread("aaaaaaaa", "many.yaml", 12), 12)
EDITED = spoken(OUTDATED, 30)


@pytest.mark.parametrize(
    ("said", "found", "moves"),
    [
        pytest.param([], [], None, id="nothing"),
        pytest.param([], [at_line(12)], None, id="nothing was said"),
        pytest.param([HERE], [], None, id="nothing is there"),
        pytest.param([HERE], [at_line(12, rule="another-rule")], None, id="another rule"),
        pytest.param([HERE], [at_line(22)], None, id="another text"),
        pytest.param([HERE], [at_line(20)], None, id="another text near, and the line is still there"),
        pytest.param([HERE], [at_line(12, path="new.yaml")], None, id="the same text in another file"),
        pytest.param([EDITED], [at_line(16)], None, id="an edited line too far away"),
        pytest.param([EDITED], [at_line(12, path="new.yaml")], None, id="an edited line in another file"),
        pytest.param(
            [spoken(replace(OUTDATED, is_resolved=True), 30)],
            [at_line(12)],
            None,
            id="an edited line whose conversation is resolved",
        ),
        pytest.param([OLD], [at_line(12)], Moves({}, None), id="nobody knows whether the file is gone"),
    ],
)
def test_not_about_it(said: list[tuple[Thread, Posting]], found: list[Finding], moves: Moves | None) -> None:
    assert matched(said, found, moves) == {}


@pytest.mark.parametrize(
    ("said", "found", "moves"),
    [
        pytest.param([HERE], [at_line(30, "aaaaaaaa")], None, id="the same fingerprint, wherever"),
        pytest.param([HERE], [at_line(18)], None, id="the same text further down"),
        pytest.param([OLD], [at_line(12)], Moves({"old.yaml": "many.yaml"}), id="renamed by the change"),
        pytest.param([OLD], [at_line(18)], None, id="renamed by a push"),
        pytest.param([EDITED], [at_line(12)], None, id="the line edited"),
        pytest.param([EDITED], [at_line(15)], None, id="the line edited and moved a little"),
    ],
)
def test_about_it(said: list[tuple[Thread, Posting]], found: list[Finding], moves: Moves | None) -> None:
    assert matched(said, found, moves) == {found[0].fingerprint: ["aaaaaaaa"]}


def test_two_findings_of_a_rule_are_not_taken_for_one() -> None:
    found = [at_line(14, "bbbbbbbb"), at_line(13, "cccccccc"), at_line(12, "dddddddd")]

    assert matched([HERE], found) == {"dddddddd": ["aaaaaaaa"]}


def test_two_remarks_go_to_two_findings_each_to_the_nearest() -> None:
    said = [HERE, spoken(thread("eeeeeeee", "many.yaml", 18), 18)]
    found = [at_line(17, "bbbbbbbb"), at_line(13, "cccccccc")]

    assert matched(said, found) == {"bbbbbbbb": ["eeeeeeee"], "cccccccc": ["aaaaaaaa"]}


def test_what_is_the_same_goes_before_what_is_near() -> None:
    found = [at_line(12, "bbbbbbbb"), at_line(30, "aaaaaaaa")]

    assert matched([EDITED], found) == {"aaaaaaaa": ["aaaaaaaa"]}


def test_several_conversations_about_one_finding_are_all_its_own() -> None:
    before = replace(HERE[0], id="T0", head="c" * 40, is_resolved=True, is_closed_by_us=True)

    assert matched([HERE, (before, HERE[1])], [at_line(12, "aaaaaaaa")]) == {
        "aaaaaaaa": ["aaaaaaaa", "aaaaaaaa"]
    }


def test_what_the_forge_does_not_show_is_remembered() -> None:
    (remark,) = gather([], {"aaaaaaaa": HERE[1]})

    assert (remark.thread, remark.path, remark.rule) == (None, "many.yaml", "some-rule")


def test_a_settled_thread_does_not_stand_for_a_later_one_about_the_same() -> None:
    closed = replace(HERE[0], is_resolved=True, is_closed_by_us=True)
    remarks = gather([closed], {"aaaaaaaa": HERE[1]})

    assert [(remark.thread, remark.posting) for remark in remarks] == [(closed, None), (None, HERE[1])]
