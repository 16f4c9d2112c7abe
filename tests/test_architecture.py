"""Who may import whom: the table is the architecture."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

MAY_IMPORT = {
    "analyzers/parsers": {"analyzers.parsers"},
    "analyzers/finding.py": {"analyzers.parsers.light", "analyzers.parsers.position"},
    "analyzers/model": {
        "analyzers.model",
        "analyzers.parsers",
        "analyzers.finding",
        "analyzers.sources",
        "analyzers.selection",
        "analyzers.sharing",
    },
    "analyzers/fixes": {"analyzers.fixes", "analyzers.model", "analyzers.parsers", "analyzers.finding"},
    "analyzers/rules": {
        "analyzers.rules",
        "analyzers.model",
        "analyzers.fixes",
        "analyzers.finding",
        "analyzers.rule",
        "analyzers.parsers.connection_string",
        "analyzers.parsers.light",
    },
    "analyzers/reports": {
        "analyzers.reports",
        "analyzers.model",
        "analyzers.finding",
        "analyzers.version",
        "analyzers.parsers.light",
    },
    "analyzers": {"analyzers"},
    "bot/forges": {
        "analyzers",
        "bot.forges",
        "bot.errors",
        "bot.review.commands",
        "bot.review.diff",
        "bot.review.markdown",
        "bot.review.markers",
        "bot.store",
    },
    "bot/review": {
        "analyzers",
        "bot.review",
        "bot.forges.base",
        "bot.errors",
        "bot.store.accepted",
        "bot.store.dismissals",
        "bot.store.feedback",
        "bot.store.orders",
        "bot.store.paused",
        "bot.store.posted",
        "bot.store.repositories",
        "bot.store.reviews",
    },
    "bot/store": {"analyzers", "bot.store", "bot.errors", "bot.forges.base", "bot.forges.rounds"},
    "bot/jobs": {
        "bot.jobs",
        "bot.store",
        "bot.errors",
        "bot.forges.base",
        "bot.forges.rounds",
        "bot.counters",
        "analyzers.version",
    },
}
FOREIGN_TO = {
    "analyzers": {"flask", "requests", "github", "gitlab", "sqlalchemy", "dbos", "urllib.request"},
    "bot/review": {"flask", "requests", "github", "gitlab", "sqlalchemy", "dbos"},
    "bot/web": {"github", "gitlab"},
    "bot/jobs": {"github", "gitlab", "flask"},
}


def modules(place: str) -> Iterator[Path]:
    whole = ROOT / place
    yield from sorted(whole.rglob("*.py")) if whole.is_dir() else [whole]


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def lies_in(name: str, allowed: set[str]) -> bool:
    return any(name == place or name.startswith(place + ".") for place in allowed)


@pytest.mark.parametrize("place", MAY_IMPORT)
def test_imports_run_one_way(place: str) -> None:
    leaks = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in modules(place)
        for name in imports(file)
        if name.split(".")[0] in ("analyzers", "bot") and not lies_in(name, MAY_IMPORT[place])
    ]
    assert leaks == []


@pytest.mark.parametrize("place", FOREIGN_TO)
def test_foreign_libraries_stay_at_the_edges(place: str) -> None:
    leaks = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in modules(place)
        for name in imports(file)
        if lies_in(name, FOREIGN_TO[place])
    ]
    assert leaks == []


def test_every_exception_is_caught_by_name_but_in_two_places() -> None:
    broad = {
        str(file.relative_to(ROOT))
        for place in ("analyzers", "bot")
        for file in modules(place)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException"))
        )
    }
    assert broad <= {"analyzers/engine.py", "bot/jobs/job.py", "bot/review/run.py"}


CLOCKS = {"monotonic", "perf_counter", "process_time", "thread_time", "perf_counter_ns", "monotonic_ns"}


def test_no_test_judges_how_long_something_takes() -> None:
    """That is for the bench; `tests.hanging` tells what never ends."""
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in sorted((ROOT / "tests").rglob("test_*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if (isinstance(node, ast.ImportFrom) and any(alias.name in CLOCKS for alias in node.names))
        or (isinstance(node, ast.Attribute) and node.attr in CLOCKS)
    ]
    assert found == []


ANALYSIS = {"analyzers.model", "analyzers.rules", "tree_sitter", "tree_sitter_go"}
SERVER = {"flask", "sqlalchemy", "dbos", "structlog", "requests", "cryptography"}
OTHER_LANGUAGES = {
    "tree_sitter_java",
    "tree_sitter_hcl",
    "defusedxml",
    "analyzers.parsers.java",
    "analyzers.parsers.bake",
    "analyzers.model.pipelines.gitlab",
}
"""Which the repository has no file of."""
LIGHT_COMMANDS = {
    "--version": ANALYSIS | SERVER | {"yaml", "email"},
    "--help": ANALYSIS | SERVER | {"yaml", "analyzers"},
    "rules": ANALYSIS | SERVER,
    "explain runs-as-root": ANALYSIS | SERVER,
    "check": SERVER | OTHER_LANGUAGES | {"http", "asyncio", "multiprocessing"},
}
RUN = "import sys, bot.cli\ntry: bot.cli.main()\nfinally: print(*sys.modules, file=sys.stderr)"


@pytest.mark.parametrize("command", LIGHT_COMMANDS)
def test_a_command_imports_nothing_that_it_does_not_use(command: str, tmp_path: Path) -> None:
    """Half of a short command's time goes into imports."""
    ran = subprocess.run(
        [sys.executable, "-c", RUN, *command.split()],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert LIGHT_COMMANDS[command] & set(ran.stderr.split()) == set()
