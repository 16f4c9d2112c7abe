from __future__ import annotations

import pytest

from analyzers.model.images.broken_array import BrokenArray, as_array, examine


@pytest.mark.parametrize(
    "text",
    [
        "[ -f /orders.yaml ] && exec /orders",
        '[ "$DEBUG" = yes ] && set -x; /orders',
        '[ "$DEBUG" ] && exec /orders',
        "[ ! -e /ready ] || exec /orders",
        "[",
        "[]",
    ],
)
def test_the_shells_own_bracket(text: str) -> None:
    assert examine(text) is None


@pytest.mark.parametrize(
    ("text", "reason", "words"),
    [
        ("['/orders', '--port']", "its quotes are single ones", ("/orders", "--port")),
        ("[“/orders”]", "its quotes are curly ones", ("/orders",)),
        ('["/orders",]', "a comma stands before the closing bracket", ("/orders",)),
        ('["/orders", , "-v"]', "a comma has nothing before it", ("/orders", "-v")),
        ('["/orders" "-v"]', "a comma is missing", ("/orders", "-v")),
        ('["/orders"', "the closing bracket is missing", ("/orders",)),
        ('["/orders, "-v"]', "a quote is not closed", None),
        ('["/orders"] # start it', "something follows the closing bracket", ("/orders",)),
        ('["/orders"] --verbose', "something follows the closing bracket", None),
        ("[/orders, -v1]", "`/orders` has no quotes", ("/orders", "-v1")),
        ('["/orders", $PORT]', "`$PORT` has no quotes", None),
        (r'["C:\orders.exe"]', "it holds a `\\` that JSON does not know", None),
    ],
)
def test_what_is_wrong(text: str, reason: str, words: tuple[str, ...] | None) -> None:
    assert examine(text) == BrokenArray(reason, words)


def test_words_as_an_array() -> None:
    assert as_array(("/orders", 'say "hi"', "ü")) == '["/orders", "say \\"hi\\"", "ü"]'
