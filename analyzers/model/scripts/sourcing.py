"""Files of the repository that a script reads in with `.` or `source`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator

from analyzers.model.fact import Fact
from analyzers.model.script import Script

_BESIDE = re.compile(
    r"(?:\$\(cd \S*)?\$\(dirname (?:-- )?\"?(?:\$0|\$\{?BASH_SOURCE(?:\[0\]\}|\[0\])?\}?|\$\{0\})\"?\)"
    r"|\$\{(?:BASH_SOURCE(?:\[0\])?|0)%/\*\}"
)
"""What stands for the folder of the script itself."""


def sourced_files(script: Script, tree: Collection[str]) -> Iterator[Fact[str]]:
    """Each file that is read in, as a path of the repository; unknown where a variable decides."""
    for command in script.commands:
        if command.name in (".", "source") and len(command.words) > 1:
            yield Fact(_path_of(command.words[1], script.path, tree), command.word_at(1))


def _path_of(word: str, path: str, tree: Collection[str]) -> str | None:
    folder = posixpath.dirname(path)
    text, is_beside = _BESIDE.subn(".", word.replace('"', "") if len(word) < 1_000 else "$")
    if "$" in text or "`" in text or text.startswith(("/", "~")):
        return None
    places = (folder,) if is_beside else (folder, "")
    found = [posixpath.normpath(posixpath.join(place, text)) for place in places]
    return next((each for each in found if each in tree), None)
