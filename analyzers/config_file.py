"""Reads `.shipworthy.yaml`. All complaints are made at once, each with its line and what was meant.

A setting that is wrong stays at its default.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from analyzers.catalogue import find_rules
from analyzers.config import CONFIG_PATH, Comments, Config, Filter, Skip
from analyzers.config_form import Form
from analyzers.finding import Note, Severity
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_node import Mapping, Node
from analyzers.parsers.yaml_tree import parse_yaml

MOST_COMMENTS = 100

_LEVELS = tuple(map(str, Severity))
_KEYS = ("version", "exclude", "fail_on", "rules", "comments", "skip")


def parse_config(content: bytes) -> tuple[Config, tuple[Note, ...]]:
    """The settings in a file's content, and what is wrong with them."""
    form = Form()
    try:
        documents = parse_yaml(content.decode("utf-8"))
    except UnicodeDecodeError:
        return Config(), (Note(CONFIG_PATH, "is not UTF-8 text", 1),)
    except Unreadable as problem:
        return Config(), (Note(CONFIG_PATH, problem.reason, problem.line or 1),)
    config = _read(form, documents[0]) if documents else Config()
    return config, tuple(sorted(form.complaints, key=lambda note: note.line or 0))


def _read(form: Form, root: Node) -> Config:
    if not isinstance(root, Mapping):
        form.complain(root, "is a mapping of settings")
        return Config()
    form.keys(root, _KEYS)
    if root["version"] and root["version"].text != "1":
        form.complain(root["version"], f'"{root["version"].text}" is not a version of this file; it is 1')
    level = form.choice(root["fail_on"], (*_LEVELS, "never"))
    rules = dict(_rules(form, root["rules"]))
    return Config(
        exclude=form.patterns(root["exclude"], "exclude") or (),
        fail_on=Severity(level) if level in _LEVELS else None,
        never_fails=level == "never",
        disabled={name: reason for name, node in rules.items() if (reason := _reason(form, node))},
        severities={
            name: Severity(level)
            for name, node in rules.items()
            if (level := form.choice(node["severity"], _LEVELS))
        },
        comments=_comments(form, _section(form, root["comments"], "comments")),
        skip=_skip(form, _section(form, root["skip"], "skip")),
    )


def _rules(form: Form, node: Node) -> Iterator[tuple[str, Node]]:
    for name, entry in node.items():
        if form.expect(entry.key, name, find_rules(), "rule"):
            form.keys(entry.value.target, ("enabled", "severity", "reason"))
            yield name, entry.value.target


def _reason(form: Form, node: Node) -> str:
    """Why a rule is switched off; empty where it is not."""
    if form.truth(node["enabled"]) is not False:
        return ""
    if not node["reason"].text.strip():
        form.complain(node["enabled"], "a rule that is switched off needs a reason")
    return node["reason"].text.strip()


def _section(form: Form, node: Node, name: str) -> Node:
    if node and not isinstance(node.target, Mapping):
        form.complain(node, f"{name} is a mapping of settings")
    return node.target


def _comments(form: Form, node: Node) -> Comments:
    form.keys(node, [one.name for one in fields(Comments)])
    usual = Comments()
    placed = form.choice(node["filter"], tuple(map(str, Filter)))
    level = form.choice(node["min_severity"], _LEVELS)
    inline = form.count(node["max_inline"], MOST_COMMENTS)
    of_rule = form.count(node["max_per_rule"], MOST_COMMENTS)
    return Comments(
        filter=Filter(placed) if placed else usual.filter,
        min_severity=Severity(level) if level else usual.min_severity,
        max_inline=usual.max_inline if inline is None else inline,
        max_per_rule=usual.max_per_rule if of_rule is None else of_rule,
        on_drafts=bool(form.truth(node["on_drafts"])),
    )


def _skip(form: Form, node: Node) -> Skip:
    names = [one.name for one in fields(Skip)]
    form.keys(node, names)
    written = {name: form.patterns(node[name], name) for name in names}
    return Skip(**{name: words for name, words in written.items() if words is not None})
