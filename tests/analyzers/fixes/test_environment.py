"""New values for environment variables where they are written."""

from __future__ import annotations

import pytest

from analyzers.fixes.environment import delete_entry, rewritten
from tests.analyzers.model.repositories import repository, workload


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


ENTRY = "            - name: GOGC\n              value: '50'\n"
OTHER = "            - name: PORT\n              value: '80'\n"


@pytest.mark.parametrize(
    ("env", "left"),
    [
        (f"          env:\n{ENTRY}{OTHER}", f"          env:\n{OTHER}"),
        (f"          env:\n{OTHER}{ENTRY}", f"          env:\n{OTHER}"),
        (f"          env:\n{ENTRY}", ""),
        ("          env: [{name: GOGC, value: '50'}]\n", None),
    ],
)
def test_takes_a_variable_out(env: str, left: str | None) -> None:
    text = workload("shop", "shop", extra=env)
    (deployed,) = repository({"a.yaml": text}).deployed
    container = deployed.container
    fix = delete_entry(container, next(each for each in container.env if each.name == "GOGC"), text)
    if fix is None:
        assert left is None
        return
    (edit,) = fix.edits
    lines = text.split("\n")
    lines[edit.start_line - 1 : edit.end_line] = []
    assert "\n".join(lines) == workload("shop", "shop", extra=left or "")
