"""Files whose secrets are made for tests and examples."""

from __future__ import annotations

import re

_NAME = re.compile(
    r"(?:^|[._-])(?:test|tests|example|sample|template|fixture|mock|stub|fake|dummy)s?(?:[._-]|$)", re.I
)
_FOLDER = re.compile(r"\Atest|(?<!la)(?:tests?|testutils?|testing|testdata)\Z|\A(?:fixtures?|golden)\Z", re.I)


def is_fixture(path: str) -> bool:
    """By the file's name, or by a folder: packages such as `apitest` help tests, by a habit of Go."""
    *folders, name = path.split("/")
    return _NAME.search(name) is not None or any(map(_FOLDER.search, folders))
