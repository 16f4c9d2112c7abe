"""What people see of a whole review where the change is large or odd."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bot.forges.base import ChangeRef, Conclusion
from bot.review.desk import Outcome
from tests.bot.dockerfiles import BAD, GOOD
from tests.bot.forges.drafts import dockerfiles
from tests.bot.review.github_scene import GithubScene, github_scene

LATEST_LINE = 6
POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'a' * 64}\nsize 12345\n"
CRLF, CRLF_BAD = GOOD.replace("\n", "\r\n"), BAD.replace("\n", "\r\n")
MANIFEST = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  template:
    spec:
      containers:
        - name: shop
          image: example.com/shop:1.0
          env:
            - name: GOMEMLIMIT
              value: 512MiB
"""

Files = Mapping[str, str | bytes]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[GithubScene]:
    with github_scene(tmp_path) as one:
        yield one


class Review:
    """A change from exactly the files of base to exactly those of head, reviewed."""

    def __init__(
        self,
        scene: GithubScene,
        base: Files,
        head: Files,
        links: frozenset[str] = frozenset(),
        parent: str | None = None,
    ) -> None:
        self.scene = scene
        world, repository = scene.world, scene.repository
        first = world.commit(repository, base, parent, links)
        self.pull = world.pull(repository, first, world.commit(repository, head, first, links))
        self.ref = ChangeRef("github", repository.name, self.pull.number, str(world.installation))
        self.outcome = self.ask()

    def ask(self) -> Outcome:
        outcome = self.scene.ask(self.ref)
        assert outcome
        return outcome

    @property
    def conclusion(self) -> Conclusion:
        return self.outcome.conclusion

    @property
    def summary(self) -> str:
        (run,) = self.scene.runs(self.pull.head)
        return str(run["summary"])

    @property
    def annotated(self) -> list[tuple[str, int]]:
        (run,) = self.scene.runs(self.pull.head)
        return [(one["path"], one["start_line"]) for one in run["annotations"]]

    @property
    def places(self) -> list[tuple[str, int | None]]:
        return [(thread.path, thread.line) for thread in self.pull.threads]


def test_of_more_than_three_thousand_files_the_rest_is_said_not_to_be_reviewed(scene: GithubScene) -> None:
    scene.world.compare_limit = 3
    many = {f"notes/{number:04}.md": f"{number}\n" for number in range(3_005)}
    review = Review(scene, {"Dockerfile": GOOD}, {"Dockerfile": GOOD, **many})

    assert "did not list 5 files of this change: they were not reviewed" in review.summary
    assert (review.conclusion, review.pull.reviews) == (Conclusion.NEUTRAL, [])


class TestAFileWithoutPatch:
    """What is found in it is said all the same."""

    def test_lost_in_a_long_answer(self, scene: GithubScene) -> None:
        """It is shown in a shorter one: the comment stands on its line."""
        scene.world.patch_lines = 10_800
        long = {f"notes/{number:02}.md": "line\n" * 400 for number in range(30)}
        review = Review(scene, {"Dockerfile": GOOD}, {"Dockerfile": GOOD, **long, "z/Dockerfile": BAD})

        assert (review.places, review.annotated) == ([("z/Dockerfile", LATEST_LINE)], [])

    def test_too_large(self, scene: GithubScene) -> None:
        """The comment stands on the file, and says where in it."""
        scene.world.patch_length = 200
        review = Review(scene, {"README": "1\n"}, {"README": "1\n", "Dockerfile": BAD})
        (thread,) = review.pull.threads

        assert (review.places, review.annotated) == ([("Dockerfile", None)], [])
        assert f"/Dockerfile#L{LATEST_LINE})" in thread.comments[0].body

    def test_too_large_and_comments_wanted_on_lines_alone(self, scene: GithubScene) -> None:
        scene.world.patch_length = 200
        settings = {".shipworthy.yaml": "comments:\n  filter: diff_context\n"}
        review = Review(scene, settings, {**settings, "Dockerfile": BAD})

        assert (review.places, review.annotated) == ([], [("Dockerfile", LATEST_LINE)])
        assert "1 new problem: 1 shown beside the diff" in review.summary
        assert "[Dockerfile:6]" in review.summary.replace("`", "")

    def test_binary(self, scene: GithubScene) -> None:
        review = Review(scene, {"Dockerfile": GOOD}, {"Dockerfile": GOOD.encode() + b"\xff\0\n"})

        assert (review.conclusion, review.places) == (Conclusion.NEUTRAL, [])
        assert "`Dockerfile`: is not UTF-8 text, not analysed" in review.summary


