"""The arguments of an instruction in the form its keyword asks for."""

from __future__ import annotations

from dataclasses import replace

from analyzers.parsers.dockerfile.blanks import SPACES, stripped
from analyzers.parsers.dockerfile.json_form import read_json_form
from analyzers.parsers.dockerfile.syntax import Pair, Word
from analyzers.parsers.dockerfile.words import argument_pairs, blank_words, pairs_of, quoted_words, whole
from analyzers.parsers.joined_text import JoinedText
from analyzers.parsers.light import light_value

_JSON_OR_WHOLE = frozenset({"RUN", "CMD", "ENTRYPOINT", "SHELL"})
_JSON_OR_WORDS = frozenset({"COPY", "ADD", "VOLUME"})
_JSON = _JSON_OR_WHOLE | _JSON_OR_WORDS
_WHOLE = frozenset({"MAINTAINER", "STOPSIGNAL", "USER", "WORKDIR"})
_REFUSED = frozenset({"ENV", "LABEL", "HEALTHCHECK"})


@light_value
class Form:
    """`elements` is None where there is no JSON array."""

    words: tuple[Word, ...] = ()
    pairs: tuple[Pair, ...] = ()
    elements: tuple[JoinedText, ...] | None = None


def may_be_refused(keyword: str, text: str, start: int) -> bool:
    """Whether the form of the arguments from an offset on has to be read to know that BuildKit takes them."""
    return keyword in _REFUSED or (text.startswith("[", start) and keyword in _JSON)


def read_form(keyword: str, arguments: JoinedText, escape: str) -> Form:
    """Raises Unreadable where BuildKit refuses it."""
    if keyword in _JSON:
        return _maybe_json(arguments, keyword in _JSON_OR_WORDS)
    if keyword in ("ENV", "LABEL"):
        words = quoted_words(arguments, escape)
        return Form(words, pairs_of(arguments, words, keyword))
    if keyword == "ARG":
        words = quoted_words(arguments, escape)
        return Form(words, argument_pairs(words))
    if keyword in _WHOLE:
        return Form(whole(arguments))
    return _healthcheck(arguments) if keyword == "HEALTHCHECK" else Form(blank_words(arguments))


def _maybe_json(arguments: JoinedText, otherwise_words: bool) -> Form:
    elements = read_json_form(arguments)
    if elements is not None:
        return Form(
            tuple(Word(element.text, element.span(0, len(element.text))) for element in elements),
            (),
            elements,
        )
    return Form(blank_words(arguments) if otherwise_words else whole(arguments))


def _healthcheck(arguments: JoinedText) -> Form:
    """The type, NONE or CMD, and then a command in either form."""
    text = arguments.text
    end = next((at for at, character in enumerate(text) if character in SPACES), len(text))
    if end == 0:
        return Form()
    kind = Word(text[:end], arguments.span(0, end))
    form = _maybe_json(arguments.slice(*stripped(text, end)), otherwise_words=False)
    return replace(form, words=(kind, *form.words))
