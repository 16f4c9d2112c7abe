"""YAML text to trees of nodes with exact places, from libyaml's events.

PyYAML's `load` and `compose` recurse in C as deep as the input goes and can be made to crash the process
(100 kB of `[` are enough), so they are never used on what a repository holds.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_builder import TreeBuilder
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_template import Template, TemplateGaps

MAX_LENGTH = 1 << 20
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# YAML 1.1 breaks lines at these too; editors and forges do not, and their lines are the ones we show.
_ONE_LINE = re.compile("[\x85\u2028\u2029\ufeff]")
_LONE_RETURN = re.compile(r"\r(?!\n)")


def parse_yaml(text: str, template: Template | None = None, max_length: int = MAX_LENGTH) -> tuple[Node, ...]:
    """The root node of each document.

    Aliases are counted as what they stand for, so a tree is never deeper nor larger than TreeBuilder
    allows, however it is walked. Raises Unreadable.
    """
    if len(text) > max_length:
        raise Unreadable(f"longer than {max_length:,} characters")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Unreadable("not valid Unicode", text.count("\n", 0, error.start) + 1) from None
    text = text.removeprefix("\ufeff")
    text = _LONE_RETURN.sub(" ", text if text.isascii() else _ONE_LINE.sub(" ", text))
    gaps = TemplateGaps(template) if template else None
    try:
        next_event = _LOADER(text if text.endswith("\n") else text + "\n").get_event
        return TreeBuilder(next_event, text.split("\n"), gaps).build()
    except yaml.YAMLError as error:
        raise Unreadable(*_explain(error, text)) from None


def _explain(error: yaml.YAMLError, text: str) -> tuple[str, int | None]:
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        return f"not valid YAML: {error.problem or error.context}", mark.line + 1 if mark else None
    if isinstance(error, yaml.reader.ReaderError):
        before = text.encode()[: error.position]
        return "not valid YAML: control characters are not allowed", before.count(b"\n") + 1
    return "not valid YAML", None
