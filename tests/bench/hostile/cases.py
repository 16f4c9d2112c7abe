"""All hostile trees."""

from __future__ import annotations

from tests.bench.hostile.code import CODE
from tests.bench.hostile.files import FILES
from tests.bench.hostile.trees import TREES

CASES = (*FILES, *CODE, *TREES)
