"""Programming languages, all read through tree-sitter."""

from __future__ import annotations

from analyzers.parsers.go import GoFile, parse_go, parse_go_header
from analyzers.parsers.java import parse_java
from analyzers.parsers.position import LineIndex, Span
from analyzers.parsers.shell import Script, parse_shell
from tests.fuzz import claims
from tests.fuzz.entries.files import of_text
from tests.fuzz.entry import Entry
from tests.fuzz.grammar import load


def _read_go(content: bytes) -> tuple[GoFile, GoFile]:
    return parse_go(content), parse_go_header(content)


def _go_shape(result: tuple[GoFile, GoFile]) -> object:
    """Nothing for a file with errors: an end of line is then a part of what was meant otherwise."""
    file = result[0]
    if file.is_partial:
        return ()
    return (
        file.package,
        file.constraint,
        [(each.name, each.path, file.span(each).line) for each in file.imports],
        [(each.name, each.receiver, file.span(each).line) for each in file.functions],
        [(call.callee, file.span(call).line) for each in file.functions for call in each.calls],
    )


def _read_shell(text: str) -> tuple[Script, LineIndex, list[Span]]:
    text = text.removeprefix("\ufeff")
    script, index = parse_shell(text), LineIndex(text)
    return script, index, [index.span(command.start, command.end) for command in script.commands]


CODE = (
    Entry("go", _read_go, load("go"), _go_shape, lambda result: claims.of_go(result[0])),
    Entry(
        "shell",
        of_text(_read_shell),
        load("shell"),
        claims=lambda result: claims.of_script(result[0], result[1]),
    ),
    Entry("java", parse_java, load("java")),
)
