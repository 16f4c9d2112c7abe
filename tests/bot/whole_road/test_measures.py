"""What an operator's Prometheus learns of a review that a worker made."""

from __future__ import annotations

import pytest

from tests.bot.processes import wait_until
from tests.bot.whole_road.scene import Scene

pytestmark = pytest.mark.process

REVIEWS = "POST /repos/{owner}/{repo}/pulls/{number}/reviews"
COUNTED_ONCE = [
    ("shipworthy_api_requests_total", REVIEWS, "github", "200"),
    ("shipworthy_findings_total", "posted", "base-image-latest", "warning"),
    ("shipworthy_review_duration_seconds_count", "github"),
    ("shipworthy_time_to_feedback_seconds_count", "github"),
    ("shipworthy_reviews_total", "github", "neutral"),
]


def test_requests_findings_times_and_results_are_counted(scene: Scene) -> None:
    scene.propose({"Dockerfile": scene.clean()}, {"Dockerfile": scene.wrong()})
    before = scene.road.measured()
    scene.review()

    def grown() -> list[float]:
        now = scene.road.measured()
        return [now.get(key, 0) - before.get(key, 0) for key in COUNTED_ONCE]

    wait_until(lambda: grown() == [1] * len(COUNTED_ONCE), f"all of {COUNTED_ONCE} are counted")
