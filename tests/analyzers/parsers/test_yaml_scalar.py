from __future__ import annotations

import pytest

from analyzers.parsers.yaml_scalar import as_bool, as_int, as_number_text, as_str, as_words
from tests.analyzers.documents import document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'8080'", None),
        ("8080m", None),
        ("1.5", None),
        ("1e3", None),
        ("~", None),
        ("[1]", None),
        ("08", None),
        ("8080", 8080),
        ("-1", -1),
        ("+1", 1),
        ("1_000", 1000),
        ("010", 8),
        ("0o10", 8),
        ("0x1F", 31),
        ("0", 0),
    ],
)
def test_whole_numbers(text: str, expected: int | None) -> None:
    assert as_int(document(f"a: {text}")["a"]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'yes'", None),
        ("maybe", None),
        ("1", None),
        ("yes", True),
        ("On", True),
        ("true", True),
        ("n", False),
        ("off", False),
    ],
)
def test_truth_values(text: str, expected: bool | None) -> None:
    assert as_bool(document(f"a: {text}")["a"]) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("~", None), ("[a]", None), ("''", ""), ("012", "012"), ("yes", "yes"), ("'~'", "~")],
)
def test_texts(text: str, expected: str | None) -> None:
    assert as_str(document(f"a: {text}")["a"]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("text", None),
        ("{a: b}", None),
        ("~", None),
        ("[]", ()),
        ("[a, 1, 'b c']", ("a", "1", "b c")),
    ],
)
def test_words(text: str, expected: tuple[str, ...] | None) -> None:
    assert as_words(document(f"a: {text}")["a"]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'1.20'", "1.20"),
        ("1.20.1", "1.20.1"),
        ("1.21", "1.21"),
        ("1.20", "1.2"),
        ("1.0", "1"),
        ("120", "120"),
    ],
)
def test_a_plain_fraction_loses_its_zeros(text: str, expected: str) -> None:
    assert as_number_text(document(f"a: {text}")["a"]) == expected
