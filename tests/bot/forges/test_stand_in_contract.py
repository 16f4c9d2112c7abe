"""The stand-in notices what GitHub's description does not allow; else no test against it proves much."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.forges.stand_in.contract import violations

SHOP = "/repos/acme/shop"
OUTPUT = {"title": "All well", "summary": "Nothing to see."}
RUN = {"name": "shipworthy", "head_sha": "a" * 40, "status": "completed", "conclusion": "success"}
NOTE = {"path": "a", "start_line": 1, "end_line": 1, "annotation_level": "warning", "message": "Look"}
COMMENT = {"path": "a", "body": "Look", "line": 3, "side": "RIGHT"}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        pytest.param("GET", f"{SHOP}/pulls/1", None, id="a read"),
        pytest.param("POST", "/graphql", {"query": "{ viewer { login } }"}, id="a query"),
        pytest.param("POST", f"{SHOP}/check-runs", {**RUN, "output": OUTPUT}, id="a check run"),
        pytest.param("PATCH", f"{SHOP}/check-runs/7", {"output": OUTPUT}, id="a check run renewed"),
        pytest.param(
            "POST", f"{SHOP}/pulls/1/reviews", {"event": "COMMENT", "comments": [COMMENT]}, id="a review"
        ),
        pytest.param("POST", "/app/hook/deliveries/7/attempts", None, id="a delivery asked for again"),
    ],
)
def test_nothing_is_said_of(method: str, path: str, body: Any) -> None:
    assert violations(method, path, body) == []


@pytest.mark.parametrize(
    ("method", "path", "body", "word"),
    [
        pytest.param("POST", f"{SHOP}/check-runs", RUN | {"conclusion": "fine"}, "conclusion", id="a word"),
        pytest.param("POST", f"{SHOP}/check-runs", RUN | {"conclusionn": "x"}, "conclusionn", id="misspelt"),
        pytest.param(
            "POST",
            f"{SHOP}/check-runs",
            RUN | {"output": {**OUTPUT, "annotations": [NOTE] * 51}},
            "annotations",
            id="51 annotations",
        ),
        pytest.param(
            "POST",
            f"{SHOP}/check-runs",
            RUN | {"output": {**OUTPUT, "summary": "x" * 65_536}},
            "summary",
            id="a summary too long",
        ),
        pytest.param(
            "POST",
            f"{SHOP}/pulls/1/reviews",
            {"event": "COMMENT", "comments": [{**COMMENT, "subject_type": "line"}]},
            "subject_type",
            id="a key of another endpoint",
        ),
        pytest.param("POST", f"{SHOP}/pulls/1/comments", {"body": "Look"}, "commit_id", id="a key missing"),
        pytest.param("DELETE", f"{SHOP}/pulls/comments/1", None, "no such write", id="a deletion"),
    ],
)
def test_something_is_said_of(method: str, path: str, body: Any, word: str) -> None:
    assert any(word in line for line in violations(method, path, body))
