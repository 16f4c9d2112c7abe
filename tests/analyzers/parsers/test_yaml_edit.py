from __future__ import annotations

from analyzers.parsers.position import Span
from analyzers.parsers.yaml_edit import change, change_each, relocate, text_node, with_value, without
from analyzers.parsers.yaml_node import Mapping
from tests.analyzers.documents import document

TEXT = "base: &b {x: 1}\nown:\n  <<: *b\n  y: 2\nlist: [a, b]\n"


def test_a_change_leaves_the_old_tree_as_it_was() -> None:
    root = document(TEXT)
    changed = change(root, ("own", "y"), lambda node: text_node("3", node))
    assert (changed["own"]["y"].text, root["own"]["y"].text) == ("3", "2")
    assert changed["list"] is root["list"]
    assert changed["own"]["y"].span == root["own"]["y"].span


def test_what_is_not_there_is_not_changed() -> None:
    root = document(TEXT)
    assert change(root, ("own", "z", "deeper"), lambda node: text_node("3", node)) is root
    assert change_each(root["list"], lambda node: node) is root["list"]


def test_merged_keys_are_written_out() -> None:
    own = document(TEXT)["own"]
    assert [name for name, _ in without(own, "y").items()] == ["x"]
    changed = with_value(own, "x", text_node("9", own))
    assert sorted((name, entry.value.text) for name, entry in changed.items()) == [("x", "9"), ("y", "2")]


def test_relocated_trees_stand_in_their_new_file() -> None:
    def lower(span: Span) -> Span:
        return Span(span.line + 10, span.column, span.end_line + 10, span.end_column)

    root, count = relocate(document(TEXT), "values.yaml", lower)
    assert isinstance(root, Mapping)
    assert count > 10
    assert (root["own"]["x"].origin, root["own"]["x"].span.line) == ("values.yaml", 11)
    assert root["own"]["missing"].origin == "values.yaml"
    assert root["own"].entry("x") is root["base"].entry("x")


def test_a_value_of_another_file_brings_its_key_along() -> None:
    root = document("a: 1\n")
    value, _ = relocate(document("2\n"), "patch.yaml")
    entry = with_value(root, "a", value).entry("a")
    assert entry
    assert (entry.key.origin, entry.name) == ("patch.yaml", "a")
