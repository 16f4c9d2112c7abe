"""go.mod and go.work, token by token, each with its place (https://go.dev/ref/mod#go-mod-file)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from analyzers.parsers.light import light_value
from analyzers.parsers.position import Span
from analyzers.parsers.problem import Unreadable

MOST_CHARACTERS = 1024 * 1024
MOST_CHARACTERS_A_LINE = 64 * 1024
_TOKEN = re.compile(r'//.*|"(?:[^"\\]|\\.)*"|`[^`]*`|=>|[()\[\],]|[^\s,\[\]"`][^\s,\[\]]*|\S')
_INDIRECT = re.compile(r"//\s*indirect(?:\s*;|\s*$)")
_VERB = re.compile(r"[a-z]+")
_BLOCKS = frozenset({"require", "exclude", "replace", "retract", "tool", "ignore", "godebug", "use"})


@light_value
class Token:
    text: str
    span: Span


@light_value
class Require:
    path: Token
    version: Token
    is_indirect: bool = False

    @property
    def span(self) -> Span:
        return self.path.span.through(self.version.span)


@light_value
class Replace:
    """`path [version] => target [target_version]`. Without a target version the target is a folder."""

    path: Token
    version: Token | None
    target: Token
    target_version: Token | None


@light_value
class GoMod:
    """A go.mod, or a go.work, which has `uses` and no `module`. Unknown directives are left out."""

    module: Token | None = None
    go: Token | None = None
    toolchain: Token | None = None
    requires: tuple[Require, ...] = ()
    replaces: tuple[Replace, ...] = ()
    excludes: tuple[Require, ...] = ()
    retracts: tuple[tuple[Token, ...], ...] = ()
    tools: tuple[Token, ...] = ()
    ignores: tuple[Token, ...] = ()
    godebug: tuple[Token, ...] = ()
    """Each as `key=value`."""
    uses: tuple[Token, ...] = ()


@light_value
class _Line:
    tokens: tuple[Token, ...]
    comment: str


@dataclass(slots=True)
class _Lines:
    """The arguments of each verb, blocks and single lines alike."""

    by_verb: dict[str, list[_Line]] = field(default_factory=dict)

    def __getitem__(self, verb: str) -> Sequence[_Line]:
        return self.by_verb.get(verb, ())

    def first(self, verb: str) -> Token | None:
        return next((line.tokens[0] for line in self[verb] if line.tokens), None)

    def tokens(self, verb: str) -> tuple[Token, ...]:
        return tuple(line.tokens[0] for line in self[verb] if line.tokens)


def parse_gomod(text: str) -> GoMod:
    """Read a go.mod or go.work. Raises Unreadable for what is too large or what go itself cannot read."""
    if len(text) > MOST_CHARACTERS:
        raise Unreadable("larger than 1 MiB")
    lines = _sort(text)
    return GoMod(
        module=lines.first("module"),
        go=lines.first("go"),
        toolchain=lines.first("toolchain"),
        requires=tuple(_requires(lines["require"])),
        replaces=tuple(_replaces(lines["replace"])),
        excludes=tuple(_requires(lines["exclude"])),
        retracts=tuple(_versions(line) for line in lines["retract"]),
        tools=lines.tokens("tool"),
        ignores=lines.tokens("ignore"),
        godebug=lines.tokens("godebug"),
        uses=lines.tokens("use"),
    )


def _sort(text: str) -> _Lines:
    sorted_lines = _Lines()
    block = ""
    began = 0
    for line in _lines(text):
        if block and line.tokens[0].text == ")":
            block = ""
        elif block:
            sorted_lines.by_verb.setdefault(block, []).append(line)
        else:
            verb, arguments = _split_verb(line.tokens)
            if verb in _BLOCKS and [token.text for token in arguments] == ["("]:
                block, began = verb, line.tokens[0].span.line
            else:
                sorted_lines.by_verb.setdefault(verb, []).append(_Line(arguments, line.comment))
    if block:
        raise Unreadable(f"the {block} block does not end", began)
    return sorted_lines


def _split_verb(tokens: tuple[Token, ...]) -> tuple[str, tuple[Token, ...]]:
    """The verb and what follows; `require(` is a verb with a parenthesis, too."""
    first = tokens[0]
    if not _VERB.match(first.text):
        raise Unreadable(f"{first.text[:40]!r} begins no directive", first.span.line)
    if first.text.endswith("(") and len(tokens) == 1:
        return first.text[:-1], (Token("(", first.span),)
    return first.text, tokens[1:]


def _lines(text: str) -> Iterator[_Line]:
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if len(line) > MOST_CHARACTERS_A_LINE:
            raise Unreadable(f"a line is longer than {MOST_CHARACTERS_A_LINE:,} characters", number)
        tokens = []
        comment = ""
        for match in _TOKEN.finditer(line.rstrip("\r")):
            if match.group().startswith("//"):
                comment = match.group()
                break
            span = Span(number, match.start() + 1, number, match.end() + 1)
            tokens.append(Token(_unquote(match.group()), span))
        if tokens:
            yield _Line(tuple(tokens), comment)


def _unquote(word: str) -> str:
    if len(word) > 1 and word[0] == word[-1] and word[0] in '"`':
        return re.sub(r"\\(.)", r"\1", word[1:-1]) if word[0] == '"' else word[1:-1]
    return word


def _requires(lines: Sequence[_Line]) -> Iterator[Require]:
    for line in lines:
        if len(line.tokens) == 2:
            yield Require(*line.tokens, _INDIRECT.match(line.comment) is not None)


def _replaces(lines: Sequence[_Line]) -> Iterator[Replace]:
    for line in lines:
        words = [token.text for token in line.tokens]
        if "=>" not in words:
            continue
        arrow = words.index("=>")
        old, new = line.tokens[:arrow], line.tokens[arrow + 1 :]
        if len(old) in (1, 2) and len(new) in (1, 2):
            yield Replace(old[0], old[1] if old[1:] else None, new[0], new[1] if new[1:] else None)


def _versions(line: _Line) -> tuple[Token, ...]:
    """One version, or the two ends of an interval."""
    return tuple(token for token in line.tokens if token.text not in ("[", "]", ","))
