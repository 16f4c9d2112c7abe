"""Grammars that write texts: the choices come from bytes, so whatever makes bytes can drive them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

MOST_STEPS = 20_000
MOST_CHARACTERS = 32_000
_REFERENCE = re.compile(r"‹(\w+)([*?]?)›")
_FOLDER = Path(__file__).with_name("grammars")
_ESCAPE = re.compile(r"\\(?:u[0-9a-f]{4}|x[0-9a-f]{2}|.)")
_OWN = re.compile(r"‹(?!odd\b)(\w+)([*?]?)›")
_ODD = tuple("\0\r\t\x0b\x0c\x1b\x85\xa0é日😀\u2028\ufeff\ue000\ufffd'\"`\\$#{}[]()<>|&*!%:;,=-~^@/?. ")

Part = tuple[str, str]
"""A piece of text, or the name of a rule with `*` or `?` behind it."""


class Grammar:
    """Rules by name; `‹rule›`, `‹rule?›` and `‹rule*›` in an alternative stand for others.

    `‹odd›` stands for any oddity. The first alternative of a rule is the one taken when the choices are
    used up, so it must come to an end.
    """

    def __init__(self, rules: Mapping[str, Sequence[str]]) -> None:
        self.rules = dict(rules)
        self._rules = {name: tuple(map(_parts, texts)) for name, texts in {"odd": _ODD, **rules}.items()}
        self._start = next(iter(rules))

    @property
    def tokens(self) -> tuple[str, ...]:
        """What to put where it does not belong: the rules of that name."""
        return tuple(text for name, texts in self.rules.items() if name.endswith("tokens") for text in texts)

    def text(self, choices: bytes) -> str:
        """What the choices make of the first rule."""
        choice = iter(choices)
        written: list[str] = []
        length = 0
        pending: list[Part] = [("*", self._start)]
        for _ in range(MOST_STEPS):
            if not pending or length > MOST_CHARACTERS:
                break
            kind, content = pending.pop()
            if kind:
                pending.extend(self._expansion(kind, content, choice))
            else:
                written.append(content)
                length += len(content)
        return "".join(written)

    def _expansion(self, kind: str, name: str, choice: Iterator[int]) -> Iterator[Part]:
        if kind == "*":
            return iter([("1", name)] * _repetitions(next(choice, 0)))
        if kind == "?":
            return iter([("1", name)] * (next(choice, 0) % 2))
        alternatives = self._rules[name]
        return reversed(alternatives[next(choice, 0) % len(alternatives)])


@cache
def load(name: str) -> Grammar:
    """The grammar in `grammars/NAME.txt`."""
    return Grammar(_read(name))


def _read(name: str) -> dict[str, Sequence[str]]:
    """A rule's name stands alone on a line, its alternatives below it, indented, with Python's escapes.

    `include OTHER` takes in the rules of another file, but those that this one has; `‹›` is nothing.
    """
    rules: dict[str, list[str]] = {}
    included: dict[str, Sequence[str]] = {}
    rule = ""
    text = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    for line in filter(None, text.split("\n")):
        if line.startswith("include "):
            included |= _read(line.removeprefix("include "))
        elif line.startswith("  "):
            rules[rule].append(_ESCAPE.sub(_meant, line[2:].replace("‹›", "")))
        else:
            rule = line
            rules[rule] = []
    return {**rules, **{other: texts for other, texts in included.items() if other not in rules}}


def _meant(escape: re.Match[str]) -> str:
    return escape[0].encode().decode("unicode_escape")


def together(files: Mapping[str, Grammar]) -> Grammar:
    """A grammar of several files, each with a line `-- path --` before it; any of them may be missing."""
    starts, rules = _numbered(list(files.values()))
    heads = [f"-- {path} --\n{start}\n" if path else start for path, start in zip(files, starts, strict=True)]
    parts = {f"file{number}": (head,) for number, head in enumerate(heads)}
    return Grammar({"files": ("".join(f"‹{part}?›" for part in parts),), **parts, **rules})


def one_of(*grammars: Grammar) -> Grammar:
    """A grammar whose text is one of any of these."""
    starts, rules = _numbered(grammars)
    return Grammar({"any": starts, **rules})


def _numbered(grammars: Sequence[Grammar]) -> tuple[list[str], dict[str, Sequence[str]]]:
    """The first rule of each, and the rules of all, each name with a number before it."""
    rules: dict[str, Sequence[str]] = {}
    for number, grammar in enumerate(grammars):
        for name, texts in grammar.rules.items():
            rules[f"{number}{name}"] = [_OWN.sub(_prefix(str(number)), text) for text in texts]
    return [f"‹{number}{next(iter(grammar.rules))}›" for number, grammar in enumerate(grammars)], rules


def _prefix(prefix: str) -> str:
    return rf"‹{prefix}\g<1>\2›"


def _repetitions(choice: int) -> int:
    """Seldom many."""
    return choice % 8 if choice < 250 else choice - 200


def _parts(text: str) -> tuple[Part, ...]:
    parts: list[Part] = []
    done = 0
    for match in _REFERENCE.finditer(text):
        parts.append(("", text[done : match.start()]))
        parts.append((match[2] or "1", match[1]))
        done = match.end()
    return tuple(part for part in (*parts, ("", text[done:])) if part[1])
