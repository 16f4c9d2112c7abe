from __future__ import annotations

import pytest

from analyzers.model.advisory import Advisory
from analyzers.model.modules.upgrades import as_requirement, highest_fix


@pytest.mark.parametrize(
    ("fixes", "highest"),
    [([], ""), (["", ""], ""), (["1.9.0", "1.10.0", ""], "1.10.0"), (["1.0.0-rc.1", "1.0.0"], "1.0.0")],
)
def test_the_highest_fix_leaves_all_behind(fixes: list[str], highest: str) -> None:
    assert highest_fix(Advisory("GO-1", (), "", fix) for fix in fixes) == highest


@pytest.mark.parametrize(
    ("fix", "path", "version", "wanted"),
    [
        ("2.0.1", "example.com/pallet", "v1.0.0", None),
        ("3.0.0", "example.com/pallet/v2", "v2.1.0", None),
        ("", "example.com/pallet", "v1.0.0", None),
        ("0.3.8", "golang.org/x/text", "v0.3.0", "v0.3.8"),
        ("2.1.4", "example.com/pallet/v2", "v2.1.0", "v2.1.4"),
        ("2.1.4", "gopkg.in/pallet.v2", "v2.1.0", "v2.1.4"),
        ("25.0.13+incompatible", "example.com/pallet", "v24.0.5+incompatible", "v25.0.13+incompatible"),
        ("25.0.13", "example.com/pallet", "v24.0.5+incompatible", "v25.0.13+incompatible"),
    ],
)
def test_a_fix_as_gomod_writes_it(fix: str, path: str, version: str, wanted: str | None) -> None:
    assert as_requirement(fix, path, version) == wanted
