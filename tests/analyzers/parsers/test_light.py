"""Light values are dataclasses in all that a program sees of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, fields, replace

import pytest

from analyzers.parsers.light import light_leaf, light_node, light_record, light_value


@light_value
class Value:
    name: str
    size: int = 1
    parts: list[str] = field(default_factory=list)
    origin: str = field(default="", kw_only=True)


@light_record
class Record(Value):
    further: bool = False
    total: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", self.size + len(self.parts))


@light_leaf
class Leaf:
    name: str
    below: tuple[Leaf, ...] = ()
    later: str = field(default="not yet", init=False)


@light_node
class Node(Leaf):
    pass


@pytest.mark.parametrize(
    ("made", "shown"),
    [
        pytest.param(Value("a"), "Value(name='a', size=1, parts=[], origin='')", id="defaults"),
        pytest.param(
            Value("a", 2, ["b"], origin="c"),
            "Value(name='a', size=2, parts=['b'], origin='c')",
            id="by place",
        ),
        pytest.param(
            Value(parts=["b"], name="a"), "Value(name='a', size=1, parts=['b'], origin='')", id="by name"
        ),
        pytest.param(
            Record("a", 2, [], True, origin="c"),
            "Record(name='a', size=2, parts=[], origin='c', further=True, total=2)",
            id="what is inherited, and what is worked out",
        ),
        pytest.param(
            Leaf("a", (Leaf("b"),)),
            "Leaf(name='a', below=(Leaf(name='b', below=(), later='not yet'),), later='not yet')",
            id="a tree, and what is told later",
        ),
        pytest.param(
            Node("a"), "Node(name='a', below=(), later='not yet')", id="a kind without fields of its own"
        ),
    ],
)
def test_it_holds_what_it_is_given(made: object, shown: str) -> None:
    assert repr(made) == shown


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: Value(), id="too little"),
        pytest.param(lambda: Value("a", 1, [], "b"), id="too much"),
        pytest.param(lambda: Value("a", colour=1), id="unknown"),
        pytest.param(lambda: Record("a", total=1), id="what is worked out"),
    ],
)
def test_it_refuses_what_it_cannot_take(make: Callable[[], object]) -> None:
    with pytest.raises(TypeError):
        make()


def test_each_has_a_list_of_its_own() -> None:
    assert Value("a").parts is not Value("b").parts


def test_equal_are_values_with_equal_fields_and_no_others() -> None:
    assert Value("a") == Value("a") != Value("b")
    assert Record("a") != Value("a")
    assert Leaf("a") != Leaf("a")
    assert hash(replace(Record("a", parts=()), size=1)) == hash(Record("a", parts=()))  # type: ignore[arg-type]


def test_one_is_made_of_another() -> None:
    assert replace(Value("a", 2), name="b") == Value("b", 2)
    assert [one.name for one in fields(Record)] == ["name", "size", "parts", "origin", "further", "total"]
