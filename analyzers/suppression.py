"""Comments by which a person silences a finding, always with a reason.

`# shipworthy: ignore[rule, rule] reason` on the line or the line above,
`# shipworthy: ignore-file[rule] reason` anywhere in the file,
`//shipworthy:ignore[rule] reason` in Go and go.mod.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from analyzers.finding import Note

MARK = b"shipworthy:"
"""In every text that holds a suppression."""
_COMMENT = re.compile(
    r"(?:#|//)[ \t]{0,8}shipworthy:[ \t]{0,8}(?P<scope>ignore(?:-file)?)"
    r"\[(?P<rules>[^\]\n]{1,500})\](?P<reason>[^\n]{0,500})"
)


@dataclass(frozen=True, slots=True)
class Suppression:
    """One comment. `line` is where it stands; `whole_file` frees it from the line."""

    path: str
    line: int
    rules: tuple[str, ...]
    reason: str
    whole_file: bool
    is_alone: bool
    """Nothing else stands on its line, so it speaks of the next one."""

    def covers(self, rule: str, line: int) -> bool:
        if rule not in self.rules:
            return False
        return self.whole_file or line == self.line or (self.is_alone and line == self._next)

    @property
    def _next(self) -> int:
        return self.line + 1


def find_suppressions(path: str, text: str) -> Iterator[Suppression]:
    """Every suppression comment of a file."""
    for number, line in enumerate(text.splitlines(), 1):
        if found := _COMMENT.search(line):
            yield Suppression(
                path=path,
                line=number,
                rules=tuple(name.strip() for name in found["rules"].split(",")),
                reason=found["reason"].strip(),
                whole_file=found["scope"] == "ignore-file",
                is_alone=not line[: found.start()].strip(),
            )


def complain(suppression: Suppression, known: Collection[str], was_used: bool) -> Iterator[Note]:
    """What is wrong with a suppression: a rule that is not, no reason, nothing to silence."""
    for rule in suppression.rules:
        if rule not in known:
            near = get_close_matches(rule, known, 1)
            hint = f'; did you mean "{near[0]}"?' if near else ""
            yield _note(suppression, f'ignores the unknown rule "{rule}"{hint}')
    if not suppression.reason:
        yield _note(suppression, "is not obeyed: an ignore needs a reason after the bracket")
    elif not was_used and set(suppression.rules) <= set(known):
        yield _note(suppression, f"ignores nothing: no finding of {', '.join(suppression.rules)} here")


def _note(suppression: Suppression, complaint: str) -> Note:
    return Note(
        suppression.path,
        f"the ignore comment {complaint}",
        suppression.line,
        is_failure=False,
        leaves_out=False,
    )