def test_a_picture_beside_a_mistake_is_in_nobody_s_way(scene: GithubScene) -> None:
    review = Review(scene, {"Dockerfile": GOOD}, {"Dockerfile": BAD, "logo.png": b"\x89PNG\r\n\0\xff"})

    assert review.places == [("Dockerfile", LATEST_LINE)]
    assert review.outcome.title == "1 new problem: 1 warning"


def test_a_submodule_and_a_link_are_not_judged(scene: GithubScene) -> None:
    module = "Subproject commit {}\n"
    base = {"a/Dockerfile": GOOD, "sub": module.format("1" * 40), "Dockerfile": "a/Dockerfile"}
    head = {"a/Dockerfile": GOOD, "sub": module.format("2" * 40), "Dockerfile": "../etc/passwd"}
    review = Review(scene, base, head, frozenset({"Dockerfile"}))

    assert (review.outcome.title, review.conclusion) == ("Nothing to check", Conclusion.SKIPPED)
    assert "passwd" not in review.summary


def test_a_link_that_is_taken_away_is_no_fix(scene: GithubScene) -> None:
    base = {"Dockerfile": GOOD, "deploy/Dockerfile": "../Dockerfile"}
    review = Review(scene, base, {"Dockerfile": GOOD}, frozenset({"deploy/Dockerfile"}))

    assert "fixed" not in review.outcome.title


def test_a_renamed_and_edited_file_is_spoken_of_by_its_new_name(scene: GithubScene) -> None:
    """What it had before is known, by whatever name."""
    base = BAD.replace("golang:1.26-alpine3.22", "golang:latest")
    head = base.replace("alpine:latest\n", "debian:latest\n")
    review = Review(scene, {"Dockerfile": base}, {"build/Dockerfile": head})

    assert review.places == [("build/Dockerfile", LATEST_LINE)]
    assert review.outcome.title.startswith("1 new problem")


class TestCarriageReturns:
    def test_a_comment_stands_on_its_line_and_not_twice(self, scene: GithubScene) -> None:
        review = Review(scene, {"Dockerfile": CRLF}, {"Dockerfile": CRLF_BAD})
        scene.world.push(scene.repository, review.pull, {"Dockerfile": "# 1\r\n# 2\r\n" + CRLF_BAD})
        review.ask()

        assert review.places == [("Dockerfile", LATEST_LINE + 2)]

    def test_other_line_ends_alone_are_no_news(self, scene: GithubScene) -> None:
        review = Review(scene, {"Dockerfile": BAD}, {"Dockerfile": CRLF_BAD})

        assert (review.outcome.title, review.places) == ("First look: 1 known problem", [])

    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_what_is_suggested_ends_as_the_lines_around_it(self, scene: GithubScene, end: str) -> None:
        good = MANIFEST.replace("\n", end)
        review = Review(scene, {"app.yaml": good}, {"app.yaml": good.replace("512MiB", "512MB")})
        (thread,) = review.pull.threads
        suggested = thread.comments[0].body.partition("```suggestion\n")[2].partition("```")[0]

        assert suggested == f"              value: 488MiB{end}"


def test_without_an_end_of_the_last_line_a_comment_stands_on_it(scene: GithubScene) -> None:
    review = Review(scene, {"Dockerfile": "# a\nFROM alpine:3.22"}, {"Dockerfile": "# a\nFROM alpine:latest"})

    assert review.places == [("Dockerfile", 2)]


