"""The physical lines of a Dockerfile, within BuildKit's limits."""

from __future__ import annotations

from analyzers.parsers.dockerfile.blanks import SPACES
from analyzers.parsers.problem import Unreadable

MAX_BYTES = 1 << 20
MAX_LINE_BYTES = 65_535  # bufio.MaxScanTokenSize - 1, where BuildKit's scanner gives up
BYTE_ORDER_MARK = "\ufeff"


def split_lines(text: str) -> list[str]:
    """Lines with their "\\n". Raises Unreadable past a limit."""
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise Unreadable("the file is larger than 1 MiB")
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    if not lines[-1]:
        lines.pop()
    if max(map(len, lines), default=0) > MAX_LINE_BYTES // 4:
        _refuse_longest(lines)
    return lines


def _refuse_longest(lines: list[str]) -> None:
    for number, line in enumerate(lines, 1):
        if _bytes(line) > MAX_LINE_BYTES:
            raise Unreadable(f"a line is longer than {MAX_LINE_BYTES:,} bytes", number)


def is_comment(line: str) -> bool:
    return line.lstrip(SPACES).startswith("#")


def without_continuation(line: str, escape: str) -> tuple[str, bool]:
    """The line without the escape character at its end, and whether one makes the next line belong to it."""
    body = line.rstrip(" \t")
    if not body.endswith(escape) or body.endswith(escape * 2):
        return line, False
    return body[:-1], True


def _bytes(line: str) -> int:
    return len(line.removesuffix("\n").encode("utf-8", "surrogatepass"))
