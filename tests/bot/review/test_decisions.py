"""A report after what people have said of it."""

from __future__ import annotations

import pytest

from analyzers.finding import Report, Status
from bot.review.decisions import Decisions, heed, named, settle
from bot.store.accepted import Acceptance
from bot.store.dismissals import Dismissal, Kind
from tests.bot.review.pieces import finding, thread

FINGERPRINT = "0badc0de"


def dismissed(kind: Kind) -> dict[str, Dismissal]:
    return {FINGERPRINT: Dismissal(FINGERPRINT, kind, "some-rule", reason="a drill", actor="ann")}


ACCEPTED = {FINGERPRINT: Acceptance(FINGERPRINT, "some-rule", "Dockerfile", "bob")}


@pytest.mark.parametrize(
    ("dismissals", "accepted", "status", "reason"),
    [
        pytest.param({}, {}, Status.INTRODUCED, "", id="nobody said anything"),
        pytest.param(dismissed(Kind.RESOLVED), {}, Status.INTRODUCED, "", id="a resolved conversation"),
        pytest.param(dismissed(Kind.DELETED), {}, Status.INTRODUCED, "", id="a deleted comment"),
        pytest.param(dismissed(Kind.IGNORED), {}, Status.IGNORED, "a drill (ignored by ann)", id="ignored"),
        pytest.param(
            dismissed(Kind.FALSE_POSITIVE),
            {},
            Status.IGNORED,
            "a drill (a false positive, says ann)",
            id="a false positive",
        ),
        pytest.param({}, ACCEPTED, Status.KNOWN, "accepted by bob", id="accepted"),
        pytest.param(
            dismissed(Kind.IGNORED),
            ACCEPTED,
            Status.IGNORED,
            "a drill (ignored by ann)",
            id="the nearer word",
        ),
    ],
)
def test_a_new_finding(
    dismissals: dict[str, Dismissal], accepted: dict[str, Acceptance], status: Status, reason: str
) -> None:
    other = finding(fingerprint="22222222")
    heeded = heed(Report((finding(), other)), dismissals, accepted).findings

    assert (heeded[0].status, heeded[0].reason, heeded[1]) == (status, reason, other)


@pytest.mark.parametrize("status", [Status.KNOWN, Status.IGNORED])
def test_what_is_not_new_stays_as_it_is(status: Status) -> None:
    old = finding(status=status, reason="as it was")

    assert heed(Report((old,)), dismissed(Kind.IGNORED), ACCEPTED).findings == (old,)


@pytest.mark.parametrize(
    ("decisions", "verdict"),
    [
        pytest.param(Decisions(), None, id="nobody said anything"),
        pytest.param(Decisions(dismissed(Kind.RESOLVED)), None, id="a resolved one is no matter of ours"),
        pytest.param(Decisions(dismissed(Kind.IGNORED)), "Ignored by ann: a drill", id="ignored"),
        pytest.param(
            Decisions(dismissed(Kind.FALSE_POSITIVE)),
            "Called a false positive by ann: a drill",
            id="a false positive",
        ),
        pytest.param(Decisions(accepted=ACCEPTED), "Accepted as known by bob.", id="accepted"),
    ],
)
def test_a_conversation_about_it(decisions: Decisions, verdict: str | None) -> None:
    closings = settle([thread(), thread(fingerprint="22222222"), thread(is_resolved=True)], decisions)

    said = [closing.body.partition("\n")[0] for closing in closings]
    assert said == ([f"~~**Error:** words~~ {verdict}"] if verdict else [])


@pytest.mark.parametrize(
    ("actor", "shown"),
    [("", "somebody"), ("ann", "ann"), ("`a`\n# b", "a # b")],
    ids=["nobody", "ann", "odd"],
)
def test_a_name_is_one_line_without_code(actor: str, shown: str) -> None:
    assert named(actor) == shown
