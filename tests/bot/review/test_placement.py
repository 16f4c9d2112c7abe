"""Where a finding is said."""

from __future__ import annotations

import pytest

from analyzers.finding import Finding, Location, Related
from bot.forges.base import FileDiff
from bot.review.placement import InSummary, OnFile, OnLine, Placed, place
from tests.bot.review.pieces import DOCKERFILE, at, finding

DELETIONS = """\
@@ -30,5 +30,3 @@
 a
-readinessProbe:
-  port: 80
 b
 c
@@ -60,3 +58,3 @@
 d
-port: 80
+port: 81
 e
@@ -90,2 +88 @@
 f
-g"""
FILES = (
    FileDiff("Dockerfile", "modified", DOCKERFILE),
    FileDiff(
        "go.mod", "modified", "@@ -3,2 +3,2 @@\n-go 1.21\n+go 1.23\n require x\n@@ -20 +20,2 @@\n a\n+b"
    ),
    FileDiff("deploy/orders.yaml", "modified", DELETIONS),
    FileDiff("logo.png", "modified", None),
    FileDiff("gone.yaml", "removed", "@@ -1 +0,0 @@\n-a"),
)


def spot_of(placed: Placed) -> tuple[str, int, int] | str:
    spot = placed.spot
    if isinstance(spot, OnLine):
        return spot.path, spot.start, spot.line
    return spot.path if isinstance(spot, OnFile) else "summary"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(finding(at("main.go", 1)), "summary", id="a file the change leaves alone"),
        pytest.param(finding(at("gone.yaml", 1)), "summary", id="a removed file"),
        pytest.param(finding(at("Dockerfile", 40)), "Dockerfile", id="a line far from the change"),
        pytest.param(finding(at("logo.png", 1)), "logo.png", id="a file without a patch"),
        pytest.param(finding(at("Dockerfile", 1)), ("Dockerfile", 1, 1), id="an added line"),
        pytest.param(finding(at("Dockerfile", 3)), ("Dockerfile", 3, 3), id="a line around the change"),
        pytest.param(finding(at("Dockerfile", 1, 3)), ("Dockerfile", 1, 3), id="lines inside one hunk"),
        pytest.param(
            finding(at("go.mod", 4, 21)), ("go.mod", 21, 21), id="lines across hunks end on the last"
        ),
        pytest.param(finding(at("go.mod", 3, 9)), ("go.mod", 4, 4), id="lines that leave the hunk end in it"),
        pytest.param(
            finding(at("main.go", 9), related=(Related(at("go.mod", 3), "needed here"),)),
            ("go.mod", 3, 3),
            id="the partner's added line for an untouched place",
        ),
        pytest.param(
            finding(at("Dockerfile", 2), related=(Related(at("go.mod", 3), "needed here"),)),
            ("go.mod", 3, 3),
            id="the partner's added line before an unchanged one of its own",
        ),
        pytest.param(
            finding(at("Dockerfile", 1), related=(Related(at("go.mod", 3), "needed here"),)),
            ("Dockerfile", 1, 1),
            id="its own added line before the partner's",
        ),
        pytest.param(
            finding(at("Dockerfile", 2), related=(Related(at("go.mod", 4), "needed here"),)),
            ("Dockerfile", 2, 2),
            id="its own unchanged line before the partner's",
        ),
        pytest.param(
            finding(at("deploy/orders.yaml", 10)), ("deploy/orders.yaml", 31, 31), id="where lines went"
        ),
        pytest.param(
            finding(at("deploy/orders.yaml", 200)), ("deploy/orders.yaml", 88, 88), id="at the end of a file"
        ),
        pytest.param(
            finding(at("main.go", 9), related=(Related(at("deploy/orders.yaml", 10), "asked here"),)),
            ("deploy/orders.yaml", 31, 31),
            id="where the partner's lines went, for an untouched place",
        ),
        pytest.param(
            finding(at("main.go", 9), related=(Related(at("deploy/orders.yaml", 57), "asked here"),)),
            ("deploy/orders.yaml", 59, 59),
            id="where the partner's neighbour became another, for an untouched place",
        ),
        pytest.param(
            finding(at("deploy/orders.yaml", 40), related=(Related(at("go.mod", 10), "needed here"),)),
            ("go.mod", 3, 3),
            id="the nearest change of all its files",
        ),
        pytest.param(
            finding(at("deploy/orders.yaml", 10), related=(Related(at("go.mod", 60), "needed here"),)),
            ("deploy/orders.yaml", 31, 31),
            id="no change far from the partner",
        ),
        pytest.param(
            finding(at("Dockerfile", 2), related=(Related(at("deploy/orders.yaml", 10), "asked here"),)),
            ("Dockerfile", 2, 2),
            id="its own shown line before the gap in a partner's file",
        ),
    ],
)
def test_the_spot_of_a_finding(said: Finding, expected: tuple[str, int, int] | str) -> None:
    (placed,) = place([said], FILES)

    assert spot_of(placed) == expected


