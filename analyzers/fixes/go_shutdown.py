"""Edits that mend how a Go server ends, gofmt-clean; None where the code is not written in a plain way."""

from __future__ import annotations

import re

from analyzers.finding import Edit, Fix
from analyzers.fixes.go_source import add_import, add_imports, indent_of, statement_lines
from analyzers.fixes.lines import replace_at
from analyzers.model.programs.contexts import ENDLESS
from analyzers.model.programs.deadlines import BOUNDED
from analyzers.model.programs.function_index import FunctionIndex
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Assignment, Call, Expression

_SECONDS = 10
_NAMES = (("ctx", "cancel"), ("shutdownCtx", "cancelShutdown"))
_CLOSED = "errors.Is({error}, http.ErrServerClosed)"


def add_termination(site: Site[Call]) -> Fix | None:
    """SIGTERM behind the signals of a `signal.Notify`, or in the place of the one that nobody can catch."""
    *_, last = site.node.arguments
    imported, at = add_import(site, "syscall"), site.locate(last)
    if imported is None or last.text == "..." or at.span.line != at.span.end_line:
        return None
    is_replaced = last.text in ("Kill", "SIGKILL") and _is_used_elsewhere(site, last.text)
    new = "syscall.SIGTERM" if is_replaced else f"{site.file.text(last)}, syscall.SIGTERM"
    return Fix((replace_at(_source(site), at, new), *imported))


def _is_used_elsewhere(site: Site[Call], name: str) -> bool:
    """Without `os.Kill` the file must still use `os`."""
    return name != "Kill" or site.file.source.count(b"os.") > 1


def add_deadline(site: Site[Call]) -> Fix | None:
    """A `Shutdown` gets a context of ten seconds: one of its own, or the one it has is made anew."""
    imported = add_imports(site, "context", "time")
    names = next((pair for pair in _NAMES if site.function.names.isdisjoint(pair)), None)
    if imported is None or len(site.node.arguments) != 1 or site.node.in_loop:
        return None
    context = site.of(site.node.arguments[0])
    is_free = context.node.kind != "name" or _is_used_again(site, context.node)
    if is_free:
        edit = _deadline_above(site, names) if names else None
    else:
        edit = _deadline_at_origin(site, context.node)
    return Fix((edit, *imported)) if edit else None


def _deadline_above(site: Site[Call], names: tuple[str, str]) -> Edit | None:
    parts = statement_lines(site)
    if parts is None or parts[1].startswith(("defer ", "go ")):
        return None
    indent, before, after = parts
    call = f"{site.file.text(site.node.function)}({names[0]})"
    lines = (*_deadline(indent, *names), f"{indent}{before}{call}{after}")
    return Edit(site.path, site.at.line, site.at.line, "\n".join(lines))


def _deadline(indent: str, context: str, cancel: str) -> tuple[str, str]:
    made = f"context.WithTimeout(context.Background(), {_SECONDS}*time.Second)"
    return f"{indent}{context}, {cancel} := {made}", f"{indent}defer {cancel}()"


def _deadline_at_origin(site: Site[Call], context: Expression) -> Edit | None:
    """Where the variable is made, for nothing but this call: Go allows none that is not used."""
    meaning = FunctionIndex(site.function).meaning(context.text, context.start)
    value = meaning[0].values[0] if isinstance(meaning, tuple) and len(meaning[0].values) == 1 else None
    if value is None or value.kind != "call" or not isinstance(meaning, tuple) or meaning[0].operator != ":=":
        return None
    source = _source(site)
    if value.text in BOUNDED:
        return replace_at(source, site.locate(value.arguments[0]), "context.Background()")
    span = site.locate(meaning[0]).span
    line = source.split("\n")[span.line - 1]
    is_alone = line.strip() == f"{context.text} := {site.file.text(value)}"
    if value.text not in ENDLESS or not is_alone or "cancel" in site.function.names:
        return None
    return Edit(
        site.path, span.line, span.line, "\n".join(_deadline(indent_of(line), context.text, "cancel"))
    )


