"""Trees of files: a folder, a git revision, memory."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from analyzers.files import DirectoryFiles, GitFiles, MemoryFiles, RepoFiles, blob_id

FILES = {"Dockerfile": "FROM scratch\n", "cmd/app/main.go": "package main\n", "naïve name.yaml": "a: 1\n"}


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", folder, *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / "link.yaml").symlink_to("Dockerfile")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "one")
    return tmp_path


TREES: dict[str, Callable[[Path], RepoFiles]] = {
    "folder": DirectoryFiles,
    "revision": lambda folder: GitFiles(folder, "HEAD"),
    "memory": lambda _: MemoryFiles(FILES),
}


@pytest.mark.parametrize("kind", TREES)
def test_every_tree_lists_and_reads_the_same(kind: str, repository: Path) -> None:
    files = TREES[kind](repository)
    assert sorted(files.tree) == sorted(FILES), "regular files only: the link is not followed"
    assert files.read([*FILES, "gone.txt"]) == {path: text.encode() for path, text in FILES.items()}
    assert files.read([]) == {}
    assert {path: blob.size for path, blob in files.tree.items()} == {
        path: len(text.encode()) for path, text in FILES.items()
    }


def test_what_git_ignores_is_no_part_of_a_folder(repository: Path) -> None:
    (repository / ".gitignore").write_text("*.log\n")
    (repository / "a.log").write_text("x")
    (repository / "new.go").write_text("package x\n")
    tree = DirectoryFiles(repository).tree
    assert "a.log" not in tree
    assert "new.go" in tree


def test_a_folder_without_git_is_walked(tmp_path: Path) -> None:
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules/x.js").write_text("x")
    (tmp_path / "go.mod").write_text("module x\n")
    assert list(DirectoryFiles(tmp_path).tree) == ["go.mod"]


def test_a_walked_folder_tells_that_its_modules_are_vendored(tmp_path: Path) -> None:
    (tmp_path / "vendor/example.com").mkdir(parents=True)
    (tmp_path / "vendor/example.com/x.go").write_text("package x\n")
    (tmp_path / "vendor/modules.txt").write_text("# example.com v1.0.0\n")
    assert list(DirectoryFiles(tmp_path).tree) == ["vendor/modules.txt"]


def test_content_ids_are_gits(repository: Path) -> None:
    tree = GitFiles(repository, "HEAD").tree
    assert tree["Dockerfile"].id == blob_id(b"FROM scratch\n") == MemoryFiles(FILES).tree["Dockerfile"].id


@pytest.mark.parametrize("revision", ["nothing", "--upload-pack=x", ""])
def test_an_unknown_revision_is_said(repository: Path, revision: str) -> None:
    with pytest.raises(LookupError, match="is not a commit"):
        GitFiles(repository, revision)


def test_a_missing_object_costs_only_its_own_file(repository: Path) -> None:
    lost = blob_id(b"package main\n")
    (repository / ".git/objects" / lost[:2] / lost[2:]).unlink()
    files = GitFiles(repository, "HEAD")
    assert set(files.read(FILES)) == set(FILES) - {"cmd/app/main.go"}
