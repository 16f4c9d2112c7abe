"""What the two trees of a difference hold."""

from __future__ import annotations

import pytest

from bot.cli.worktree import difference_since
from bot.demo.workshop import Workshop
from tests.bot.cli.conftest import BAD, GOOD


@pytest.mark.parametrize(
    ("path", "written", "before", "after"),
    [
        pytest.param("web/Dockerfile", BAD, BAD, BAD, id="as it was"),
        pytest.param("web/Dockerfile", GOOD, BAD, GOOD, id="edited"),
        pytest.param("web/Dockerfile", None, BAD, None, id="deleted"),
        pytest.param("new/Dockerfile", GOOD, None, GOOD, id="untracked"),
    ],
)
def test_a_file(
    workshop: Workshop, path: str, written: str | None, before: str | None, after: str | None
) -> None:
    place = workshop.place / path
    place.parent.mkdir(exist_ok=True)
    if written is None:
        place.unlink()
    else:
        place.write_text(written)
    difference = difference_since(workshop.place, "HEAD")
    for files, text in ((difference.base, before), (difference.head, after)):
        assert (path in files.tree) is (text is not None)
        assert dict(files.read([path])) == ({} if text is None else {path: text.encode()})


def test_what_git_calls_unchanged_says_the_same_in_both(workshop: Workshop) -> None:
    """Line ends as they lie on disk: a person sees those."""
    workshop.commit({".gitattributes": "Dockerfile text eol=crlf\n"}, "Line ends")
    place = workshop.place / "Dockerfile"
    place.write_bytes(GOOD.replace("\n", "\r\n").encode())
    difference = difference_since(workshop.place, "HEAD")
    assert not difference.changed
    assert difference.base.read(["Dockerfile"]) == difference.head.read(["Dockerfile"])


def test_what_cannot_be_read_on_disk_is_read_from_git(workshop: Workshop) -> None:
    difference = difference_since(workshop.place, "HEAD")
    assert "Dockerfile" in difference.head.tree
    (workshop.place / "Dockerfile").unlink()
    assert dict(difference.base.read(["Dockerfile"])) == {"Dockerfile": GOOD.encode()}
