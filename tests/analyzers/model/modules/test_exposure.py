"""How known vulnerabilities are named to people."""

from __future__ import annotations

from analyzers.finding import Location
from analyzers.model.advisory import Advisory
from analyzers.model.modules.exposure import count, mended, names, nearest, summary
from analyzers.parsers.position import Span

AT = Location("main.go", Span(1, 1, 1, 2))
OLD = Advisory("GO-1", (), "Old", "1.2.0", ("net/http",))
NEW = Advisory("GO-2", (), "one " * 20, "", ("crypto/tls",))


def test_the_nearest_is_the_newest_that_is_imported() -> None:
    assert nearest([OLD, NEW], {}) == (NEW, "")
    assert nearest([OLD, NEW], {"net/http": AT}) == (OLD, "net/http")


def test_words() -> None:
    assert (count([OLD]), count([OLD, NEW])) == ("a known vulnerability", "2 known vulnerabilities")
    assert (mended([OLD]), mended([OLD, OLD]), mended([OLD, NEW])) == (
        "fixed",
        "all fixed",
        "1 of them fixed",
    )
    assert names(OLD, [OLD, NEW]) == "GO-1, GO-2"
    assert names(OLD, [OLD] + [NEW] * 4) == "GO-1, GO-2, GO-2 and 2 more"
    assert summary(OLD) == "Old"
    assert len(summary(NEW).split()) == 15
