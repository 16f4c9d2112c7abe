"""Parser directives: `# syntax=`, `# escape=` and `# check=` at the very top.

https://docs.docker.com/reference/dockerfile/#parser-directives
"""

from __future__ import annotations

import re

from analyzers.parsers.dockerfile.blanks import SPACES
from analyzers.parsers.dockerfile.syntax import Directive
from analyzers.parsers.position import Span
from analyzers.parsers.problem import Unreadable

NAMES = frozenset({"syntax", "escape", "check"})
_FORM = re.compile(r"#\s*([A-Za-z][A-Za-z0-9]*)\s*=(.*)\Z", re.A | re.S)


def read_directives(lines: list[str]) -> tuple[Directive, ...]:
    """The directives at the top. Raises Unreadable where one comes twice or names an impossible escape."""
    directives: list[Directive] = []
    for number, line in enumerate(lines, 1):
        directive = _directive(line.rstrip("\r\n"), number)
        if directive is None:
            break
        if any(earlier.name == directive.name for earlier in directives):
            raise Unreadable(f"only one {directive.name} parser directive can be used", number)
        directives.append(directive)
    return tuple(directives)


def escape_of(directives: tuple[Directive, ...]) -> str:
    """The character that continues a line, a backslash by default."""
    for directive in directives:
        if directive.name == "escape":
            if directive.value not in ("\\", "`"):
                raise Unreadable("the escape directive must be \\ or `", directive.span.line)
            return directive.value
    return "\\"


def _directive(line: str, number: int) -> Directive | None:
    indent = len(line) - len(line.lstrip(SPACES))
    match = _FORM.match(line, indent)
    if match is None or not match[2].strip() or match[1].lower() not in NAMES:
        return None
    return Directive(match[1].lower(), match[2].strip(), Span(number, indent + 1, number, len(line) + 1))
