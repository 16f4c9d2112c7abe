"""From one joined line to an instruction: keyword, flags, and arguments in the form the keyword asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analyzers.parsers.dockerfile.blanks import BETWEEN_WORDS, SPACES, stripped
from analyzers.parsers.dockerfile.flags import read_flags
from analyzers.parsers.dockerfile.heredocs import KEYWORDS, Announcement, announcements
from analyzers.parsers.dockerfile.json_form import read_json_form
from analyzers.parsers.dockerfile.syntax import Heredoc, Instruction, Pair, Word
from analyzers.parsers.dockerfile.words import argument_pairs, blank_words, pairs_of, quoted_words, whole
from analyzers.parsers.joined_text import JoinedText
from analyzers.parsers.position import Span

_JSON_OR_WHOLE = frozenset({"RUN", "CMD", "ENTRYPOINT", "SHELL"})
_JSON_OR_WORDS = frozenset({"COPY", "ADD", "VOLUME"})
_WHOLE = frozenset({"MAINTAINER", "STOPSIGNAL", "USER", "WORKDIR"})


@dataclass(frozen=True, slots=True)
class _Form:
    words: tuple[Word, ...] = ()
    pairs: tuple[Pair, ...] = ()
    elements: tuple[JoinedText, ...] | None = None
    child: Instruction | None = None


def read_instruction(line: JoinedText, escape: str, *, inside_onbuild: bool = False) -> Instruction:
    """Read a line with its continuations joined. Raises Unreadable where BuildKit refuses it."""
    start, end = stripped(line.text)
    gap = BETWEEN_WORDS.search(line.text, start, end)
    keyword_end = gap.start() if gap else end
    keyword = line.text[start:keyword_end].upper()
    flags, at = read_flags(line, gap.end() if gap else end, end)
    at, end = stripped(line.text, at, end)
    arguments = line.slice(at, end)
    form = _form(keyword, arguments, escape, inside_onbuild)
    return Instruction(
        keyword=keyword,
        keyword_span=line.span(start, keyword_end),
        span=_span(line, end),
        flags=flags,
        arguments=arguments,
        words=form.words,
        pairs=form.pairs,
        is_json=form.elements is not None,
        elements=form.elements or (),
        child=form.child,
    )


def heredocs_announced(instruction: Instruction, line: JoinedText) -> tuple[Announcement, ...]:
    """The heredocs whose bodies follow the instruction, ONBUILD's own instruction included."""
    said = instruction.child or instruction
    if said.keyword not in KEYWORDS or said.is_json or "<<" not in line.text:
        return ()
    return announcements(line)


def with_heredocs(instruction: Instruction, heredocs: tuple[Heredoc, ...]) -> Instruction:
    """The instruction with the bodies that follow it."""
    if not heredocs:
        return instruction
    span = instruction.span.through(heredocs[-1].end.span)
    if instruction.child is not None:
        return replace(instruction, child=with_heredocs(instruction.child, heredocs), span=span)
    return replace(instruction, heredocs=heredocs, span=span)


def _span(line: JoinedText, end: int) -> Span:
    """All its lines: the first may hold no more than the escape character, the last ones nothing."""
    last = line.span(max(end - 1, 0), end)
    closing = (last.end_line, last.end_column)
    return Span(*line.beginning, *(line.ending if line.ending[0] > last.end_line else closing))


def _form(keyword: str, arguments: JoinedText, escape: str, inside_onbuild: bool) -> _Form:
    if keyword in _JSON_OR_WHOLE or keyword in _JSON_OR_WORDS:
        return _maybe_json(arguments, keyword in _JSON_OR_WORDS)
    if keyword in ("ENV", "LABEL"):
        words = quoted_words(arguments, escape)
        return _Form(words, pairs_of(arguments, words, keyword))
    if keyword == "ARG":
        words = quoted_words(arguments, escape)
        return _Form(words, argument_pairs(words))
    if keyword in _WHOLE:
        return _Form(whole(arguments))
    if keyword == "HEALTHCHECK":
        return _healthcheck(arguments)
    if keyword == "ONBUILD" and arguments.text and not inside_onbuild:
        return _Form(child=read_instruction(arguments, escape, inside_onbuild=True))
    return _Form(blank_words(arguments))


def _maybe_json(arguments: JoinedText, otherwise_words: bool) -> _Form:
    elements = read_json_form(arguments)
    if elements is not None:
        return _Form(
            tuple(Word(element.text, element.span(0, len(element.text))) for element in elements),
            (),
            elements,
        )
    return _Form(blank_words(arguments) if otherwise_words else whole(arguments))


def _healthcheck(arguments: JoinedText) -> _Form:
    """The type, NONE or CMD, and then a command in either form."""
    text = arguments.text
    end = next((at for at, character in enumerate(text) if character in SPACES), len(text))
    if end == 0:
        return _Form()
    kind = Word(text[:end], arguments.span(0, end))
    form = _maybe_json(arguments.slice(*stripped(text, end)), otherwise_words=False)
    return replace(form, words=(kind, *form.words))
