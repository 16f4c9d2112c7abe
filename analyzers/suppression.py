"""Comments by which a person silences a finding, always with a reason.

`# shipworthy: ignore[rule, rule] reason` on the line or the line above,
`# shipworthy: ignore-file[rule] reason` anywhere in the file,
`//shipworthy:ignore[rule] reason` in Go and go.mod. A Kubernetes object may bear the annotation
`shipworthy.dev/ignore.rule: reason`, which holds for all that stands in the object.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

from analyzers.finding import Note
from analyzers.parsers.light import light_value
from analyzers.parsers.problem import Unreadable

if TYPE_CHECKING:
    from analyzers.parsers.yaml_node import Node

MARK = b"shipworthy"
"""In every text that holds a suppression."""
_ANNOTATION = "shipworthy.dev/ignore."
_COMMENT = re.compile(
    r"(?:#|//)[ \t]{0,8}shipworthy:[ \t]{0,8}(?P<scope>ignore(?:-file)?)"
    r"\[(?P<rules>[^\]\n]{1,500})\](?P<reason>[^\n]{0,500})"
)


@light_value
class Suppression:
    """One comment or annotation. `line` is where it stands, `lines` are those it speaks of."""

    path: str
    line: int
    rules: tuple[str, ...]
    reason: str
    lines: range
    form: Literal["comment", "annotation"] = "comment"

    def covers(self, rule: str, line: int) -> bool:
        return rule in self.rules and line in self.lines


def find_suppressions(path: str, text: str) -> Iterator[Suppression]:
    """Every suppression of a file."""
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        if found := _COMMENT.search(line):
            rules = tuple(name.strip() for name in found["rules"].split(","))
            is_alone = not line[: found.start()].strip()
            near = range(number, number + (2 if is_alone else 1))
            covered = range(1, len(lines) + 2) if found["scope"] == "ignore-file" else near
            yield Suppression(path, number, rules, found["reason"].strip(), covered)
    if _ANNOTATION in text and path.endswith((".yaml", ".yml")):
        yield from _annotations(path, text)


def _annotations(path: str, text: str) -> Iterator[Suppression]:
    """The annotations of every object of a file; one that cannot be read is noted elsewhere."""
    from analyzers.parsers.helm import parse_template

    try:
        documents = parse_template(text).documents
    except Unreadable:
        return
    for node in _mappings(documents):
        for name, entry in node.at("metadata", "annotations").items():
            if name.startswith(_ANNOTATION):
                rule, reason = name.removeprefix(_ANNOTATION), entry.value.text.strip()
                covered = range(node.span.line, node.span.end_line + 1)
                yield Suppression(path, entry.key.span.line, (rule,), reason, covered, "annotation")


def _mappings(documents: Iterable[Node]) -> Iterator[Node]:
    """Every mapping of the documents once, whatever aliases say."""
    waiting, seen = list(documents), set[int]()
    while waiting:
        node = waiting.pop().target
        if id(node) not in seen:
            seen.add(id(node))
            if entries := node.items():
                yield node
                waiting.extend(entry.value for _, entry in entries)
            waiting.extend(node)


def complain(suppression: Suppression, known: Collection[str], was_used: bool) -> Iterator[Note]:
    """What is wrong with a suppression: a rule that is not, no reason, nothing to silence."""
    for rule in suppression.rules:
        if rule not in known:
            near = get_close_matches(rule, known, 1)
            hint = f'; did you mean "{near[0]}"?' if near else ""
            yield _note(suppression, f'ignores the unknown rule "{rule}"{hint}')
    if not suppression.reason:
        place = "after the bracket" if suppression.form == "comment" else "as its value"
        yield _note(suppression, f"is not obeyed: an ignore needs a reason {place}")
    elif not was_used and set(suppression.rules) <= set(known):
        yield _note(suppression, f"ignores nothing: no finding of {', '.join(suppression.rules)} here")


def _note(suppression: Suppression, complaint: str) -> Note:
    return Note(
        suppression.path,
        f"the ignore {suppression.form} {complaint}",
        suppression.line,
        is_failure=False,
        leaves_out=False,
    )
