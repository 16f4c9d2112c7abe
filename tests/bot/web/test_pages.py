"""Pages a person reads: the catalogue, and reviews of repositories on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from analyzers.catalogue import load_rules
from bot.app import create_web
from bot.forge_settings import LocalSettings
from bot.forges.base import ChangeRef, Request, Trigger
from bot.forges.local import LocalForge
from bot.review.desk import Desk
from bot.review.run import answer
from bot.settings import Settings
from bot.store.database import migrate, open_database
from bot.store.local import Conversations
from bot.store.reviews import Reviews
from bot.web.markdown import render
from bot.web.resources import resources
from tests.bot.forges.local_stage import LocalStage
from tests.bot.webhooks import SECRET

PINNED = f"alpine:3.22@sha256:{'0' * 64}"
BUILD = f"FROM golang:1.26@sha256:{'1' * 64} AS build\nRUN go build\n\n"
GOOD = f'{BUILD}FROM {PINNED}\nUSER 1\nENTRYPOINT ["/app"]\n'
BAD = GOOD.replace(PINNED, "alpine:latest")


class Scene:
    """A folder of repositories, its forge, and a browser on its pages."""

    def __init__(self, folder: Path, engine: sa.Engine, client: FlaskClient) -> None:
        self.stage = LocalStage(folder, Conversations(engine))
        self.client = client
        self.engine = engine

    def open(self, head: dict[str, str], base: str = GOOD) -> ChangeRef:
        ref = self.stage.open_change({"Dockerfile": base}, head)
        self.review(ref)
        return ref

    def review(self, ref: ChangeRef) -> None:
        forge: LocalForge = self.stage.forge
        answer(Request(ref, Trigger.PUSH), Desk(forge, Reviews(self.engine), "http://localhost:8080"))

    def page(self, address: str = "/local/shop/1") -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200
        return answer.get_data(as_text=True)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    folder = tmp_path / "repositories"
    database_url = f"sqlite:///{tmp_path}/bot.db"
    engine = open_database(database_url)
    migrate(engine)
    local = LocalSettings(folder, (SECRET,))
    application = create_web(Settings(database_url=database_url, local=local))
    yield Scene(folder, engine, application.test_client())
    with application.app_context():
        resources().engine.dispose()
    engine.dispose()


@pytest.mark.parametrize(
    "address",
    [
        "/rules/no-such-rule",
        "/rules/..%2f..%2fREADME",
        "/local/shop/2",
        "/local/other/1",
        "/local/shop/99999999999999999999",
        "/local/../1",
        "/local/shop/1/blob/HEAD/Dockerfile",
        "/local/shop/1/blob/{head}/no-such-file",
        "/local/shop/1/blob/{head}/../../../etc/passwd",
    ],
)
def test_what_is_not_there(scene: Scene, address: str) -> None:
    ref = scene.open({"Dockerfile": BAD})
    head = scene.stage.forge.change(ref).head

    assert scene.client.get(address.format(head=head)).status_code == 404


def test_without_a_local_forge_there_are_no_reviews(client: FlaskClient) -> None:
    assert client.get("/local").status_code == 404
    assert "Reviews" not in client.get("/rules").get_data(as_text=True)


def test_a_commit_nobody_reviewed_is_not_shown(scene: Scene) -> None:
    ref = scene.open({"Dockerfile": BAD})
    base = scene.stage.forge.change(ref).base

    assert scene.client.get(f"/local/shop/1/blob/{base}/Dockerfile").status_code == 404


def test_every_page_forbids_scripts_and_foreign_content(scene: Scene) -> None:
    scene.open({"Dockerfile": BAD})

    for address in ("/rules", "/local", "/local/shop/1"):
        answer = scene.client.get(address)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "<script" not in answer.get_data(as_text=True)
        assert " style=" not in answer.get_data(as_text=True)


def test_every_rule_is_listed_and_has_a_page(client: FlaskClient) -> None:
    listed = client.get("/rules").get_data(as_text=True)

    for rule in load_rules():
        assert f'href="/rules/{rule}"' in listed
        assert client.get(f"/rules/{rule}").status_code == 200


def test_examples_are_shown_without_the_marks_of_our_tests(client: FlaskClient) -> None:
    page = client.get("/rules/base-image-latest").get_data(as_text=True)

    assert "FROM alpine:latest" in page
    assert "# finding" not in page


def test_a_comment_stands_below_its_line(scene: Scene) -> None:
    scene.open({"Dockerfile": BAD})
    page = scene.page()

    line, comment = (
        page.index("FROM alpine:latest</td>"),
        page.index("is a different one after every release"),
    )
    following = page.index("USER 1</td>")
    table = page[page.index("<tbody>") :]
    assert "1 new problem: 1 warning" in page
    assert line < following
    assert page.rindex("is a different one after every release") > line
    assert comment < line
    assert (
        table.index("FROM alpine:latest</td>")
        < table.index('<details class="thread" open>')
        < table.index("USER 1")
    )


def test_a_resolved_comment_is_shown_as_resolved(scene: Scene) -> None:
    ref = scene.open({"Dockerfile": BAD})
    scene.stage.push(ref, {"Dockerfile": GOOD + "EXPOSE 80\n"})
    scene.review(ref)
    page = scene.page()

    assert '<details class="thread resolved">' in page
    assert "No problems in 1 file" in page


def test_a_comment_on_a_file_the_change_touches_no_more_is_still_shown(scene: Scene) -> None:
    ref = scene.open({"Dockerfile": BAD, "b.txt": "1\n"})
    scene.stage.push(ref, {"Dockerfile": GOOD, "b.txt": "1\n"})
    scene.review(ref)

    assert '<details class="thread resolved">' in scene.page()


def test_the_list_names_every_change(scene: Scene) -> None:
    scene.open({"Dockerfile": BAD})

    assert 'href="/local/shop/1"' in scene.page("/local")


def test_a_permalink_leads_to_the_line(scene: Scene) -> None:
    ref = scene.open({"Dockerfile": BAD})
    head = scene.stage.forge.change(ref).head

    assert '<tr id="L4"' in scene.page(f"/local/shop/1/blob/{head}/Dockerfile")


def test_text_of_a_change_stays_text(scene: Scene) -> None:
    hostile = GOOD.replace(PINNED, "al<script>alert(1)</script>:latest")
    scene.open({"Dockerfile": hostile, "<img src=x onerror=alert(1)>": "<b>\n"})
    page = scene.page()

    assert "<script" not in page
    assert "<img" not in page
    assert "<b>" not in page


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        pytest.param("<script>alert(1)</script>", "&lt;script&gt;", id="a script"),
        pytest.param('a <b onclick="x">c</b>', "&lt;b onclick", id="a tag with a handler"),
        pytest.param("<sub onclick=x>a</sub>", "&lt;sub onclick=x&gt;", id="a known tag with a handler"),
        pytest.param("[a](javascript:alert(1))", "[a](javascript:alert(1))", id="a script as an address"),
        pytest.param("![a](https://evil.example/x.png)", "<p>a</p>", id="a picture"),
        pytest.param("a\n<!-- hidden -->", "<p>a</p>", id="a hidden line"),
        pytest.param("<sub>a</sub>", "<sub>a</sub>", id="our small print"),
        pytest.param("| a |\n| - |\n| b |", "<td>b</td>", id="a table"),
    ],
)
def test_markdown(markdown: str, html: str) -> None:
    rendered = render(markdown)

    assert html in rendered
    assert "hidden" not in rendered
