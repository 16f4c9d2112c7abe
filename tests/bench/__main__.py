"""`make bench` on 60 copies of the demonstration's service, `make bench ARGS="FOLDER …"` on your own."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from tests.bench.agreement import agreement, templates
from tests.bench.analysis import rules, whole_process
from tests.bench.corpus import folders_corpus, own_corpus
from tests.bench.fixes import fixes
from tests.bench.hostility import hostile
from tests.bench.intake import intake
from tests.bench.parsing import parsers
from tests.bench.peers import peers


def show(rows: Iterable[tuple[str, str]]) -> None:
    for name, figure in rows:
        print(f"{name:<52} {figure}", flush=True)  # noqa: T201


corpus = folders_corpus(list(map(Path, sys.argv[1:]))) if len(sys.argv) > 1 else own_corpus()
show(parsers(corpus))
show(agreement(corpus))
show(templates(corpus))
show(rules(corpus))
show(fixes(corpus))
show(whole_process(corpus))
show(peers(corpus))
show(hostile())
show(intake())
