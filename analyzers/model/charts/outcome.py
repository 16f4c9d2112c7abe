"""What an expression of a template comes to, as far as the chart's values decide it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from hashlib import sha256

from analyzers.model.charts.values import Values, is_empty
from analyzers.parsers.light import light_value
from analyzers.parsers.yaml_node import Scalar
from analyzers.parsers.yaml_scalar import as_bool, as_int, as_number_text

_LONGEST_NAME = 200
_LARGE = 1_000_000


@light_value
class Known:
    """Text as the template would print it. `kind` is what it was before."""

    text: str
    kind: str = "string"
    source: Scalar | None = None
    """The scalar in a file of values that says it, located there."""
    is_quoted: bool = False
    """The text is to be read as a quoted YAML scalar."""


@light_value
class Unknown:
    """`name` is the same for the same unknown, empty where nothing can be said of it."""

    name: str = ""
    is_missing: bool = False
    """No file of values names it: without more it is nil."""


@light_value
class Block:
    """A mapping or list of the values."""

    values: Values


@light_value
class Record:
    """`dict`, or what a template is called with."""

    entries: Mapping[str, Outcome] = field(default_factory=dict)
    name: str = ""
    """What it is called where it is the chart's own; else it is its entries."""


Outcome = Known | Unknown | Block | Record
NIL = Unknown(is_missing=True)


def outcome_of(values: Values) -> Outcome:
    """What a path of the values comes to."""
    if not values.is_there:
        return Unknown(values.name, is_missing=not values.variants)
    if values.is_disputed:
        return Unknown(values.name)
    node = values.node
    if not isinstance(node, Scalar):
        return Block(values)
    if not node:
        # Releases of Helm differ in whether a null takes back what a subchart says itself.
        return Unknown(values.name, is_missing=not any(layer.node.target for layer in values.layers[1:]))
    text, kind = _printed(node)
    return Unknown(values.name) if text is None else Known(text, kind, _located(node, values.path))


def _located(node: Scalar, path: str) -> Scalar:
    return Scalar(node.span, node.tag, node.content, node.style, node.lines, origin=path)


def _printed(node: Scalar) -> tuple[str | None, str]:
    """The text that printing a value gives, and its kind; numbers and truth values lose their spelling."""
    if node.style or node.tag:
        return node.content, "string"
    if (number := as_int(node)) is not None:
        return print_number(number), "int"
    if (truth := as_bool(node)) is not None:
        return ("true" if truth else "false"), "bool"
    text = as_number_text(node)
    if text != node.content or _is_float(node.content):
        is_plain = text and "e" not in text.lower() and abs(float(text)) < _LARGE
        return (text if is_plain else None), "float"
    return text, "string"


def print_number(number: int) -> str:
    """A number of the values as a template prints it: all are floating points, so 1000000 is `1e+06`.

    https://helm.sh/docs/chart_best_practices/values/#make-types-clear
    """
    digits = str(abs(number))
    if abs(number) < _LARGE or len(digits) > 15:
        return str(number)
    rest = digits[1:].rstrip("0")
    mantissa = f"{digits[0]}.{rest}" if rest else digits[0]
    return f"{'-' if number < 0 else ''}{mantissa}e+{len(digits) - 1:02}"


def _is_float(text: str) -> bool:
    try:
        float(text.replace("_", "x"))
    except ValueError:
        return False
    return True


def truth(outcome: Outcome) -> bool | None:
    """Whether a template takes it for true; None where that is not known."""
    if isinstance(outcome, Known):
        return outcome.text not in _FALSE.get(outcome.kind, ("",))
    if isinstance(outcome, Block):
        return not is_empty(outcome.values)
    if isinstance(outcome, Record):
        return bool(outcome.entries)
    return False if outcome.is_missing else None


_FALSE = {"int": ("0",), "float": ("0", "-0"), "bool": ("false",)}


def name_of(outcome: Outcome) -> str:
    """The same text for the same outcome; empty where two of them cannot be compared."""
    if isinstance(outcome, Known):
        return f"{outcome.kind}:{outcome.text}"
    if isinstance(outcome, Block):
        return outcome.values.name
    if isinstance(outcome, Unknown):
        return outcome.name or ("nil" if outcome.is_missing else "")
    if outcome.name:
        return outcome.name
    names = {key: name_of(value) for key, value in sorted(outcome.entries.items())}
    return shorten(f"dict {names}") if all(names.values()) else ""


def call_name(function: str, arguments: tuple[Outcome, ...]) -> str:
    """The name of what a function makes of its arguments."""
    names = [name_of(each) for each in arguments]
    return shorten(f"{function}({', '.join(names)})") if all(names) else ""


def shorten(name: str) -> str:
    """The name, or where it grows long its digest."""
    return name if len(name) <= _LONGEST_NAME else sha256(name.encode("utf-8", "replace")).hexdigest()
