"""Every entry on texts of its grammar, on what we wrote ourselves, and on what once made it fail."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.entries import ENTRIES
from tests.fuzz.entry import Entry
from tests.fuzz.found import FOUND, Found
from tests.fuzz.properties import examine
from tests.fuzz.recipe import cook
from tests.hanging import must_end

_MOST_SEEDS = 40
_DATA = st.sampled_from([4, 40, 200]).flatmap(lambda size: st.binary(min_size=size, max_size=2 * size))


def hold(entry: Entry, content: bytes) -> bool:
    """Whether the entry read it. How long that takes is for `make fuzz` to judge."""
    with must_end():
        return examine(entry, content, seconds=inf)


@pytest.mark.parametrize("found", FOUND, ids=lambda found: f"{found.entry}: {found.what}")
def test_what_once_failed(found: Found) -> None:
    hold(ENTRIES[found.entry], found.content)


@pytest.mark.parametrize("name", ENTRIES)
def test_what_we_wrote(name: str) -> None:
    for seed in ENTRIES[name].seeds[:_MOST_SEEDS]:
        assert hold(ENTRIES[name], seed.encode())


@pytest.mark.parametrize("name", ENTRIES)
def test_any_text(name: str) -> None:
    @settings(
        max_examples=50,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(_DATA)
    def holds(data: bytes) -> None:
        hold(ENTRIES[name], cook(ENTRIES[name], data))

    holds()
