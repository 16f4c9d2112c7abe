"""Gives the `Shutdown` calls of a function a context that ends, gofmt-clean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzers.finding import Edit, Fix
from analyzers.fixes.go_source import add_imports, indent_of, statement_lines
from analyzers.fixes.lines import replace_at
from analyzers.model.programs.contexts import ENDLESS
from analyzers.model.programs.deadlines import BOUNDED
from analyzers.model.programs.function_index import FunctionIndex
from analyzers.model.programs.package import Site
from analyzers.parsers.go import Assignment, Call, Expression

_SECONDS = 10
_NAMES = (("ctx", "cancel"), ("shutdownCtx", "cancelShutdown"))


def add_deadline(sites: Sequence[Site[Call]]) -> Fix | None:
    """One context of ten seconds for all, made above the first; or the one they have is made anew.

    None where the code is not written in a plain way. Go allows no variable that nothing uses.
    """
    first = sites[0]
    imported = add_imports(first, "context", "time")
    if imported is None or any(len(site.node.arguments) != 1 or site.node.in_loop for site in sites):
        return None
    contexts = [site.node.arguments[0] for site in sites]
    if all(_is_free(first, context, contexts) for context in contexts):
        edits = _made_above(sites)
    else:
        edits = _made_anew(first, contexts[0]) if len(sites) == 1 else None
    return Fix((*edits, *imported)) if edits else None


def _made_above(sites: Sequence[Site[Call]]) -> tuple[Edit, ...] | None:
    first, *others = sites
    names = next((pair for pair in _NAMES if first.function.names.isdisjoint(pair)), None)
    parts = statement_lines(first)
    is_seen = all(site.node.scope.is_in(first.node.scope) for site in others)
    if names is None or parts is None or not is_seen or parts[1].startswith(("defer ", "go ")):
        return None
    indent, before, after = parts
    call = f"{first.file.text(first.node.function)}({names[0]})"
    lines = (*_deadline(indent, *names), f"{indent}{before}{call}{after}")
    source = _source(first)
    return (
        Edit(first.path, first.at.line, first.at.line, "\n".join(lines)),
        *(replace_at(source, site.locate(site.node.arguments[0]), names[0]) for site in others),
    )


def _deadline(indent: str, context: str, cancel: str) -> tuple[str, str]:
    made = f"context.WithTimeout(context.Background(), {_SECONDS}*time.Second)"
    return f"{indent}{context}, {cancel} := {made}", f"{indent}defer {cancel}()"


def _made_anew(site: Site[Call], context: Expression) -> tuple[Edit, ...] | None:
    """Where a variable is made that has no other use."""
    made = _origin(site, context)
    value = made.values[0] if made and len(made.values) == 1 else None
    if made is None or value is None or value.kind != "call" or made.operator != ":=":
        return None
    if value.text in BOUNDED:
        return (replace_at(_source(site), site.locate(value.arguments[0]), "context.Background()"),)
    line = site.locate(made).line
    written = _source(site).split("\n")[line - 1]
    is_alone = written.strip() == f"{context.text} := {site.file.text(value)}"
    if value.text not in ENDLESS or not is_alone or "cancel" in site.function.names:
        return None
    return (Edit(site.path, line, line, "\n".join(_deadline(indent_of(written), context.text, "cancel"))),)


def _is_free(site: Site[Call], context: Expression, replaced: Sequence[Expression]) -> bool:
    """Whether an argument may go: it is no variable, or one that is used beside what goes with it."""
    made = _origin(site, context) if context.kind == "name" else None
    if made is None:
        return True
    starts = {each.start for each in replaced}
    return any(place not in starts for place in _uses(site, context.text, made))


def _uses(site: Site[Call], name: str, made: Assignment) -> Iterator[int]:
    body = site.file.source[made.end : site.function.end]
    for match in re.finditer(rb"(?<![\w.])" + name.encode() + rb"\b", body):
        place = made.end + match.start()
        meaning = FunctionIndex(site.function).meaning(name, place)
        if isinstance(meaning, tuple) and meaning[0] is made:
            yield place


def _origin(site: Site[Call], context: Expression) -> Assignment | None:
    """Where the function gives a variable its value."""
    meaning = FunctionIndex(site.function).meaning(context.text, context.start)
    return meaning[0] if meaning is not None and isinstance(meaning[0], Assignment) else None


def _source(site: Site[Call]) -> str:
    return site.file.source.decode(errors="replace")
