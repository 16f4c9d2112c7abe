"""The functions of Helm's templates whose result the chart's values decide.

Helm: https://helm.sh/docs/chart_template_guide/function_list/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from analyzers.model.charts.outcome import NIL, Block, Known, Outcome, Record, Unknown, outcome_of, truth

Arguments = tuple[Outcome, ...]
_VERB = re.compile(r"%(?:[svdq%])")
_CHANGING = re.compile(
    r"rand|uuid|gen[A-Z]|now$|date|ago$|htpasswd|derive|encrypt|bcrypt|lookup$|getHostByName"
)
_WHOLE = re.compile(r"-?[0-9]{1,18}|-?[0-9](?:\.[0-9]{1,14})?e\+[01][0-9]")
_RECORDS = Known("true", "bool"), Known("false", "bool")


def is_repeatable(function: str) -> bool:
    """The same arguments give the same result."""
    return not _CHANGING.match(function)


def member(of: Outcome, name: str) -> Outcome:
    """`.name` of something."""
    if isinstance(of, Block):
        return outcome_of(of.values[name])
    if isinstance(of, Record):
        return of.entries.get(name) or (Unknown(f"{of.name}.{name}") if of.name else NIL)
    if isinstance(of, Unknown) and of.name:
        return Unknown(f"{of.name}.{name}", of.is_missing)
    return Unknown(is_missing=isinstance(of, Unknown) and of.is_missing)


def _default(arguments: Arguments) -> Outcome | None:
    if len(arguments) == 1:
        return arguments[0]
    instead, value = arguments
    found = truth(value)
    return None if found is None else value if found else instead


def _first_true(arguments: Arguments) -> Outcome | None:
    for each in arguments:
        found = truth(each)
        if found is not False:
            return each if found else None
    return arguments[-1] if arguments else None


def _first_false(arguments: Arguments) -> Outcome | None:
    for each in arguments:
        found = truth(each)
        if found is not True:
            return each if found is False else None
    return arguments[-1] if arguments else None


def _not(arguments: Arguments) -> Outcome | None:
    found = truth(arguments[0])
    return None if found is None else _truth(not found)


def _truth(value: bool) -> Known:
    return _RECORDS[not value]


def _ternary(arguments: Arguments) -> Outcome | None:
    yes, no, condition = arguments
    found = truth(condition)
    return None if found is None else yes if found else no


def _equal(arguments: Arguments) -> Outcome | None:
    first, *others = arguments
    if not isinstance(first, Known) or not others:
        return None
    texts = [each.text if isinstance(each, Known) else None for each in others]
    return None if None in texts else _truth(first.text in texts)


def _not_equal(arguments: Arguments) -> Outcome | None:
    found = _equal(arguments)
    return _not((found,)) if found else None


def _quote(arguments: Arguments) -> Outcome | None:
    (value,) = arguments
    return replace(value, kind="string", is_quoted=True) if isinstance(value, Known) else None


def _to_string(arguments: Arguments) -> Outcome | None:
    value = arguments[0]
    return replace(value, kind="string", is_quoted=False) if isinstance(value, Known) else None


def _to_int(arguments: Arguments) -> Outcome | None:
    value = arguments[0]
    if not isinstance(value, Known) or not _WHOLE.fullmatch(value.text):
        return None
    return replace(value, text=str(int(Decimal(value.text))), kind="int", is_quoted=False)


def _to_yaml(arguments: Arguments) -> Outcome | None:
    value = arguments[0]
    if isinstance(value, Known):
        return replace(value, is_quoted=value.kind == "string")
    return value if isinstance(value, Block) else None


def _indent(arguments: Arguments) -> Outcome | None:
    """A text of one line is indented by what prints it."""
    value = arguments[-1]
    return None if isinstance(value, Known) and "\n" in value.text.strip("\n") else value


def _required(arguments: Arguments) -> Outcome | None:
    return arguments[1] if truth(arguments[1]) else None


def _as_template(arguments: Arguments) -> Outcome | None:
    """`tpl`: a text is rendered once more."""
    value = arguments[0]
    if isinstance(value, Known):
        return None if "{{" in value.text else value
    return value if isinstance(value, Block) else None


def _dict(arguments: Arguments) -> Outcome | None:
    keys = [key.text for key in arguments[::2] if isinstance(key, Known)]
    values = arguments[1::2]
    return Record(dict(zip(keys, values, strict=True))) if 2 * len(keys) == len(arguments) else None


def _index(arguments: Arguments) -> Outcome | None:
    found, *keys = arguments
    for key in keys:
        if not isinstance(key, Known) or key.kind != "string":
            return None
        found = member(found, key.text)
    return found


def _has_key(arguments: Arguments) -> Outcome | None:
    of, key = arguments
    if not isinstance(of, Block | Record) or not isinstance(key, Known):
        return None
    found = member(of, key.text)
    return _truth(not (isinstance(found, Unknown) and found.is_missing))


def _format(arguments: Arguments) -> Outcome | None:
    texts = [each.text for each in arguments if isinstance(each, Known)]
    if len(texts) < len(arguments):
        return None
    pattern, *values = texts
    pieces = _VERB.split(pattern)
    verbs = _VERB.findall(pattern)
    if len([verb for verb in verbs if verb != "%%"]) != len(values) or "%" in "".join(pieces):
        return None
    left = iter(values)
    filled = [_fill(verb, left) for verb in verbs]
    return Known("".join(a + b for a, b in zip(pieces, [*filled, ""], strict=True)))


def _fill(verb: str, left: Iterator[str]) -> str:
    if verb == "%%":
        return "%"
    text = next(left)
    return f'"{text}"' if verb == "%q" else text


def _on_texts(change: Callable[..., str | bool]) -> Callable[[Arguments], Outcome | None]:
    """A function of texts alone; a value it leaves as it is keeps its place."""

    def call(arguments: Arguments) -> Outcome | None:
        texts = [each.text for each in arguments if isinstance(each, Known)]
        if len(texts) < len(arguments):
            return None
        result = change(*texts)
        if isinstance(result, bool):
            return _truth(result)
        last = arguments[-1]
        is_same = isinstance(last, Known) and last.text == result
        return replace(last, kind="string") if is_same and isinstance(last, Known) else Known(result)

    return call


def _cut(length: str, text: str) -> str:
    count = int(length)
    return text[:count] if count >= 0 else text[count:]


FUNCTIONS: dict[str, Callable[[Arguments], Outcome | None]] = {
    "default": _default,
    "coalesce": _first_true,
    "or": _first_true,
    "and": _first_false,
    "not": _not,
    "empty": _not,
    "ternary": _ternary,
    "eq": _equal,
    "ne": _not_equal,
    "quote": _quote,
    "squote": _quote,
    "toString": _to_string,
    "int": _to_int,
    "int64": _to_int,
    "toYaml": _to_yaml,
    "indent": _indent,
    "nindent": _indent,
    "required": _required,
    "tpl": _as_template,
    "dict": _dict,
    "index": _index,
    "get": _index,
    "hasKey": _has_key,
    "printf": _format,
    "print": _on_texts(lambda *texts: "".join(texts)),
    "trim": _on_texts(lambda text: text.strip()),
    "trimAll": _on_texts(lambda marks, text: text.strip(marks)),
    "trimSuffix": _on_texts(lambda end, text: text.removesuffix(end)),
    "trimPrefix": _on_texts(lambda start, text: text.removeprefix(start)),
    "trunc": _on_texts(_cut),
    "lower": _on_texts(lambda text: text.lower()),
    "upper": _on_texts(lambda text: text.upper()),
    "replace": _on_texts(lambda old, new, text: text.replace(old, new)),
    "contains": _on_texts(lambda part, text: part in text),
    "hasPrefix": _on_texts(lambda start, text: text.startswith(start)),
    "hasSuffix": _on_texts(lambda end, text: text.endswith(end)),
}
