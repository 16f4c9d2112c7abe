"""Edits that mend how a Go server ends, gofmt-clean; None where the code is not written in a plain way."""

from __future__ import annotations

from analyzers.finding import Edit, Fix
from analyzers.fixes.go_source import add_import, add_imports, statement_lines
from analyzers.fixes.lines import replace_at
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Call

_SECONDS = 10
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
