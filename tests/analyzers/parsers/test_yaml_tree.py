from __future__ import annotations

from textwrap import dedent

import pytest

from analyzers.parsers.position import Span
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_builder import MAX_DEPTH
from analyzers.parsers.yaml_node import Alias, Mapping, Scalar, Sequence
from analyzers.parsers.yaml_tree import parse_yaml
from tests.analyzers.documents import document, documents
from tests.hanging import must_end


def chain_of_anchors(length: int) -> str:
    links = [f"k{n}: &a{n} {{<<: *a{n - 1}}}" for n in range(1, length)]
    return "\n".join(["k0: &a0 {deep: yes}", *links])


def laughs(levels: int) -> str:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines)


def merge_bomb(levels: int) -> str:
    lines = ["a0: &a0 {k: v}"]
    lines += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}], k{n}: v}}" for n in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        pytest.param("[" * 100_000, "nested deeper", 1, id="100,000 opening brackets"),
        pytest.param("- " * 100_000, "nested deeper", 1, id="100,000 dashes"),
        pytest.param("{a: " * 100_000, "nested deeper", 1, id="100,000 opening braces"),
        pytest.param("? " * 100_000, "nested deeper", 1, id="100,000 complex keys"),
        pytest.param(
            "\n".join(" " * n + "a:" for n in range(200)), "nested deeper", 101, id="200 levels of blocks"
        ),
        pytest.param(chain_of_anchors(150), "nested deeper", 100, id="150 levels through aliases"),
        pytest.param(laughs(12), "more than 500,000 values", None, id="billion laughs"),
        pytest.param(merge_bomb(12), "more than 500,000 values", None, id="merge bomb"),
        pytest.param("[" + "a," * 510_000 + "]", "more than 500,000 values", 1, id="510,000 values"),
        pytest.param("--- a\n" * 2_001, "more than 2,000 documents", 2_001, id="2,001 documents"),
        pytest.param("a" * (1 << 20) + "b", "longer than 1,048,576 characters", None, id="over 1 MiB"),
        pytest.param("a: b\nc: \x00", "control characters", 2, id="NUL"),
        pytest.param("a: b\n".encode("utf-16").decode("latin-1"), "control characters", 1, id="UTF-16"),
        pytest.param("a: b\nc: \ud800", "not valid Unicode", 2, id="lone surrogate"),
        pytest.param("%YAML 1.3\n---\na: b", "incompatible", 1, id="YAML 1.3"),
        pytest.param("a: [b", "expected", 2, id="bracket never closed"),
        pytest.param("a: 'b", "end of stream", 2, id="quote never closed"),
        pytest.param("a: b\n\tc: d", "not valid YAML", 2, id="tab for indentation"),
        pytest.param("a: *b", "anchor of *b is missing", 1, id="alias without anchor"),
        pytest.param("--- &a x\n--- *a", "anchor of *a is missing", 2, id="alias of another document"),
    ],
)
def test_refuses(text: str, reason: str, line: int | None) -> None:
    with must_end(), pytest.raises(Unreadable) as raised:
        parse_yaml(text)
    assert reason in raised.value.reason
    assert line is None or raised.value.line == line


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("", 0, id="nothing"),
        pytest.param("# only a comment\n", 0, id="a comment"),
        pytest.param("---\n---\n", 2, id="two empty documents"),
        pytest.param("--- a\n--- b\n...\n", 2, id="two documents"),
        pytest.param(laughs(4), 1, id="few laughs"),
        pytest.param(merge_bomb(4), 1, id="small merge bomb"),
        pytest.param(chain_of_anchors(MAX_DEPTH - 5), 1, id="95 levels through aliases"),
        pytest.param("{" + ",".join(f"k{n}: v" for n in range(60_000)) + "}", 1, id="60,000 keys in braces"),
    ],
)
def test_takes(text: str, count: int) -> None:
    assert len(parse_yaml(text)) == count


SAMPLE = dedent(
    """\
    \ufeffname: web
    é日😀: "quoted é"
    list:
      - one
      - key: value
        other: |
          line

          last

    # after a block scalar
    flow: {a: [1, 2], b: 'x'}
    empty:
    folded: >-
      some
      words
    end: here
    """
)


@pytest.mark.parametrize(
    ("keys", "span"),
    [
        pytest.param(("name",), Span(1, 7, 1, 10), id="behind a byte order mark"),
        pytest.param(("é日😀",), Span(2, 6, 2, 16), id="columns count characters"),
        pytest.param(("list",), Span(4, 3, 9, 11), id="block list without the blank lines after it"),
        pytest.param(("flow",), Span(12, 7, 12, 26), id="flow mapping"),
        pytest.param(("empty",), Span(13, 7, 13, 7), id="nothing, after the colon"),
        pytest.param(("folded",), Span(14, 9, 16, 8), id="folded scalar"),
        pytest.param(("end",), Span(17, 6, 17, 10), id="last value"),
        pytest.param(("missing", "deeper"), Span(1, 1, 17, 10), id="absent stands where its parent stands"),
    ],
)
def test_span_of_value(keys: tuple[str, ...], span: Span) -> None:
    (root,) = parse_yaml(SAMPLE)
    assert root.at(*keys).span == span


