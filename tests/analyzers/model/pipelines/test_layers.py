from __future__ import annotations

from analyzers.model.pipelines.layers import Layers, Placed
from tests.analyzers.documents import document


def layers(*texts: str) -> Layers:
    return Layers(tuple(Placed(f"{n}.yml", document(text)) for n, text in enumerate(texts)))


def test_nothing() -> None:
    empty = Layers(())
    assert not empty
    assert not empty["a"]
    assert (empty.path, empty.names(), empty.entry("a")) == ("", (), None)


def test_mappings_are_merged_and_the_top_wins() -> None:
    found = layers("job: {a: top, b: top}\n", "job: {b: below, c: below}\n")["job"]
    assert {name: value.node.text for name, value in found.items()} == {"a": "top", "b": "top", "c": "below"}
    assert (found["b"].path, found["c"].path) == ("0.yml", "1.yml")


def test_anything_else_is_replaced() -> None:
    found = layers("a: [top]\nb: {x: top}\nc: text\n", "a: [below]\nb: [below]\nc: {x: below}\n")
    assert [item.text for item in found["a"].node] == ["top"]
    assert found["b"].names() == ("x",)
    assert (found["c"].node.text, found["c"]["x"].node.text) == ("text", "")


def test_null_hides_what_is_below() -> None:
    assert not layers("a:\n", "a: below\n")["a"]


def test_over() -> None:
    text, below = layers("text\n"), layers("a: below\n")
    assert text.over(below) is text
    assert layers("b: top\n").over(below).names() == ("b", "a")
