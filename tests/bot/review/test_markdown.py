"""Text of a change inside ours."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from bot.review.markdown import MAX_PROSE, cell, code, fence, plain, plain_sentence, prose, sentence, unwrap

RENDER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render
GAP = "\u200b"


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>",
        "**bold** _thin_ ~~gone~~",
        "[click](https://evil.example)",
        "![see](https://evil.example/x.png)",
        "# heading",
        "- item",
        "1. item",
        "> quoted",
        "a | b",
        "&lt;b&gt;",
        "<!-- shipworthy:v1 fp=0badc0de rule=a sha=abcdef1 -->",
        "`` ` never closed",
        "back\\slash",
    ],
)
def test_prose_is_shown_as_it_is(text: str) -> None:
    html = RENDER("Said: " + prose(text))

    shown = html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace(GAP, "")
    assert shown == f"<p>Said: {text}</p>\n"


@pytest.mark.parametrize(
    "text", ["# heading", "- item", "+ item", "1. item", "1) item", "=== line", "> quoted"]
)
def test_prose_at_the_start_is_a_paragraph(text: str) -> None:
    assert RENDER(prose(text)).startswith("<p>")


@pytest.mark.parametrize(
    "text",
    [
        "@acme/owners",
        "ask @ann",
        "#12",
        "acme/shop#12",
        "!7",
        "GH-12",
        "https://evil.example",
        "www.evil.example",
    ],
)
def test_nobody_is_called_and_nothing_is_linked(text: str) -> None:
    assert text not in prose(text)
    assert prose(text).replace(GAP, "").replace("\\", "") == text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param(
            "builds `golang:1.21` here", "builds <code>golang:1.21</code> here", id="a code span of ours"
        ),
        pytest.param("`a` and `b`", "<code>a</code> and <code>b</code>", id="two of them"),
        pytest.param(
            "`a` @ann `b`", f"<code>a</code> @{GAP}ann <code>b</code>", id="a value that breaks out"
        ),
        pytest.param("`<b>@ann`", "<code>&lt;b&gt;@ann</code>", id="HTML and a mention inside code"),
    ],
)
def test_code_keeps_its_meaning(text: str, html: str) -> None:
    assert RENDER(prose(text)) == f"<p>{html}</p>\n"


@pytest.mark.parametrize("text", ["a", "a`b", "`", "``a", "a\nb", "a|b", " a "])
def test_a_code_span_holds_anything(text: str) -> None:
    assert RENDER(code(text)) == f"<p><code>{' '.join(text.split())}</code></p>\n"


def test_an_empty_code_span_is_nothing() -> None:
    assert code(" ") == ""


@pytest.mark.parametrize("text", ["a", "```\nb\n```", "````", "~~~"])
def test_a_fence_holds_anything(text: str) -> None:
    (block,) = MarkdownIt().parse(fence(text, "suggestion"))

    assert (block.type, block.info, block.content) == ("fence", "suggestion", text + "\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [pytest.param("a\0b", "a\ufffdb", id="a zero"), pytest.param("é\udcff", "é?", id="no UTF-8")],
)
def test_a_fence_can_be_stored(text: str, shown: str) -> None:
    assert fence(text, "diff") == f"```diff\n{shown}\n```"


def test_an_empty_fence_has_no_line() -> None:
    assert fence("", "suggestion") == "```suggestion\n```"


def test_a_cell_stays_one_cell() -> None:
    html = RENDER(f"| a | b |\n| - | - |\n| {cell(code('x|y'))} | {cell(prose('x|y'))} |\n")

    assert html.count("<td>") == 2
    assert "<code>x|y</code>" in html


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ""),
        ("it stops", "It stops."),
        ("`go` stops", "`go` stops."),
        ("Why?", "Why?"),
        ("it stops.", "It stops."),
    ],
)
def test_a_sentence_begins_and_ends_as_one(text: str, said: str) -> None:
    assert sentence(text) == said


def test_long_text_is_cut_and_says_so() -> None:
    assert len(prose("a" * 10_000)) == MAX_PROSE
    assert prose("a" * 10_000).endswith("…")


def test_bytes_that_are_no_text_do_no_harm() -> None:
    odd = b"a\xffb\x1b[31m".decode("utf-8", "surrogateescape")

    said = [prose(odd), code(odd), fence(odd, ""), plain(odd)]

    assert all(text.encode() for text in said)
    assert "\x1b" not in said[0] + said[1] + said[3]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("one line", "one line", id="nothing to do"),
        pytest.param("```\na\nb\n```", "```\na\nb\n```", id="code"),
        pytest.param("| a |\n| - |\n| b |", "| a |\n| - |\n| b |", id="a table"),
        pytest.param("- a\n- b\n\n1. c\n2. d", "- a\n- b\n\n1. c\n2. d", id="lists"),
        pytest.param("a\n\n```sh\nb\n```\n\nc\nd", "a\n\n```sh\nb\n```\n\nc d", id="text around code"),
        pytest.param("a word\nand more\n\nb\nc", "a word and more\n\nb c", id="paragraphs"),
        pytest.param("- a\n  goes on\n- b", "- a goes on\n- b", id="an item of two lines"),
        pytest.param("see\n- a\n- b", "see\n- a\n- b", id="a list right below"),
        pytest.param("more than\n-race says", "more than -race says", id="a line that begins with an option"),
    ],
)
def test_the_lines_of_a_paragraph_become_one(text: str, shown: str) -> None:
    assert unwrap(text) == shown


def test_a_plain_sentence() -> None:
    assert plain_sentence("take `PORT`") == "Take PORT."
