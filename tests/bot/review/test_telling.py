"""The table of commands, and the settings that count."""

from __future__ import annotations

import pytest

from bot.review.command_table import COMMANDS
from tests.bot.dockerfiles import BAD
from tests.bot.review.crowd import Scene

SETTINGS = """\
fail_on: never
exclude: ["vendor/**", "a|b"]
rules:
  base-image-latest:
    enabled: false
    reason: rebuilt daily, says @ops
  missing-dockerignore:
    severity: error
"""


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("| `")]


def test_help_lists_every_command_and_who_may(place: Scene) -> None:
    place.open(BAD).say("/shipworthy")

    assert len(rows(place.answer)) == len(set(COMMANDS.values()))
    assert "| `/shipworthy pause` | the author, write and up |" in place.answer


@pytest.mark.parametrize(
    ("files", "source"),
    [
        ({}, "Settings: the defaults, since there is no `.shipworthy.yaml` at"),
        ({".shipworthy.yaml": SETTINGS}, "Settings: `.shipworthy.yaml` at"),
    ],
    ids=["defaults", "a file"],
)
def test_help_says_where_the_settings_come_from(place: Scene, files: dict[str, str], source: str) -> None:
    place.open(BAD, **files).say("/shipworthy help")

    assert source in place.answer


def test_without_a_file_all_is_default(place: Scene) -> None:
    place.open(BAD).say("/shipworthy config")

    assert "| `fail_on` | `error` | default |" in place.answer
    assert all(row.endswith("| default |") for row in rows(place.answer))


def test_what_the_base_says_is_told_as_its_own(place: Scene) -> None:
    place.open(BAD, **{".shipworthy.yaml": SETTINGS}).say("/shipworthy config")
    base = place.forge.change(place.ref).base[:7]
    source = f"`.shipworthy.yaml` at `{base}`"

    assert f"| `fail_on` | `never` | {source} |" in place.answer
    assert f'| `exclude` | `["vendor/**", "a\\|b"]` | {source} |' in place.answer
    assert "| `rules.base-image-latest.enabled` | `false (rebuilt daily, says @ops)` |" in place.answer
    assert f"| `rules.missing-dockerignore.severity` | `error` | {source} |" in place.answer


def test_what_the_change_says_of_settings_is_not_told(place: Scene) -> None:
    place.ref = place.stage.open_change(
        {"Dockerfile": BAD}, {"Dockerfile": BAD, ".shipworthy.yaml": SETTINGS}
    )
    place.say("/shipworthy config")

    assert "`never`" not in place.answer


def test_what_cannot_be_understood_is_told(place: Scene) -> None:
    place.open(BAD, **{".shipworthy.yaml": "fail_no: error\n"}).say("/shipworthy config")

    assert "Not understood in" in place.answer
    assert '- line 1: unknown key "fail\\_no"' in place.answer
