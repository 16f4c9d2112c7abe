"""What is remembered of a review, on both databases."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import sqlalchemy as sa

from analyzers.finding import Edit, Note, Related, Report, Severity, Status
from bot.forges.base import ChangeRef, Conclusion, Summary
from bot.store.reviews import Record, Reviews
from bot.store.tables import reviews as table
from tests.bot.review.pieces import BASE, HEAD, at, change, finding

SUMMARY = Summary(Conclusion.FAILURE, "1 new problem", "words")
KEY = "github:acme/orders#7"


@pytest.fixture
def reviews(engine: sa.Engine) -> Reviews:
    return Reviews(engine)


def test_a_change_never_reviewed(reviews: Reviews) -> None:
    assert reviews.latest(KEY) is None


def test_what_was_seen_is_remembered_but_not_what_was_ignored(reviews: Reviews) -> None:
    found = (
        finding(related=(Related(at("go.mod", 3), "needed"),), edits=(Edit("a", 1, 1, "b"),)),
        finding(fingerprint="22222222", status=Status.KNOWN),
        finding(fingerprint="33333333", status=Status.IGNORED),
        finding(fingerprint="44444444", status=Status.KNOWN, reason="accepted by ann"),
    )
    reviews.remember("1", Record(change(), Report(found, notes=(Note("a", "b", 3),)), SUMMARY, "guid"))
    last = reviews.latest(KEY)

    assert last
    assert (last.id, last.head, last.base) == ("1", HEAD, BASE)
    assert (last.conclusion, last.title) == ("failure", "1 new problem")
    assert last.seen == {"0badc0de", "22222222"}


def test_the_rules_that_found_something_new_are_told_once_the_worst_first(reviews: Reviews) -> None:
    found = (
        finding(rule="mild", severity=Severity.NOTE),
        finding(rule="known", status=Status.KNOWN),
        finding(rule="bad", fingerprint="22222222"),
        finding(rule="mild", fingerprint="33333333", severity=Severity.NOTE),
    )
    reviews.remember("1", Record(change(), Report(found), SUMMARY))
    last = reviews.latest(KEY)

    assert last
    assert last.rules == ("bad", "mild")


def test_the_last_one_counts(reviews: Reviews) -> None:
    reviews.remember("1", Record(change(), Report((finding(),)), SUMMARY))
    reviews.remember("2", Record(change(head="c" * 40), Report(()), SUMMARY))
    last = reviews.latest(KEY)

    assert last
    assert (last.id, last.seen) == ("2", frozenset())


def test_a_path_that_is_no_text_does_no_harm(reviews: Reviews) -> None:
    odd = b"\xff.yaml".decode("utf-8", "surrogateescape")
    report = Report((finding(at(odd)),), notes=(Note(odd, "odd"),))
    reviews.remember("1", Record(change(), report, SUMMARY))

    assert reviews.latest(KEY)


def test_a_review_that_was_broken_off_keeps_its_name(reviews: Reviews) -> None:
    first = reviews.name(change(), "guid")
    reviews.remember(first, Record(change(), Report((finding(),)), SUMMARY, "guid"))
    again = reviews.name(change(), "guid")
    reviews.remember(again, Record(change(), Report(()), replace(SUMMARY, title="later"), "guid"))
    stored = reviews.find(first)

    assert again == first
    assert stored
    assert (stored.title, stored.findings) == ("later", ())


@pytest.mark.parametrize(
    ("head", "number", "delivery"),
    [
        pytest.param("c" * 40, 7, "guid", id="another head"),
        pytest.param(HEAD, 8, "guid", id="another change"),
        pytest.param(HEAD, 7, "other", id="another delivery"),
        pytest.param(HEAD, 7, "", id="no delivery"),
    ],
)
def test_any_other_review_has_a_name_of_its_own(
    reviews: Reviews, head: str, number: int, delivery: str
) -> None:
    first = reviews.name(change(), "guid")
    reviews.remember(first, Record(change(), Report(()), SUMMARY, "guid"))
    other = change(head=head, ref=ChangeRef("github", "acme/orders", number))
    name = reviews.name(other, delivery)

    assert name != first
    assert re.fullmatch("[0-9a-f]{32}", name)


def test_a_stored_review_tells_what_became_of_each_finding(reviews: Reviews) -> None:
    found = (
        finding(at("a b.go", 3), fingerprint="22222222", status=Status.KNOWN),
        finding(fingerprint="33333333", status=Status.IGNORED, reason="a drill"),
        finding(fingerprint="44444444", severity=Severity.NOTE),
        finding(),
    )
    record = Record(
        change(), Report(found), SUMMARY, fates={"0badc0de": "commented"}, settings=[("a", "b", True)]
    )
    reviews.remember("1", record)
    stored = reviews.find("1")

    assert stored
    assert [(one.severity, one.status, one.fate) for one in stored.findings] == [
        ("error", "introduced", "commented"),
        ("note", "introduced", ""),
        ("error", "known", ""),
        ("error", "ignored", "a drill"),
    ]
    assert stored.findings[2].address == f"https://forge.example.com/acme/orders/blob/{HEAD}/a%20b.go#L3"
    assert stored.settings == (("a", "b", True),)


def test_a_review_of_an_older_version_is_shown_as_far_as_it_goes(reviews: Reviews, engine: sa.Engine) -> None:
    reviews.remember("1", Record(change(), Report((finding(),)), SUMMARY))
    with engine.begin() as connection:
        kept = connection.scalar(sa.select(table.c.report))
        old = {name: kept[name] for name in ("findings", "fixed", "notes", "files")}
        connection.execute(table.update().values(report=old))
    stored = reviews.find("1")

    assert stored
    assert (stored.change_title, stored.settings) == ("", ())
    assert [(one.address, one.fate) for one in stored.findings] == [("", "")]


@pytest.mark.parametrize(
    ("forge", "repository", "head"),
    [
        pytest.param("gitlab", "acme/orders", HEAD, id="another forge"),
        pytest.param("github", "acme/order", HEAD, id="another repository"),
        pytest.param("github", "acme/orders", "c" * 40, id="another head"),
    ],
)
def test_nobody_s_head(reviews: Reviews, forge: str, repository: str, head: str) -> None:
    reviews.remember("1", Record(change(), Report(()), SUMMARY))

    assert reviews.changes_at(ChangeRef(forge, repository, 0, "9"), head) == ()


def test_whose_head_it_was_is_remembered(reviews: Reviews) -> None:
    ref = replace(change().ref, installation="")
    trial = replace(ref, base=BASE, head=HEAD, is_queued=True)
    for number, one in enumerate((ref, trial, ref)):
        reviews.remember(str(number), Record(replace(change(), ref=one), Report(()), SUMMARY))
    asked = replace(ref, number=0, installation="9")

    assert reviews.changes_at(asked, HEAD) == tuple(replace(one, installation="9") for one in (ref, trial))
