"""The page of one review."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from analyzers.finding import Note, Report, Status
from bot.forges.base import Conclusion, Summary
from bot.store.database import open_database
from bot.store.reviews import Record, Reviews
from tests.bot.review.pieces import HEAD, at, change, finding

SUMMARY = Summary(Conclusion.FAILURE, "1 new problem", "**All** of it.\n\n<script>alert(1)</script>")
FOUND = (
    finding(message="the image `a` <b>builds</b>"),
    finding(at("main.go", 4), fingerprint="22222222", status=Status.KNOWN),
    finding(at("x.go", 9), fingerprint="33333333", status=Status.IGNORED, reason="a drill"),
)


@pytest.fixture
def reviews(database_url: str) -> Iterator[Reviews]:
    engine: sa.Engine = open_database(database_url)
    yield Reviews(engine)
    engine.dispose()


@pytest.fixture
def address(reviews: Reviews) -> str:
    """Of a review with something of everything."""
    report = Report(FOUND, notes=(Note("deploy.yaml", "is not YAML", 3),), seconds=1.84)
    record = Record(
        change(title="Faster <i>"),
        report,
        SUMMARY,
        fates={"0badc0de": "commented"},
        settings=[("fail_on", "error", False)],
    )
    name = reviews.name(record.change)
    reviews.remember(name, record)
    return f"/reviews/{name}"


@pytest.mark.parametrize(
    "name", ["1", "0" * 32, "../rules", "%00", "a" * 5_000], ids=["short", "unknown", "up", "zero", "endless"]
)
def test_a_guess_finds_nothing(client: FlaskClient, address: str, name: str) -> None:
    assert client.get(f"/reviews/{name}").status_code in (404, 308)
    assert client.get("/reviews").status_code == 404
    assert client.get("/reviews/").status_code == 404


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("<h1>Faster &lt;i&gt;</h1>", id="the change's title"),
        pytest.param('<span class="verdict failure">failure</span> 1 new problem', id="the conclusion"),
        pytest.param("<strong>All</strong> of it.", id="the summary"),
        pytest.param("acme/orders #7", id="whose it is"),
        pytest.param(f"<code>{HEAD[:7]}</code> against <code>main</code>", id="what was compared"),
        pytest.param("1.8 s", id="how long it took"),
        pytest.param("the image a &lt;b&gt;builds&lt;/b&gt;", id="what is new"),
        pytest.param("<td>commented</td>", id="what became of it"),
        pytest.param("<td>a drill</td>", id="why it is ignored"),
        pytest.param(f"blob/{HEAD}/main.go#L4", id="where what was known is"),
        pytest.param("<code>deploy.yaml:3</code>: is not YAML", id="what could not be read"),
        pytest.param("<td><code>fail_on</code></td><td>error</td><td>default</td>", id="the settings"),
    ],
)
def test_the_page_shows(client: FlaskClient, address: str, words: str) -> None:
    assert words in client.get(address).get_data(as_text=True)


def test_the_page_is_for_those_who_have_its_address(client: FlaskClient, address: str) -> None:
    answer = client.get(address)

    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex, nofollow">' in answer.get_data(as_text=True)
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_text_of_a_change_stays_text(client: FlaskClient, address: str) -> None:
    page = client.get(address).get_data(as_text=True)

    assert "<script" not in page
    assert "<i>" not in page
    assert " style=" not in page
