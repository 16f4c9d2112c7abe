"""What makes the key of a GitHub cache another one."""

from __future__ import annotations

import pytest

from analyzers.model.pipelines.cache_keys import changes_with, varying_parts


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("go-modules", "nothing"),
        ("${{ runner.os }}-${{ matrix.go }}-v2", "nothing"),
        ("go-${{ github.ref_name }}", "branch"),
        ("go-${{ github.ref }}-${{ github.sha }}", "commit"),
        ("go-${{ github.run_id }}", "commit"),
        ("go-${{ github.sha }}-${{ hashFiles('go.sum') }}", "files"),
        ("go-${{ steps.week.outputs.number }}", "unknown"),
        ("go-${{ env.KEY }}", "unknown"),
        ("go-${{ github.ref == 'x' && 'a' || 'b' }}", "unknown"),
        ("go-${{ github.sha", "unknown"),
        ("", "unknown"),
    ],
)
def test_changes_with(key: str, kind: str) -> None:
    assert changes_with(key) == kind


def test_varying_parts() -> None:
    assert varying_parts("${{ runner.os }}-${{github.sha}}") == ("${{github.sha}}",)
