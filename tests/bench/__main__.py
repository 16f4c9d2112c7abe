"""`make bench` on 60 copies of the demonstration's service, `make bench ARGS=FOLDER` on your own."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from tests.bench.analysis import parsers, rules, whole_process
from tests.bench.corpus import folder_corpus, own_corpus
from tests.bench.hostility import hostile
from tests.bench.intake import intake


def show(rows: Iterable[tuple[str, str]]) -> None:
    for name, figure in rows:
        print(f"{name:<52} {figure}", flush=True)  # noqa: T201


corpus = folder_corpus(Path(sys.argv[1])) if len(sys.argv) > 1 else own_corpus()
show(parsers(corpus))
show(rules(corpus))
show(whole_process(corpus))
show(hostile())
show(intake())
