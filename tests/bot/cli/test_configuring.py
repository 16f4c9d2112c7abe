"""`shipworthy config` as a person calls it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.demo.workshop import Workshop

Configure = Callable[[str], Result]


@pytest.fixture
def configure(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> Configure:
    """Prints the settings of a work tree whose file has this content."""
    monkeypatch.chdir(workshop.place)

    def run(content: str) -> Result:
        (workshop.place / ".shipworthy.yaml").write_text(content)
        return CliRunner().invoke(main, ["config"])

    return run


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param("", "comments.max_inline: 10  # default", id="nothing said"),
        pytest.param("fail_on: never\n", "fail_on: never  # .shipworthy.yaml", id="a threshold"),
        pytest.param("exclude: [a, b]\n", 'exclude: ["a", "b"]  # .shipworthy.yaml', id="a list"),
        pytest.param(
            "comments: {on_drafts: true}\n", "comments.on_drafts: true  # .shipworthy.yaml", id="drafts"
        ),
        pytest.param("skip: {labels: []}\n", "skip.labels: []  # .shipworthy.yaml", id="no label"),
        pytest.param(
            "rules: {base-image-latest: {enabled: false, reason: daily}}\n",
            "rules.base-image-latest.enabled: false (daily)  # .shipworthy.yaml",
            id="a rule",
        ),
        pytest.param(
            "rules: {base-image-latest: {severity: error}}\n",
            "rules.base-image-latest.severity: error  # .shipworthy.yaml",
            id="a severity",
        ),
    ],
)
def test_it_prints(configure: Configure, content: str, line: str) -> None:
    ran = configure(content)

    assert ran.exit_code == 0
    assert line in ran.output.splitlines()


def test_wrong_settings_are_named_with_their_line(configure: Configure) -> None:
    ran = configure("comments:\n  max_inlne: 3\n")

    assert ran.exit_code == 2
    assert (
        '.shipworthy.yaml:2: error[config]: unknown key "max_inlne"; did you mean "max_inline"?' in ran.output
    )
