"""What a scalar means to the programs that read it: numbers, truth values, text."""

from __future__ import annotations

import re

from analyzers.parsers.yaml_node import Node, Scalar

_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9_]{0,30})")
_OCTAL = re.compile(r"[-+]?0o?[0-7_]{1,30}")
_HEXADECIMAL = re.compile(r"[-+]?0x[0-9a-fA-F_]{1,30}")
_FRACTION = re.compile(r"[-+]?[0-9]+\.[0-9]*")
_TRUE = frozenset({"true", "True", "TRUE", "y", "Y", "yes", "Yes", "YES", "on", "On", "ON"})
_FALSE = frozenset({"false", "False", "FALSE", "n", "N", "no", "No", "NO", "off", "Off", "OFF"})


def as_str(node: Node) -> str | None:
    """The text of a scalar that is not null."""
    node = node.target
    return node.content if isinstance(node, Scalar) and node else None


def as_int(node: Node) -> int | None:
    """A plain whole number, `012` and `0o12` being octal as in YAML 1.1 and Go."""
    text = _plain(node)
    if _DECIMAL.fullmatch(text):
        return int(text.replace("_", ""))
    if _OCTAL.fullmatch(text):
        return int(text.replace("_", "").replace("o", "") or "0", 8)
    return int(text.replace("_", ""), 16) if _HEXADECIMAL.fullmatch(text) else None


def as_bool(node: Node) -> bool | None:
    """A plain truth value of YAML 1.1, which is what Kubernetes reads: `yes` and `on` are true."""
    text = _plain(node)
    return True if text in _TRUE else False if text in _FALSE else None


def as_words(node: Node) -> tuple[str, ...] | None:
    """The texts of a sequence; None for anything else."""
    items = tuple(node)
    return (
        tuple(item.text for item in items) if items or (node and hasattr(node.target, "elements")) else None
    )


def as_number_text(node: Node) -> str | None:
    """The text of a scalar after a trip through a JSON number: a plain `1.20` arrives as `1.2`.

    GitHub Actions and other readers that type their values hand it on like that.
    """
    text = as_str(node)
    if text is None or text[-1:] not in ("0", ".") or not _FRACTION.fullmatch(_plain(node)):
        return text
    return text.rstrip("0").rstrip(".")


def _plain(node: Node) -> str:
    node = node.target
    return node.content if isinstance(node, Scalar) and not node.style else ""
