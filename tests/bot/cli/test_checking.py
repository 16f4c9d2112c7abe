"""`shipworthy check` as a person or a CI job calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli.worktree import find_root
from bot.demo.workshop import Workshop
from tests.bot.cli.conftest import BAD, GOOD, Check

BROKEN = "FROM alpine:3.22\nRUN <<EOF\n"


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        pytest.param(["Dockerfile"], 0, id="nothing found in the file"),
        pytest.param(["--diff", "HEAD"], 0, id="nothing new"),
        pytest.param(["--fail-on", "error"], 0, id="below the threshold"),
        pytest.param(["--fail-on", "never"], 0, id="never"),
        pytest.param(["--exit-zero"], 0, id="exit zero"),
        pytest.param([], 1, id="a finding"),
        pytest.param(["web"], 1, id="a finding in the folder"),
        pytest.param(["web/Dockerfile", "Dockerfile"], 1, id="a finding in one of two files"),
        pytest.param(["nowhere"], 2, id="no such path"),
        pytest.param(["--diff", "nobody"], 2, id="no such revision"),
        pytest.param(["--diff", "--help"], 2, id="an option for a revision"),
        pytest.param(["--output", "nowhere/report"], 2, id="report into no folder"),
        pytest.param([".git"], 2, id="git's own folder"),
        pytest.param([".", ".."], 2, id="two repositories"),
    ],
)
def test_exit_code(check: Check, arguments: list[str], exit_code: int) -> None:
    ran = check(*arguments)
    assert (ran.exit_code, type(ran.exception)) == (exit_code, SystemExit if exit_code else type(None))


@pytest.mark.parametrize(
    ("files", "exit_code"),
    [
        pytest.param({"a/Dockerfile": BROKEN}, 3, id="a file that cannot be analysed"),
        pytest.param({"a/Dockerfile": BROKEN, "b/Dockerfile": BAD}, 1, id="and a finding beside it"),
        pytest.param({".shipworthy.yaml": "fail_on: error\n"}, 0, id="settings with a higher threshold"),
        pytest.param({".shipworthy.yaml": "fail_on: sometimes\n"}, 2, id="wrong settings"),
    ],
)
def test_exit_code_for_files(check: Check, workshop: Workshop, files: dict[str, str], exit_code: int) -> None:
    workshop.commit(files, "More")
    assert check("--diff", "HEAD~1").exit_code == exit_code


def test_only_what_is_new_since_the_merge_base_is_reported(check: Check, workshop: Workshop) -> None:
    workshop.branch("feature")
    workshop.commit({"Dockerfile": BAD}, "A mistake")
    ran = check("--diff", "main", "--format", "concise")
    assert ran.output.splitlines()[0].startswith("Dockerfile:1:6: warning base-image-latest ")
    assert "1 known before" in ran.output


def test_a_bare_repository_is_no_work_tree(workshop: Workshop, tmp_path: Path) -> None:
    (workshop.place / ".git").rename(tmp_path / "bare.git")
    (tmp_path / "bare.git" / "config").write_text("[core]\n\tbare = true\n")
    with pytest.raises(LookupError, match="a work tree is needed"):
        find_root(tmp_path / "bare.git")


def test_the_report_goes_to_a_file(check: Check, tmp_path: Path) -> None:
    ran = check("--format", "json", "--output", str(tmp_path / "report"))
    assert ran.output == ""
    assert json.loads((tmp_path / "report").read_text())["schema"] == "shipworthy/v1"


def test_what_is_bold_stays_bold(check: Check) -> None:
    head = check("--color", "always", "web").output.splitlines()[0]
    assert head.startswith("\x1b[33mwarning[base-image-latest]\x1b[0m: \x1b[1mthe base image")


def test_without_colour_there_is_no_escape(check: Check) -> None:
    assert "\x1b" not in check("web").output


def test_a_fix_is_counted_as_fixed(check: Check, workshop: Workshop) -> None:
    (workshop.place / "web/Dockerfile").write_text(GOOD)
    assert check("--diff", "HEAD").output == "No problems in 2 files (1 fixed).\n"
