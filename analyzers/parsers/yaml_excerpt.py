"""The documents of a large YAML file that matter, at the lines where they stand; the others are not parsed.

Generated manifests are mostly resource definitions of many thousand lines, with a few workloads between them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice, pairwise

from analyzers.parsers.light import light_record
from analyzers.parsers.problem import Unreadable
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_tree import parse_yaml

MOST_CHARACTERS = 5 << 20
MOST_KEPT = 512 << 10
"""Characters that are parsed: to look for them and parse them takes no longer than a file of 1 MiB."""
MOST_DOCUMENTS = 20_000
_DIVISION = re.compile(r"^---(?=[ \t\r\n]|\Z)", re.M)


@light_record
class Excerpt:
    """`left_out` are wanted documents that there was no room for; the first of them begins on `line`."""

    documents: tuple[Node, ...]
    left_out: int = 0
    line: int = 1


def parse_excerpt(text: str, rank: Callable[[str], int | None]) -> Excerpt:
    """The documents with a rank, the lowest first as long as they take 512 KiB together.

    Raises Unreadable for what is larger than 5 MiB, and for documents that `parse_yaml` cannot read.
    """
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(f"longer than {MOST_CHARACTERS:,} characters")
    text = text.removeprefix("\ufeff")
    divisions = [found.start() for found in islice(_DIVISION.finditer(text), MOST_DOCUMENTS + 1)]
    if len(divisions) > MOST_DOCUMENTS:
        raise Unreadable(f"more than {MOST_DOCUMENTS:,} documents")
    places = [0, *filter(None, divisions), len(text)]
    parts = [text[start:end] for start, end in pairwise(places)]
    ranks = [rank(part) for part in parts]
    wanted = sorted((each, index) for index, each in enumerate(ranks) if each is not None)
    chosen: set[int] = set()
    room = MOST_KEPT
    for _, index in wanted:
        if len(parts[index]) <= room:
            room -= len(parts[index])
            chosen.add(index)
    missing = [index for _, index in wanted if index not in chosen]
    kept = (part if index in chosen else "\n" * part.count("\n") for index, part in enumerate(parts))
    documents = parse_yaml("".join(kept), max_length=MOST_CHARACTERS) if chosen else ()
    line = text.count("\n", 0, places[min(missing)]) + 1 if missing else 1
    return Excerpt(documents, len(missing), line)
