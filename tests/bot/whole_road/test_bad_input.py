"""What nobody should send, and what no tool can read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest

from tests.bot.webhooks import headers
from tests.bot.whole_road import payloads
from tests.bot.whole_road.scene import LATEST_LINE, Scene

pytestmark = pytest.mark.process

Head = Callable[[bytes], Mapping[str, str]]
WHOLE = {"go.mod": "module shop\n\ngo 1.26\n"}
BROKEN = {
    "broken/Dockerfile": "FROM alpine:3.22\nRUN <<EOF\necho\n",
    "broken/deployment.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: [shop\n",
    "cmd/shop/main.go": "package main\n\nfunc main() {\n\tif {{{\n",
    "broken/go.mod": "module shop\n\nrequire (\n",
}


def unsigned(body: bytes) -> Mapping[str, str]:
    return {name: value for name, value in headers(body, "x").items() if name != "X-Hub-Signature-256"}


def wrongly_signed(body: bytes) -> Mapping[str, str]:
    return headers(body + b" ", "x")


def signed(body: bytes) -> Mapping[str, str]:
    return headers(body, "x")


def unknown(body: bytes) -> Mapping[str, str]:
    return headers(body, "x", event="sponsorship")


@pytest.mark.parametrize(
    ("head", "extra", "status"),
    [
        pytest.param(unsigned, b"", 401, id="unsigned"),
        pytest.param(wrongly_signed, b"", 401, id="wrongly signed"),
        pytest.param(signed, b"]", 400, id="no JSON"),
        pytest.param(unknown, b"", 202, id="an event of no interest"),
    ],
)
def test_nothing_is_stored(scene: Scene, head: Head, extra: bytes, status: int) -> None:
    scene.propose({"Dockerfile": scene.clean()}, {"Dockerfile": scene.wrong()})
    body = json.dumps(scene.addressed(payloads.pull_request(scene.pull, "opened"))).encode() + extra
    before = scene.road.stored

    assert scene.road.post(body, head(body)).status_code == status
    assert scene.road.stored == before


def test_what_cannot_be_read_is_named_and_hides_nothing_else(scene: Scene) -> None:
    scene.propose({**WHOLE, "Dockerfile": scene.clean()}, {**WHOLE, **BROKEN, "Dockerfile": scene.wrong()})

    assert scene.review() == "done"
    assert scene.places == [("Dockerfile", LATEST_LINE)]
    assert scene.run["conclusion"] == "neutral"
    unread = scene.run["summary"].partition("### Not analysed")[2]
    assert [path for path in BROKEN if f"`{path}" not in unread] == []


def test_a_change_of_nothing_but_broken_files_is_no_success(scene: Scene) -> None:
    scene.propose(WHOLE, {**WHOLE, **BROKEN})

    assert scene.review() == "done"
    assert scene.run["conclusion"] == "neutral"
