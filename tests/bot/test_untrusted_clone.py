"""`shipworthy check` on a clone whose own configuration names programs: none of them is started."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from analyzers.git import run_git
from bot.cli.checking import check


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", folder, *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """One commit, and a work tree whose files look changed, so that git has to read them."""
    folder = tmp_path / "clone"
    folder.mkdir()
    (folder / "Dockerfile").write_text("FROM alpine:latest\n")
    (folder / "go.mod").write_text("module example.com/a\n\ngo 1.22\n")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "one")
    (folder / ".gitattributes").write_text("* filter=a=b diff=c\n")
    for path in folder.glob("*"):
        os.utime(path, (1, 1))
    return folder


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Tells that it was run by a file beside it."""
    script = tmp_path / "program"
    script.write_text(f"#!/bin/sh\ntouch '{tmp_path}/was-run'\n")
    script.chmod(0o755)
    return script


@pytest.mark.parametrize(
    "setting",
    [
        "core.fsmonitor",
        "core.pager",
        "filter.a=b.clean",
        "filter.a=b.process",
        "diff.external",
        "diff.c.command",
        "diff.c.textconv",
    ],
)
@pytest.mark.parametrize("options", [[], ["--diff", "HEAD"]], ids=["whole", "difference"])
def test_no_program_is_run(setting: str, options: list[str], clone: Path, program: Path) -> None:
    git(clone, "config", setting, str(program))
    git(clone, "config", "filter.a=b.required", "true")
    result = CliRunner().invoke(check, [str(clone), "--exit-zero", *options])
    assert result.exit_code == 0, result.output
    assert not program.with_name("was-run").exists()


def test_no_hook_is_run(clone: Path, program: Path) -> None:
    hooks = clone / ".git/hooks"
    for name in ("post-index-change", "reference-transaction", "fsmonitor-watchman"):
        (hooks / name).unlink(missing_ok=True)
        (hooks / name).symlink_to(program)
    result = CliRunner().invoke(check, [str(clone), "--exit-zero", "--diff", "HEAD"])
    assert result.exit_code == 0, result.output
    assert not program.with_name("was-run").exists()


def test_no_signature_is_checked(clone: Path, program: Path) -> None:
    git(clone, "config", "log.showSignature", "true")
    git(clone, "config", "gpg.program", str(program))
    commit = run_git(clone, "cat-file", "commit", "HEAD").replace(
        b"\n\none", b"\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n -----END PGP SIGNATURE-----\n\none"
    )
    signed = run_git(clone, "hash-object", "-t", "commit", "-w", "--stdin", stdin=commit).decode().strip()
    assert run_git(clone, "log", "-1", "--format=%s", signed) == b"one\n"
    assert not program.with_name("was-run").exists()


def test_what_a_partial_clone_lacks_is_not_fetched(clone: Path, program: Path, tmp_path: Path) -> None:
    git(clone, "config", "uploadpack.allowFilter", "true")
    partial = tmp_path / "partial"
    git(tmp_path, "clone", "-q", "--no-checkout", "--filter=blob:none", f"file://{clone}", str(partial))
    git(partial, "config", "remote.origin.uploadpack", str(program))
    result = CliRunner().invoke(check, [str(partial), "--diff", "HEAD"])
    assert "fetch it first" in result.output
    assert not program.with_name("was-run").exists()
