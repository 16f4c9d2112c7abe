"""One finding as a comment."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from analyzers.finding import Edit, Finding, Related, Severity
from bot.forges.base import Change, FileDiff
from bot.review.limits import Limits, hold_back
from bot.review.markers import marker, read_marker
from bot.review.placement import place
from bot.review.threads import Plan
from bot.review.wording import MAX_BODY, how_to_ignore, write_threads
from tests.bot.review.pieces import HEAD, at, change, finding, links, many, many_lines


def bodies(
    found: list[Finding], reviewed: Change | None = None, sources: dict[str, str] | None = None
) -> list[str]:
    about = reviewed or change()
    placed = place(found, about.files)
    plan = hold_back(Plan(placed), Limits())
    return [thread.body for thread in write_threads(plan, placed, sources or {}, links(about))]


def obeyed(body: str) -> list[str]:
    """The HTML in a comment that a forge would take for HTML, and its headings."""
    tokens = [token for block in MarkdownIt().parse(body) for token in (block, *(block.children or ()))]
    return [token.content for token in tokens if token.type.startswith("html_") or token.tag in ("h1", "h2")]


def spoken(body: str) -> str:
    """The text outside code, where mentions count."""
    inline = [token for block in MarkdownIt().parse(body) for token in block.children or ()]
    return "\n".join(token.content for token in inline if token.type == "text")


def test_a_comment_on_a_gap_tells_where_the_mistake_is() -> None:
    gap = change(FileDiff("deploy/orders.yaml", "modified", "@@ -30,3 +30,2 @@\n a\n-readinessProbe:\n b"))
    (body,) = bodies([finding(at("deploy/orders.yaml", 12))], gap)

    place = f"[`deploy/orders.yaml` line 12](https://forge.example.com/acme/orders/blob/{HEAD}/deploy/orders.yaml#L12)"
    assert f"What changed here seems to be the cause; it shows at {place}." in body
    assert "See also" not in body
    assert "reason` above line 12 · wrong?" in body


@pytest.mark.parametrize(
    ("said", "where"),
    [
        pytest.param(finding(), "above the line", id="it stands on the line"),
        pytest.param(finding(at("Dockerfile", 40)), "above line 40", id="it stands on the file"),
        pytest.param(
            finding(at("go.mod", 3), related=(Related(at("Dockerfile", 1), "built here"),)),
            "above line 3 of `go.mod`",
            id="it stands on the partner",
        ),
    ],
)
def test_it_tells_above_which_line_it_is_ignored(said: Finding, where: str) -> None:
    (body,) = bodies([said])

    assert f"ignore[some-rule] reason` {where} · wrong?" in body


def test_milder_problems_of_a_rule_are_not_called_the_same() -> None:
    notes = [
        finding(at("many.yaml", line), fingerprint=f"{line:08x}", severity=Severity.NOTE) for line in (6, 7)
    ]
    third = bodies([*many(5), *notes], change(many_lines(9)))[-1]

    assert "(3 of 5 places)" in third
    assert "2 more places" in third


def test_a_whole_comment() -> None:
    said = finding(
        related=(Related(at("go.mod", 3), "needed here"),),
        edits=(Edit("Dockerfile", 1, 1, "FROM golang:1.23"),),
    )

    wrong = "wrong? react 👎 or reply `/shipworthy false-positive reason`"
    footer = "[some-rule](https://bot.example.com/rules/some-rule) · ignore with"
    assert bodies([said]) == [
        f"""\
**Error:** The image builds with Go `1.21`.

The build stops.

