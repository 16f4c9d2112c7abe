"""What is remembered of a review, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from analyzers.finding import Edit, Note, Related, Report, Severity, Status
from bot.forges.base import ChangeRef, Conclusion, Summary
from bot.store.reviews import Reviews
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
    review_id = reviews.remember(change(), Report(found, notes=(Note("a", "b", 3),)), SUMMARY, "guid")
    last = reviews.latest(KEY)

    assert last
    assert (last.id, last.head, last.base) == (review_id, HEAD, BASE)
    assert (last.conclusion, last.title) == ("failure", "1 new problem")
    assert last.seen == {"0badc0de", "22222222"}


def test_the_rules_that_found_something_new_are_told_once_the_worst_first(reviews: Reviews) -> None:
    found = (
        finding(rule="mild", severity=Severity.NOTE),
        finding(rule="known", status=Status.KNOWN),
        finding(rule="bad", fingerprint="22222222"),
        finding(rule="mild", fingerprint="33333333", severity=Severity.NOTE),
    )
    reviews.remember(change(), Report(found), SUMMARY)
    last = reviews.latest(KEY)

    assert last
    assert last.rules == ("bad", "mild")


def test_the_last_one_counts(reviews: Reviews) -> None:
    reviews.remember(change(), Report((finding(),)), SUMMARY)
    second = reviews.remember(change(head="c" * 40), Report(()), SUMMARY)
    last = reviews.latest(KEY)

    assert last
    assert (last.id, last.seen) == (second, frozenset())


def test_a_path_that_is_no_text_does_no_harm(reviews: Reviews) -> None:
    odd = b"\xff.yaml".decode("utf-8", "surrogateescape")
    reviews.remember(change(), Report((finding(at(odd)),), notes=(Note(odd, "odd"),)), SUMMARY)

    assert reviews.latest(KEY)


@pytest.mark.parametrize(
    ("forge", "repository", "head"),
    [
        pytest.param("gitlab", "acme/orders", HEAD, id="another forge"),
        pytest.param("github", "acme/order", HEAD, id="another repository"),
        pytest.param("github", "acme/orders", "c" * 40, id="another head"),
    ],
)
def test_nobody_s_head(reviews: Reviews, forge: str, repository: str, head: str) -> None:
    reviews.remember(change(), Report(()), SUMMARY)

    assert reviews.changes_at(ChangeRef(forge, repository, 0, "9"), head) == ()


def test_whose_head_it_was_is_remembered(reviews: Reviews) -> None:
    ref = replace(change().ref, installation="")
    trial = replace(ref, base=BASE, head=HEAD, is_queued=True)
    for one in (ref, trial, ref):
        reviews.remember(replace(change(), ref=one), Report(()), SUMMARY)
    asked = replace(ref, number=0, installation="9")

    assert reviews.changes_at(asked, HEAD) == tuple(replace(one, installation="9") for one in (ref, trial))
