"""How known vulnerabilities are named to people."""

from __future__ import annotations

import pytest

from analyzers.model.advisory import Advisory
from analyzers.model.modules.exposure import count, listed, mended, names, summary, use
from analyzers.model.modules.usage import Exposure

OLD = Advisory("GO-1", (), "Old", "1.2.0", ("net/http",))
NEW = Advisory("GO-2", (), "one " * 20, "", ("crypto/tls",))


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


@pytest.mark.parametrize(
    ("package", "symbol", "words"),
    [
        ("net/http", "", "imports `net/http`"),
        ("example.com/a", "", "imports it"),
        ("example.com/echo/v4", "New", "uses `echo.New`"),
        ("example.com/go-redis/v9", "New", "uses `redis.New`"),
        ("gopkg.in/yaml.v3", "Unmarshal", "uses `yaml.Unmarshal`"),
        ("net/http", "Server.Serve", "uses `Server.Serve`"),
    ],
)
def test_what_is_done_with_a_package(package: str, symbol: str, words: str) -> None:
    assert use(Exposure(OLD, "used", package, symbol), "example.com/a") == words


def test_a_few_of_many() -> None:
    assert listed(["a", "b"]) == "`a` and `b`"
    assert listed(["a", "b", "c"]) == "`a`, `b` and `c`"
    assert listed(["a" * 50, "b" * 20, "c"]) == f"`{'a' * 50}` and 2 more"