class TestLargeFilesElsewhere:
    def test_a_pointer_is_noted_and_not_judged(self, scene: GithubScene) -> None:
        review = Review(scene, {"Dockerfile": GOOD}, {"Dockerfile": GOOD, "deploy/Dockerfile": POINTER})

        assert "`deploy/Dockerfile`: is a Git LFS pointer" in review.summary
        assert (review.conclusion, review.places) == (Conclusion.NEUTRAL, [])
        assert review.outcome.title == "No new problems · 1 not analysed"

    def test_what_hides_behind_one_is_not_taken_for_fixed(self, scene: GithubScene) -> None:
        review = Review(scene, {"Dockerfile": GOOD}, {"Dockerfile": BAD})
        scene.world.push(scene.repository, review.pull, {"Dockerfile": POINTER})
        after = review.ask()

        assert [thread.resolved_by for thread in review.pull.threads] == [None]
        assert after.conclusion is Conclusion.NEUTRAL

    def test_one_that_the_change_leaves_alone_is_only_remarked_on(self, scene: GithubScene) -> None:
        base = {"Dockerfile": GOOD, "deploy/Dockerfile": POINTER}
        review = Review(scene, base, {**base, "Dockerfile": GOOD + "EXPOSE 8080\n"})

        assert review.conclusion is Conclusion.SUCCESS
        assert "<summary>Remarks on other files (1)</summary>" in review.summary


class TestAnEmptyChange:
    def test_it_gets_its_check_and_nothing_else(self, scene: GithubScene) -> None:
        review = Review(scene, {"Dockerfile": GOOD}, {"Dockerfile": GOOD})

        assert (review.outcome.title, review.conclusion) == ("Nothing to check", Conclusion.SKIPPED)
        assert (review.pull.reviews, review.annotated) == ([], [])

    def test_what_a_push_took_back_is_closed(self, scene: GithubScene) -> None:
        review = Review(scene, {"Dockerfile": GOOD}, {"Dockerfile": BAD})
        review.pull.head = review.pull.base
        for thread in review.pull.threads:
            thread.is_outdated = True
        after = [review.ask() for _ in range(2)]

        assert [one.conclusion for one in after] == [Conclusion.SUCCESS] * 2
        assert all(thread.resolved_by for thread in review.pull.threads)
        assert len(scene.runs(review.pull.head)) == 1


def test_hundreds_of_files_beyond_a_comparison_are_all_reviewed(scene: GithubScene) -> None:
    scene.world.compare_limit = 30
    review = Review(scene, {"README": "1\n"}, {**dockerfiles(120), "z/Dockerfile": BAD})

    assert ("z/Dockerfile", LATEST_LINE) in {*review.places, *review.annotated}
    assert "did not list" not in review.summary


def test_of_31_findings_ten_get_a_comment_and_the_rest_is_beside_the_diff(scene: GithubScene) -> None:
    settings = {".shipworthy.yaml": "comments:\n  max_per_rule: 100\n"}
    wrong = {f"service{number:02}/Dockerfile": BAD for number in range(31)}
    review = Review(scene, settings, {**settings, **wrong})

    assert review.outcome.title == "31 new problems: 31 warnings"
    assert sorted([*review.places, *review.annotated]) == [(path, LATEST_LINE) for path in sorted(wrong)]
    assert (len(review.pull.reviews), len(review.places)) == (1, 10)
    assert "31 new problems: 10 commented, 21 shown beside the diff." in review.summary


class TestAnotherBase:
    """The pull request is built on another one, and points to the one's branch or to main."""

    def test_what_it_has_already_is_not_counted_any_more(self, scene: GithubScene) -> None:
        """The conversation stays, as the mistake does: no word is taken back that holds."""
        review = Review(scene, {"Dockerfile": GOOD}, {"Dockerfile": BAD})
        before = review.pull.head
        scene.world.push(scene.repository, review.pull, {"Dockerfile": BAD, "README": "here\n"})
        review.ask()
        review.pull.base = before
        after = review.ask()

        assert (after.title, after.conclusion) == ("No new problems", Conclusion.SUCCESS)
        assert [thread.resolved_by for thread in review.pull.threads] == [None]

    def test_what_only_the_other_had_is_news(self, scene: GithubScene) -> None:
        main = scene.world.commit(scene.repository, {"Dockerfile": GOOD})
        review = Review(scene, {"Dockerfile": BAD}, {"Dockerfile": BAD, "README": "here\n"}, parent=main)
        assert review.places == []
        review.pull.base = main
        after = review.ask()

        assert (after.title, review.places) == ("1 new problem: 1 warning", [("Dockerfile", LATEST_LINE)])
        assert [run["title"] for run in scene.runs(review.pull.head)] == [after.title]
