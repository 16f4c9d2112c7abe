"""Files whose secrets are made for tests and examples."""

from __future__ import annotations

import re

_NAME = re.compile(
    r"(?:^|[._-])(?:bench(?:mark)?|test|tests|example|sample|template|fixture|mock|stub|fake|dummy)s?(?:[._-]|$)",
    re.I,
)
_HEAD = re.compile(r"(?:[ \t]*(?:---|#[^\n]*)?\r?\n){0,20}")
_SAYS_SO = re.compile(
    r"\b(?:not|never)(?: be)? (?:used?|meant|intended|fit|suitable)[^\n]{0,20} (?:in|for) production"
    r"|\b(?:development|tests?|testing|demo)(?: (?:purposes?|use))? only\b",
    re.I,
)
_FOLDER = re.compile(
    r"\Atest|(?<!la)(?:tests?|testutils?|testing|testdata)\Z"
    r"|\Ae2e|\A(?:fixtures?|fuzz(?:ing)?|golden|suites?)\Z",
    re.I,
)


def is_fixture(path: str) -> bool:
    """By the file's name, or by a folder: packages such as `apitest` help tests, by a habit of Go."""
    *folders, name = path.split("/")
    return _NAME.search(name) is not None or any(map(_FOLDER.search, folders))


def is_for_tests(path: str, text: str) -> bool:
    """By its name or place, or because the comments at its head say so."""
    head = _HEAD.match(text)
    return is_fixture(path) or (head is not None and _SAYS_SO.search(head[0]) is not None)
