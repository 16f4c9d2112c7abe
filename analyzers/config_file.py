"""Reads `.shipworthy.yaml`. All complaints are made at once, each with its line and what was meant.

A setting that is wrong stays at its default.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from analyzers.catalogue import load_rules
from analyzers.config import CONFIG_PATH, Config
from analyzers.files import RepoFiles
from analyzers.finding import Note, Severity
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_scalar import as_bool, as_words
from analyzers.parsers.yaml_tree import Mapping, Node, parse_yaml

_LEVELS = tuple(map(str, Severity))


def read_config(files: RepoFiles) -> tuple[Config, tuple[Note, ...]]:
    """The settings of a tree, and what is wrong with them."""
    content = files.read([CONFIG_PATH]).get(CONFIG_PATH) if CONFIG_PATH in files.tree else None
    return parse_config(content) if content else (Config(), ())


def parse_config(content: bytes) -> tuple[Config, tuple[Note, ...]]:
    """The settings in a file's content, and what is wrong with them."""
    reader = _Reader()
    try:
        documents = parse_yaml(content.decode("utf-8"))
    except UnicodeDecodeError:
        return Config(), (Note(CONFIG_PATH, "is not UTF-8 text", 1),)
    except Unreadable as problem:
        return Config(), (Note(CONFIG_PATH, problem.reason, problem.line or 1),)
    config = reader.read(documents[0]) if documents else Config()
    return config, tuple(sorted(reader.complaints, key=lambda note: note.line or 0))


@dataclass
class _Reader:
    complaints: list[Note] = field(default_factory=list)

    def read(self, root: Node) -> Config:
        if not isinstance(root, Mapping):
            self._complain(root, "is a mapping of settings")
            return Config()
        self._expect_keys(root, ("version", "exclude", "fail_on", "rules"))
        if root["version"] and root["version"].text != "1":
            self._complain(
                root["version"], f'"{root["version"].text}" is not a version of this file; it is 1'
            )
        level = self._choice(root["fail_on"], (*_LEVELS, "never"))
        rules = dict(self._rules(root["rules"]))
        return Config(
            exclude=self._patterns(root["exclude"]),
            fail_on=Severity(level) if level in _LEVELS else None,
            never_fails=level == "never",
            disabled={name: reason for name, node in rules.items() if (reason := self._reason(node))},
            severities={
                name: Severity(level)
                for name, node in rules.items()
                if (level := self._choice(node["severity"], _LEVELS))
            },
        )

    def _rules(self, node: Node) -> Iterator[tuple[str, Node]]:
        for name, entry in node.items():
            if self._expect(entry.key, name, load_rules(), "rule"):
                self._expect_keys(entry.value.target, ("enabled", "severity", "reason"))
                yield name, entry.value.target

    def _reason(self, node: Node) -> str:
        """Why a rule is switched off; empty where it is not."""
        if not node["enabled"] or as_bool(node["enabled"]) is not False:
            if node["enabled"] and as_bool(node["enabled"]) is None:
                self._complain(node["enabled"], f'"{node["enabled"].text}" is neither true nor false')
            return ""
        if not node["reason"].text.strip():
            self._complain(node["enabled"], "a rule that is switched off needs a reason")
        return node["reason"].text.strip()

    def _patterns(self, node: Node) -> tuple[str, ...]:
        if not node:
            return ()
        words = as_words(node)
        if words is None:
            self._complain(node, "exclude is a list of patterns")
        return words or ()

    def _choice(self, node: Node, allowed: Collection[str]) -> str:
        if not node or not self._expect(node, node.text, allowed, "value"):
            return ""
        return node.text

    def _expect_keys(self, node: Node, allowed: Collection[str]) -> None:
        for name, entry in node.items():
            self._expect(entry.key, name, allowed, "key")

    def _expect(self, node: Node, name: str, allowed: Collection[str], what: str) -> bool:
        if name in allowed:
            return True
        near = get_close_matches(name, allowed, 1)
        hint = f'did you mean "{near[0]}"?' if near else "expected one of " + ", ".join(sorted(allowed)[:12])
        self._complain(node, f'unknown {what} "{name}"; {hint}')
        return False

    def _complain(self, node: Node, reason: str) -> None:
        self.complaints.append(Note(CONFIG_PATH, reason, node.span.line))
