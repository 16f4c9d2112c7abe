"""Every fix that a case offers, under all rules: its finding goes, none comes, the file can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from analyzers.files import MemoryFiles
from analyzers.finding import Edit, Finding, Fix
from analyzers.rule import Rule
from analyzers.sources import new_cache
from tests.casebook import Case
from tests.fix_trial import Trial, batches, clash, edited
from tests.rule_cases import ADVISORIES, RULES, cases_of

MADE_VISIBLE = {
    # A server on loopback has no callers to lose or to wait for; on all addresses it has.
    "listen-on-loopback": {"go-no-signal-handling", "http-server-no-timeouts"},
    # What a probe asks for can be told only when it asks where somebody listens.
    "probe-port-not-listened": {"grpc-probe-without-health-service", "probe-path-not-served"},
    # A value that Go cannot read is not compared with the limit.
    "gomaxprocs-invalid": {"gomaxprocs-exceeds-limit"},
    "gomemlimit-malformed": {"gomemlimit-not-below-limit"},
}
"""What a fix rightly brings to light: rules that had no say before."""
CACHE = new_cache()


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_fixes_do_what_they_promise(rule: Rule) -> None:
    assert [f"{case.name}: {words}" for case in cases_of(rule) for words in complaints(case)] == []


def complaints(case: Case) -> Iterator[str]:
    """Each fix is applied on its own, then together with those that want other lines."""
    trial = Trial(MemoryFiles(case.files), ADVISORIES, CACHE)
    for finding in trial.offered:
        for words in trial.complaints([finding]):
            if not is_allowed(words, finding):
                yield f"{finding.rule} at {finding.at}: {words}"
    for batch in batches(trial.offered):
        yield from (f"together: {words}" for words in trial.damage(batch))


def is_allowed(words: str, finding: Finding) -> bool:
    fresh = re.match(r"new: (\S+) at ", words)
    return fresh is not None and fresh[1] in MADE_VISIBLE.get(finding.rule, ())


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        pytest.param([], "stays: ", id="nothing is mended"),
        pytest.param([Edit("main.go", 1, 1, "package")], "main.go:1: no Go", id="the syntax is wrong"),
        pytest.param([Edit("main.go", 3, 2, 'import "net/http"')], "imports net/http 2 times", id="twice"),
        pytest.param([Edit("main.go", 1, 1, "a"), Edit("main.go", 1, 2, "b")], "overlap", id="one line"),
    ],
)
def test_what_a_bad_fix_does_is_told(edits: list[Edit], told: str) -> None:
    bad, *_ = cases_of(RULES["http-server-no-timeouts"])
    trial = Trial(MemoryFiles(bad.files), ADVISORIES, CACHE)
    finding = next(finding for finding in trial.offered if finding.rule == "http-server-no-timeouts")
    spoilt = trial.complaints([replace(finding, fix=Fix(tuple(edits)))])
    assert any(told in words for words in spoilt), spoilt


def test_a_line_is_replaced_before_another_comes_above_it() -> None:
    edits = [Edit("a", 2, 1, "new"), Edit("a", 2, 2, "B"), Edit("a", 4, 3, "end")]
    assert edited("a\nb\nc\n", edits) == "a\nnew\nB\nc\nend\n"
    assert not clash(edits)
    assert clash([*edits, Edit("a", 2, 1, "other")])