def _is_used_again(site: Site[Call], context: Expression) -> bool:
    """Whether a variable is used somewhere beside this call and where it is made."""
    index, start = FunctionIndex(site.function), site.function.start
    meaning = index.meaning(context.text, context.start)
    if not isinstance(meaning, tuple):
        return True
    body = site.file.source[start : site.function.end]
    places = [
        start + match.start() for match in re.finditer(rb"(?<![\w.])%s\b" % context.text.encode(), body)
    ]
    others = [place for place in places if place >= meaning[0].end and place != context.start]
    return any(_same(index.meaning(context.text, place), meaning) for place in others)


def _same(meaning: object, other: tuple[Assignment, int]) -> bool:
    return isinstance(meaning, tuple) and meaning[0] is other[0]


def stop_gracefully(site: Site[Call]) -> Fix | None:
    """gRPC's GracefulStop, which a timer turns into Stop after ten seconds."""
    parts, imported = statement_lines(site), add_import(site, "time")
    if parts is None or imported is None or "timer" in site.function.names or any(parts[1:]):
        return None
    server = site.file.text(site.node.function).rpartition(".")[0]
    lines = (
        f"{parts[0]}timer := time.AfterFunc({_SECONDS}*time.Second, {server}.Stop)",
        f"{parts[0]}defer timer.Stop()",
        f"{parts[0]}{server}.GracefulStop()",
    )
    return Fix((Edit(site.path, site.at.line, site.at.line, "\n".join(lines)), *imported))


def except_closed(serving: Site[Call], end: Site[Call]) -> Fix | None:
    """The process ends for any error but that of a server which was stopped."""
    imported = add_imports(serving, "errors", "net/http")
    edit = _asked_around(serving, end) if end.node.start < serving.node.start else _asked_also(serving, end)
    return None if edit is None or imported is None else Fix((edit, *imported))


def _asked_around(serving: Site[Call], end: Site[Call]) -> Edit | None:
    """`log.Fatal(server.ListenAndServe())` below a question of its own."""
    parts, arguments = statement_lines(end), end.node.arguments
    if parts is None or len(arguments) != 1 or arguments[0].start != serving.node.start or any(parts[1:]):
        return None
    lines = (
        f"{parts[0]}if err := {serving.file.text(serving.node)}; !{_CLOSED.format(error='err')} {{",
        f"{parts[0]}\t{serving.file.text(end.node.function)}(err)",
        f"{parts[0]}}}",
    )
    return Edit(end.path, end.at.line, end.at.line, "\n".join(lines))


def _asked_also(serving: Site[Call], end: Site[Call]) -> Edit | None:
    """One more question in `if err != nil`."""
    branch = end.node.scope.within("if")
    condition = branch.condition if branch else None
    if condition is None or condition.start < serving.node.end:
        return None
    text = serving.file.text(condition)
    more = f"{text} && !{_CLOSED.format(error=text.partition(' ')[0])}"
    return replace_at(_source(serving), serving.locate(condition), more)


def call_below(site: Site[Call], call: str) -> Fix | None:
    """A statement below the one that a call is, or below the `if` that asks for its error."""
    parts = statement_lines(site)
    if parts is None:
        return None
    indent, before, after = parts
    if (before, after) == ("", ""):
        return Fix((_below(site, site.at.line, indent + call),))
    if before.startswith("if ") and after.endswith("{"):
        lines = _source(site).split("\n")
        rest = range(site.at.line, len(lines))
        end = next((line for line in rest if lines[line].startswith(f"{indent}}}")), None)
        if end is not None and lines[end] == f"{indent}}}":
            return Fix((_below(site, end + 1, indent + call),))
    return None


def _below(site: Site[Call], line: int, text: str) -> Edit:
    return Edit(site.path, line + 1, line, text)


def _source(site: Site[Call]) -> str:
    return site.file.source.decode(errors="replace")
