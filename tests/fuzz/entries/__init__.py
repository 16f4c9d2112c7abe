"""Every entry of the readers, by name."""

from __future__ import annotations

from tests.fuzz.entries.code import CODE
from tests.fuzz.entries.files import FILES
from tests.fuzz.entries.trees import TREES
from tests.fuzz.entries.words import WORDS

ENTRIES = {entry.name: entry for entry in (*FILES, *WORDS, *CODE, *TREES)}
