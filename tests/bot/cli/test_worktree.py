"""What changed in a work tree since a revision, told to git or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.worktree import difference_since, find_root
from bot.demo.workshop import Workshop


def test_nothing_changed(workshop: Workshop) -> None:
    difference = difference_since(workshop.place, "HEAD")
    assert not difference.changed
    assert not difference.renames


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        pytest.param(("out/Dockerfile", "FROM a\n"), set(), id="ignored by git"),
        pytest.param(("new/Dockerfile", "FROM a\n"), {"new/Dockerfile"}, id="untracked"),
        pytest.param(("Dockerfile", "FROM a\n"), {"Dockerfile"}, id="edited"),
        pytest.param(("Dockerfile", ""), {"Dockerfile"}, id="emptied"),
    ],
)
def test_a_written_file(workshop: Workshop, change: tuple[str, str], changed: set[str]) -> None:
    place = workshop.place / change[0]
    place.parent.mkdir(exist_ok=True)
    place.write_text(change[1])
    assert difference_since(workshop.place, "HEAD").changed == changed


def test_a_deleted_file(workshop: Workshop) -> None:
    (workshop.place / "Dockerfile").unlink()
    difference = difference_since(workshop.place, "HEAD")
    assert difference.changed == {"Dockerfile"}
    assert not difference.renames


@pytest.mark.parametrize(
    ("edit", "is_committed", "renames"),
    [
        pytest.param("FROM scratch\n", False, {}, id="written anew, git not told"),
        pytest.param(None, False, {"web/Dockerfile": "site/Dockerfile"}, id="git not told"),
        pytest.param(None, True, {"web/Dockerfile": "site/Dockerfile"}, id="committed"),
    ],
)
def test_a_moved_file(
    workshop: Workshop, edit: str | None, is_committed: bool, renames: dict[str, str]
) -> None:
    (workshop.place / "web").rename(workshop.place / "site")
    if edit is not None:
        (workshop.place / "site/Dockerfile").write_text(edit)
    if is_committed:
        workshop.commit({}, "Move")
    difference = difference_since(workshop.place, "HEAD~1" if is_committed else "HEAD")
    assert difference.renames == renames
    assert difference.changed == {"web/Dockerfile", "site/Dockerfile"}


@pytest.mark.parametrize(
    ("place", "root"),
    [
        pytest.param("", "", id="the top"),
        pytest.param("web", "", id="a folder"),
        pytest.param("web/Dockerfile", "", id="a file"),
        pytest.param("out", "out", id="a folder that git ignores"),
        pytest.param("..", "..", id="outside"),
    ],
)
def test_root(workshop: Workshop, place: str, root: str) -> None:
    (workshop.place / "out").mkdir()
    assert find_root(workshop.place / place) == (workshop.place / root).resolve()


def test_outside_of_git_there_is_no_revision(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="not the work tree"):
        difference_since(tmp_path, "HEAD")