def test_block_scalar_ends_with_its_last_line() -> None:
    (root,) = parse_yaml(SAMPLE)
    _, item = root["list"]
    entry = item.entry("other")
    assert entry
    assert entry.key.span == Span(6, 5, 6, 10)
    assert entry.value.span == Span(6, 12, 9, 11)
    assert entry.span == Span(6, 5, 9, 11)
    assert item["other"].text == "line\n\nlast\n"


@pytest.mark.parametrize("newline", [pytest.param("\n", id="LF"), pytest.param("\r\n", id="CRLF")])
def test_every_plain_value_is_what_its_span_covers(newline: str) -> None:
    text = "a: one\nb:\n  - two\n  - 'three'\n  - {c: four}\n".replace("\n", newline)
    lines = text.split("\n")
    pending = list(parse_yaml(text))
    seen = []
    while pending:
        node = pending.pop()
        if isinstance(node, Mapping):
            pending += [part for entry in node.entries for part in (entry.key, entry.value)]
        elif isinstance(node, Sequence):
            pending += node.elements
        else:
            seen.append(node.text)
            covered = lines[node.span.line - 1][node.span.column - 1 : node.span.end_column - 1]
            assert covered.strip("'") == node.text
    assert sorted(seen) == ["a", "b", "c", "four", "one", "three", "two"]


def test_lines_are_counted_as_editors_count_them() -> None:
    root = document("a: 'next\x85line\u2028separator'\nb: here\n")
    assert root["b"].span.line == 2


def test_keeps_tags() -> None:
    root = document("script: !reference [.setup, script]\nsecret: !vault |\n  abc\n")
    assert (root["script"].tag, root["secret"].tag, root.tag) == ("!reference", "!vault", "")


def test_keeps_duplicates_and_reads_the_last() -> None:
    root = document("a: 1\nb: 2\na: 3\n")
    assert isinstance(root, Mapping)
    assert [entry.name for entry in root.entries] == ["a", "b", "a"]
    assert root["a"].text == "3"


def test_on_is_text() -> None:
    assert document("on: push\n")["on"].text == "push"


def test_alias_has_its_own_place_and_its_anchors_value() -> None:
    root = document("a: &x [1]\nb: *x\n")
    entry = root.entry("b")
    assert entry
    assert isinstance(entry.value, Alias)
    assert entry.value.span == Span(2, 4, 2, 6)
    assert root["b"] is root["a"]


def test_alias_inside_its_own_anchor_is_absent() -> None:
    (inner,) = document("a: &x [*x]\n")["a"]
    assert not inner


def test_redefined_anchor_counts_from_there_on() -> None:
    root = document("a: &x 1\nb: *x\nc: &x 2\nd: *x\n")
    assert (root["b"].text, root["d"].text) == ("1", "2")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("<<: *base\na: own\n", {"a": "own", "b": "base"}, id="own key wins when written after"),
        pytest.param("a: own\n<<: *base\n", {"a": "own", "b": "base"}, id="own key wins when written before"),
        pytest.param("<<: [*other, *base]\n", {"a": "base", "b": "other"}, id="earlier of a list wins"),
        pytest.param("<<: {b: inline}\n", {"b": "inline"}, id="inline mapping"),
        pytest.param("'<<': *base\n", {"<<": ""}, id="quoted it is an ordinary key"),
        pytest.param("<<: text\n", {}, id="no mapping, nothing merged"),
    ],
)
def test_merge_keys(text: str, expected: dict[str, str]) -> None:
    indented = text.replace("\n", "\n  ").rstrip()
    root = document(f"x: &base {{a: base, b: base}}\ny: &other {{b: other}}\nz:\n  {indented}\n")
    assert {name: entry.value.text for name, entry in root["z"].items()} == expected


def test_merges_nest_to_a_depth_of_ten() -> None:
    root = document(chain_of_anchors(12))
    assert root["k10"]["deep"].text == "yes"
    assert not root["k11"]["deep"]


@pytest.mark.parametrize("text", ["~", "null", "Null", "", "!!x"])
def test_null_is_false(text: str) -> None:
    value = document(f"a: {text}\n")["a"]
    assert isinstance(value, Scalar)
    assert not value


@pytest.mark.parametrize("text", ["0", "''", "no", "[]", "{}"])
def test_what_is_said_is_true(text: str) -> None:
    assert document(f"a: {text}\n")["a"]


def test_lookups_in_the_wrong_kind_find_nothing() -> None:
    scalar, sequence = documents("--- text\n--- [a]\n")
    assert not scalar["a"]["b"]
    assert not sequence["a"]
    assert list(scalar) == []
    assert sequence.text == ""
    assert sequence.items() == ()


def test_a_longer_text_where_the_caller_asks_for_it() -> None:
    text = "a: |\n" + f"  {'x' * 1_000}\n" * 1_100
    (root,) = parse_yaml(text, max_length=5 << 20)
    assert root["a"].span.end_line == 1_101
    with pytest.raises(Unreadable, match="longer than 1,048,576"):
        parse_yaml(text)
