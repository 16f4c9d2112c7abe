"""Variables in the words of a Dockerfile."""

from __future__ import annotations

import pytest

from analyzers.parsers.expansion import MAX_LENGTH, Unset, expand

VALUES = {"A": "1.22.3-alpine", "EMPTY": "", "P": "a/b/c.txt", "UNKNOWN": None}


def lookup(name: str) -> str | Unset | None:
    return VALUES.get(name, Unset.UNSET)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("$NONE", id="unset"),
        pytest.param("${NONE}-x", id="unset in braces"),
        pytest.param("$UNKNOWN", id="not known"),
        pytest.param("${UNKNOWN:-x}", id="not known, whatever the default"),
        pytest.param("${UNKNOWN:+x}", id="not known, so neither is the alternative"),
        pytest.param("${UNKNOWN%x}", id="not known, so neither is its stem"),
        pytest.param("${A:+$NONE}", id="an alternative that is unset"),
        pytest.param("${NONE:?must be set}", id="required"),
        pytest.param("${EMPTY:?must not be empty}", id="required not to be empty"),
        pytest.param("$1", id="a position"),
        pytest.param("$@", id="all positions"),
        pytest.param("${", id="an open brace"),
        pytest.param("${}", id="no name"),
        pytest.param("${A", id="an open brace behind a name"),
        pytest.param("${A!}", id="an operator nobody knows"),
        pytest.param("${A:x}", id="an offset"),
        pytest.param('"x', id="an open quote"),
        pytest.param("'x", id="an open single quote"),
        pytest.param("${A/x}", id="a replacement without a second slash"),
        pytest.param("${NONE:-" * 17 + "x" + "}" * 17, id="nested too deep"),
        pytest.param("$A" * MAX_LENGTH, id="too long"),
    ],
)
def test_is_unknown(text: str) -> None:
    assert expand(text, lookup) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", ""),
        ("x y", "x y"),
        ("$", "$"),
        ("a$", "a$"),
        ("$(x)", "$(x)"),
        ("x\\", "x"),
        ("\\$A", "$A"),
        ("a\\ b", "a b"),
        ("'$A'", "$A"),
        ('"$A"', "1.22.3-alpine"),
        ('"\\$A \\" \\b"', '$A " \\b'),
        ("$A-x", "1.22.3-alpine-x"),
        ("${A}x", "1.22.3-alpinex"),
        ("${NONE:-d}", "d"),
        ("${NONE-d}", "d"),
        ("${EMPTY:-d}", "d"),
        ("${EMPTY-d}", ""),
        ("${A:-$NONE}", "1.22.3-alpine"),
        ("${NONE:-'a b'}", "a b"),
        ("${NONE:-${A%%-*}}", "1.22.3"),
        ("${A:+y}", "y"),
        ("${EMPTY:+y}", ""),
        ("${EMPTY+y}", "y"),
        ("${NONE+y}", ""),
        ("${A:?m}", "1.22.3-alpine"),
        ("${A%-*}", "1.22.3"),
        ("${A%.*}", "1.22"),
        ("${A%%.*}", "1"),
        ("${A%x}", "1.22.3-alpine"),
        ("${P#*/}", "b/c.txt"),
        ("${P##*/}", "c.txt"),
        ("${P/b/x}", "a/x/c.txt"),
        ("${P//\\//-}", "a-b-c.txt"),
        ("${A//./_}", "1_22_3-alpine"),
        ("${A/*/x}", "x"),
        ("${A//./}", "1223-alpine"),
        ("${A#?.}", "22.3-alpine"),
    ],
)
def test_is_worth(text: str, value: str) -> None:
    assert expand(text, lookup) == value


def test_another_escape_character_leaves_backslashes_alone() -> None:
    assert expand("`$A \\x", lookup, escape="`") == "$A \\x"
