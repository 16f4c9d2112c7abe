"""New values for environment variables where they are written."""

from __future__ import annotations

import pytest

from analyzers.fixes.environment import rewritten


@pytest.mark.parametrize(
    ("text", "new", "expected"),
    [
        ("512Mi", "512MiB", "512MiB"),
        ('"512Mi"', "512MiB", "512MiB"),
        ("'512Mi'", "2", '"2"'),
        ("GOMEMLIMIT=512Mi", "512MiB", "GOMEMLIMIT=512MiB"),
        ('"GOMEMLIMIT=512Mi"', "512MiB", "GOMEMLIMIT=512MiB"),
        ('GOMEMLIMIT="512Mi"', "512MiB", "GOMEMLIMIT=512MiB"),
        ("GOMEMLIMIT  512Mi", "2", "GOMEMLIMIT=2"),
        ("GOMEMLIMIT=$LIMIT", "512MiB", None),
        ("NTEyTWk=", "512MiB", None),
        ("OTHER=512Mi", "512MiB", None),
    ],
)
def test_rewrites_what_is_written_there(text: str, new: str, expected: str | None) -> None:
    assert rewritten("GOMEMLIMIT", "512Mi", text, new) == expected
