"""`.shipworthy.yaml`: what is taken, and what a person is told who mistyped."""

from __future__ import annotations

import pytest

from analyzers.config import Comments, Config, Filter, Skip, find_match
from analyzers.config_file import parse_config
from analyzers.finding import Severity

GOOD = {
    "empty file": ("", Config()),
    "only a comment": ("# nothing yet\n", Config()),
    "version": ("version: 1\n", Config()),
    "threshold": ("fail_on: note\n", Config(fail_on=Severity.NOTE)),
    "never fails": ("fail_on: never\n", Config(never_fails=True)),
    "exclusions": ("exclude: ['examples/**', '*.tmp']\n", Config(exclude=("examples/**", "*.tmp"))),
    "a rule off, with a reason": (
        "rules:\n  base-image-latest:\n    enabled: false\n    reason: rebuilt daily\n",
        Config(disabled={"base-image-latest": "rebuilt daily"}),
    ),
    "a rule on": ("rules: {base-image-latest: {enabled: yes}}\n", Config()),
    "another severity": (
        "rules: {base-image-latest: {severity: error}}\n",
        Config(severities={"base-image-latest": Severity.ERROR}),
    ),
    "nothing said of comments": ("comments:\nskip:\n", Config()),
    "few comments": (
        "comments: {filter: added, min_severity: error, max_inline: 0, max_per_rule: 1, on_drafts: true}\n",
        Config(comments=Comments(Filter.ADDED, Severity.ERROR, 0, 1, on_drafts=True)),
    ),
    "one setting of comments": ("comments: {max_inline: 30}\n", Config(comments=Comments(max_inline=30))),
    "changes that are left alone": (
        "skip: {authors: ['dependabot[bot]'], titles: ['WIP*'], branches: [release/*]}\n",
        Config(skip=Skip(authors=("dependabot[bot]",), titles=("WIP*",), branches=("release/*",))),
    ),
    "no label leaves a change alone": ("skip: {labels: []}\n", Config(skip=Skip(labels=()))),
}

BAD = {
    "misspelt key": ("version: 1\nexlude: []\n", 2, 'unknown key "exlude"; did you mean "exclude"?'),
    "misspelt rule": (
        "rules:\n  base-image-lates: {}\n",
        2,
        'unknown rule "base-image-lates"; did you mean "base-image-latest"?',
    ),
    "misspelt level": ("fail_on: eror\n", 1, 'unknown value "eror"; did you mean "error"?'),
    "no near word": (
        "zzz: 1\n",
        1,
        'unknown key "zzz"; expected one of comments, exclude, fail_on, rules, skip, version',
    ),
    "misspelt key of comments": (
        "comments:\n  max_inlne: 30\n",
        2,
        'unknown key "max_inlne"; did you mean "max_inline"?',
    ),
    "misspelt filter": ("comments: {filter: aded}\n", 1, 'unknown value "aded"; did you mean "added"?'),
    "words for a number": ("comments: {max_inline: ten}\n", 1, '"ten" is not a number from 0 to 100'),
    "too many comments": ("comments: {max_inline: 1000}\n", 1, '"1000" is not a number from 0 to 100'),
    "fewer than none": ("comments: {max_per_rule: -1}\n", 1, '"-1" is not a number from 0 to 100'),
    "drafts perhaps": ("comments: {on_drafts: perhaps}\n", 1, '"perhaps" is neither true nor false'),
    "comments as a list": ("comments: [a]\n", 1, "comments is a mapping of settings"),
    "skip as a word": ("skip: all\n", 1, "skip is a mapping of settings"),
    "misspelt key of skip": ("skip: {label: [a]}\n", 1, 'unknown key "label"; did you mean "labels"?'),
    "a label as text": ("skip: {labels: a}\n", 1, "labels is a list of patterns"),
    "off without reason": (
        "rules:\n  base-image-latest:\n    enabled: false\n",
        3,
        "a rule that is switched off needs a reason",
    ),
    "not a truth value": (
        "rules: {base-image-latest: {enabled: perhaps}}\n",
        1,
        '"perhaps" is neither true nor false',
    ),
    "another version": ("version: 2\n", 1, '"2" is not a version of this file; it is 1'),
    "a list": ("- a\n", 1, "is a mapping of settings"),
    "exclude as text": ("exclude: a\n", 1, "exclude is a list of patterns"),
}


@pytest.mark.parametrize(("text", "expected"), GOOD.values(), ids=GOOD.keys())
def test_good_files_are_taken_without_a_word(text: str, expected: Config) -> None:
    assert parse_config(text.encode()) == (expected, ())


@pytest.mark.parametrize(("text", "line", "complaint"), BAD.values(), ids=BAD.keys())
def test_a_mistake_is_named_with_its_line(text: str, line: int, complaint: str) -> None:
    config, notes = parse_config(text.encode())
    assert [(note.line, note.reason) for note in notes] == [(line, complaint)]
    assert config == Config()


def test_all_mistakes_are_told_at_once_and_the_rest_is_obeyed() -> None:
    config, notes = parse_config(b"exlude: []\nfail_on: note\nversion: 7\n")
    assert [note.line for note in notes] == [1, 3]
    assert config.fail_on is Severity.NOTE


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"a: [\n", b"[" * 100_000], ids=["not UTF-8", "not YAML", "hostile"]
)
def test_an_unreadable_file_leaves_the_defaults(content: bytes) -> None:
    config, notes = parse_config(content)
    assert config == Config()
    assert len(notes) == 1


@pytest.mark.parametrize(
    ("text", "pattern", "fits"),
    [
        pytest.param("renovate[bot]", "renovateb", False, id="a bracket is no set of letters"),
        pytest.param("my-label", "label", False, id="a part of it"),
        pytest.param("main", "", False, id="no pattern"),
        pytest.param("dependabot[bot]", "*[bot]", True, id="any bot"),
        pytest.param("Dependabot[bot]", "dependabot[bot]", True, id="capitals"),
        pytest.param("release/1.4", "release/*", True, id="a star over a slash"),
        pytest.param("v1", "v?", True, id="one character"),
    ],
)
def test_patterns_that_leave_a_change_alone(text: str, pattern: str, fits: bool) -> None:
    assert find_match([text], [pattern]) == (text if fits else "")