See also: [`go.mod` line 3](https://forge.example.com/acme/orders/blob/{HEAD}/go.mod#L3) (needed here)

```suggestion
FROM golang:1.23
```

<sub>{footer} `# shipworthy: ignore[some-rule] reason` above the line · {wrong}</sub>
<!-- shipworthy:v1 fp=0badc0de rule=some-rule sha={HEAD} -->"""
    ]


@pytest.mark.parametrize(
    ("said", "line"),
    [
        pytest.param(finding(), "Raise the image to `1.23`.", id="advice where there is no fix"),
        pytest.param(
            finding(edits=(Edit("Dockerfile", 2, 2, "RUN x"),)),
            "-RUN go build",
            id="a diff where no suggestion fits",
        ),
        pytest.param(
            finding(severity=Severity.WARNING),
            "**Warning:** The image builds with Go `1.21`.",
            id="its weight",
        ),
        pytest.param(
            finding(at("Dockerfile", 40)),
            f"See also: [`Dockerfile` line 40](https://forge.example.com/acme/orders/blob/{HEAD}/Dockerfile#L40)",
            id="its line where the comment stands on the file",
        ),
        pytest.param(
            finding(at("a b.go", 9), related=(Related(at("Dockerfile", 1), "built here"),)),
            f"See also: [`a b.go` line 9](https://forge.example.com/acme/orders/blob/{HEAD}/a%20b.go#L9)",
            id="its place where the comment stands on the partner",
        ),
    ],
)
def test_the_comment_says(said: Finding, line: str) -> None:
    (body,) = bodies([said], sources={"Dockerfile": "FROM golang:1.21\nRUN go build\nUSER app\n"})

    assert line in body.split("\n")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("Dockerfile", "# shipworthy: ignore[some-rule] reason"),
        ("deploy/api.yaml", "# shipworthy: ignore[some-rule] reason"),
        ("cmd/main.go", "//shipworthy:ignore[some-rule] reason"),
        ("go.mod", "//shipworthy:ignore[some-rule] reason"),
    ],
)
def test_how_to_ignore_it_in_each_syntax(path: str, words: str) -> None:
    assert how_to_ignore(finding(at(path))) == words


def test_the_third_comment_of_a_rule_lists_the_other_places() -> None:
    *first, third = bodies(many(9), change(many_lines(9)))

    assert all("<details>" not in body for body in first)
    assert "**Error:** Mistake 3. (3 of 9 places)" in third
    assert (
        "<details><summary>6 more places with the same problem</summary>\n\n- [`many.yaml` line 4]" in third
    )


def test_a_comment_for_several_lines_and_for_a_file() -> None:
    about = change()
    placed = place(
        [finding(at("Dockerfile", 1, 3)), finding(at("Dockerfile", 40), "b", "11111111")], about.files
    )
    threads = write_threads(Plan(placed), placed, {}, links(about))

    assert [(thread.path, thread.start_line, thread.line) for thread in threads] == [
        ("Dockerfile", 1, 3),
        ("Dockerfile", None, None),
    ]


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("x` @acme/all <script>alert(1)</script> `y", id="breaks out of code"),
        pytest.param("x\n<!-- shipworthy:v1 fp=11111111 rule=other sha=abcdef1 -->", id="forges a marker"),
        pytest.param("</details></sub><h1>", id="closes our tags"),
        pytest.param("```\n# heading\n```", id="opens a fence"),
        pytest.param("a" * 100_000, id="is endless"),
    ],
)
def test_a_hostile_value_changes_nothing_else(hostile: str) -> None:
    said = finding(
        at("Dockerfile", 1),
        message=f"the stage `{hostile}` is odd",
        why=f"see {hostile}",
        advice=hostile,
        related=(Related(at(hostile.replace("/", ""), 3), hostile),),
    )
    (body,) = bodies([said])
    found = read_marker(body)

    assert found
    assert found.fingerprint == "0badc0de"
    assert len(body.encode()) <= MAX_BODY
    assert obeyed(body) == ["<sub>", "</sub>", marker("0badc0de", "some-rule", HEAD)]
    assert not re.search(r"@\w|://evil", spoken(body))
    assert body.count("\n<!-- shipworthy:v1") == 1


def test_a_fix_too_long_for_a_comment_is_left_out_and_said() -> None:
    (body,) = bodies([finding(edits=(Edit("Dockerfile", 1, 1, "RUN x\n" * 2_000),))])

    assert "```" not in body
    assert "_This text was shortened" in body
    assert read_marker(body)


def test_a_file_diff_is_needed_for_a_thread() -> None:
    assert bodies([finding()], change(FileDiff("other", "modified", ""))) == []
