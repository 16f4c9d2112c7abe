from __future__ import annotations

import pytest

from analyzers.model.pipelines.dependency_folders import lock_files_of


@pytest.mark.parametrize("paths", [[], ["dist/"], [".cache/go-build"], ["cargo"], ["node_modules_old"]])
def test_folders_of_no_package_manager(paths: list[str]) -> None:
    assert lock_files_of(paths) == ()


@pytest.mark.parametrize(
    ("path", "file"),
    [
        (".go/pkg/mod/", "go.sum"),
        ("$GOMODCACHE", "go.sum"),
        ("$CI_PROJECT_DIR/.go", "go.sum"),
        ("web/node_modules/", "package-lock.json"),
        (".npm", "package-lock.json"),
        (".m2/repository", "pom.xml"),
        (".cache/pip", "requirements.txt"),
    ],
)
def test_the_file_that_decides(path: str, file: str) -> None:
    assert lock_files_of(["dist", path])[0] == file