CRLF = "@@ -1,3 +1,3 @@\r\n-a: 1\r\n+a: 2\r\n b: 1\r\n c: 1\r"
NO_NEWLINE = "@@ -1,2 +1,3 @@\n a\n-b\n\\ No newline at end of file\n+b\n+c\n\\ No newline at end of file"
APART = "@@ -2,3 +2,3 @@\n a\n-b\n+B\n c\n@@ -20,3 +20,3 @@ func main() {\n x\n-y\n+Y\n z"
RENAMED = "@@ -5,2 +5,3 @@\n a\n+b\n c"
ODD = (
    FileDiff("crlf.yaml", "modified", CRLF),
    FileDiff("end.sh", "modified", NO_NEWLINE),
    FileDiff("apart.go", "modified", APART),
    FileDiff("new/app.yaml", "renamed", RENAMED, "old/app.yaml"),
    FileDiff("moved.yaml", "renamed", "", "from.yaml"),
    FileDiff("large.yaml", "modified", None),
    FileDiff("gone.yaml", "removed", "@@ -1 +0,0 @@\n-a"),
)


@pytest.mark.parametrize(
    ("place_of_it", "expected"),
    [
        pytest.param(at("gone.yaml", 1), "summary", id="a file that is deleted"),
        pytest.param(at("old/app.yaml", 6), "summary", id="the old name of a file"),
        pytest.param(at("large.yaml", 1), "large.yaml", id="a patch too large to be shown"),
        pytest.param(at("moved.yaml", 1), "moved.yaml", id="renamed and nothing else"),
        pytest.param(at("new/app.yaml", 6), ("new/app.yaml", 6, 6), id="renamed and edited: an added line"),
        pytest.param(at("new/app.yaml", 5), ("new/app.yaml", 5, 5), id="renamed and edited: a line around"),
        pytest.param(at("new/app.yaml", 8), "new/app.yaml", id="renamed and edited: a line after the hunk"),
        pytest.param(at("crlf.yaml", 1), ("crlf.yaml", 1, 1), id="carriage returns: an added line"),
        pytest.param(at("crlf.yaml", 1, 3), ("crlf.yaml", 1, 3), id="carriage returns: a range"),
        pytest.param(at("crlf.yaml", 4), "crlf.yaml", id="carriage returns: a line after the end"),
        pytest.param(at("end.sh", 3), ("end.sh", 3, 3), id="the last line, without a newline"),
        pytest.param(at("end.sh", 2, 3), ("end.sh", 2, 3), id="a range over the note on the newline"),
        pytest.param(at("end.sh", 4), "end.sh", id="no line is there after the last"),
        pytest.param(at("apart.go", 3, 21), ("apart.go", 21, 21), id="a range across hunks: its last line"),
        pytest.param(at("apart.go", 4, 15), ("apart.go", 4, 4), id="a range that ends between hunks"),
        pytest.param(at("apart.go", 10, 20), ("apart.go", 20, 20), id="a range that begins between hunks"),
        pytest.param(at("apart.go", 20, 22), ("apart.go", 20, 22), id="a whole hunk"),
        pytest.param(at("apart.go", 3, 3), ("apart.go", 3, 3), id="start and end the same"),
        pytest.param(at("apart.go", 2), ("apart.go", 2, 2), id="a line before the change"),
        pytest.param(at("apart.go", 4), ("apart.go", 4, 4), id="a line after the change"),
    ],
)
def test_the_spot_in_an_odd_file(place_of_it: Location, expected: tuple[str, int, int] | str) -> None:
    (placed,) = place([finding(place_of_it)], ODD)

    assert spot_of(placed) == expected


def test_only_a_gap_says_that_lines_went() -> None:
    placed = place([finding(at("deploy/orders.yaml", line)) for line in (10, 31, 59)], FILES)

    assert [entry.is_cause for entry in placed] == [True, False, False]


def test_nothing_is_dropped_and_the_order_stays() -> None:
    said = [finding(at(path, line)) for path in ("Dockerfile", "main.go", "logo.png") for line in (1, 40)]
    placed = place(said, FILES)

    assert [entry.finding for entry in placed] == said
    kinds = [type(entry.spot) for entry in placed]
    assert kinds == [OnLine, OnFile, InSummary, InSummary, OnFile, OnFile]
