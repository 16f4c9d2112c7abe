"""GitLab instances in the settings: none, one, several, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import Misconfigured
from bot.gitlab_settings import GitLabSettings
from bot.settings import Settings

KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ONE = {"GITLAB_TOKEN": "glpat-one", "GITLAB_WEBHOOK_SECRET": "swordfish"}
LAB = {
    "GITLAB_INSTANCES": "lab",
    "GITLAB_LAB_URL": "https://lab.example.com/gitlab/",
    "GITLAB_LAB_TOKEN": "glpat-two",
    "GITLAB_LAB_SIGNING_TOKEN": KEY,
}


def read(**names: str) -> tuple[GitLabSettings, ...]:
    return Settings.from_environment(names).gitlabs


@pytest.mark.parametrize(
    ("names", "found"),
    [
        pytest.param({}, (), id="none"),
        pytest.param({"GITLAB_URL": "https://lab.example.com"}, (), id="an address alone"),
        pytest.param(ONE, (GitLabSettings("gitlab", "glpat-one", ("swordfish",)),), id="gitlab.com"),
        pytest.param(
            LAB,
            (GitLabSettings("gitlab-lab", "glpat-two", (), (KEY,), "https://lab.example.com/gitlab"),),
            id="a server of one's own, below a path, that signs",
        ),
        pytest.param(
            ONE | LAB | {"GITLAB_WEBHOOK_SECRET": "newer, swordfish"},
            (
                GitLabSettings("gitlab", "glpat-one", ("newer", "swordfish")),
                GitLabSettings("gitlab-lab", "glpat-two", (), (KEY,), "https://lab.example.com/gitlab"),
            ),
            id="two, one with a secret that is being rotated",
        ),
    ],
)
def test_instances(names: dict[str, str], found: tuple[GitLabSettings, ...]) -> None:
    assert read(**names) == found


@pytest.mark.parametrize(
    ("names", "told"),
    [
        pytest.param({"GITLAB_TOKEN": "x"}, "GITLAB_WEBHOOK_SECRET is missing", id="no secret"),
        pytest.param({"GITLAB_SIGNING_TOKEN": KEY}, "GITLAB_TOKEN is missing", id="no token"),
        pytest.param(LAB | {"GITLAB_LAB_TOKEN": ""}, "GITLAB_LAB_TOKEN is missing", id="no token of another"),
        pytest.param(LAB | {"GITLAB_INSTANCES": "lab, my lab"}, "'my lab' is no name", id="no name"),
        pytest.param(
            LAB | {"GITLAB_LAB_SIGNING_TOKEN": "secret!"},
            "GITLAB_LAB_SIGNING_TOKEN is no signing token",
            id="no signing token",
        ),
        pytest.param(ONE | {"GITLAB_CA_BUNDLE": "/none.pem"}, "there is no file /none.pem", id="no file"),
        pytest.param(ONE | {"GITLAB_URL": "gitlab.example.com"}, "GITLAB_URL must begin", id="no address"),
    ],
)
def test_refuses_to_start(names: dict[str, str], told: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        read(**names)

    assert told in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_secrets_come_from_files_too(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("glpat-two\n")
    names = {**LAB, "GITLAB_LAB_TOKEN": "", "GITLAB_LAB_TOKEN_FILE": str(tmp_path / "token")}

    assert read(**names) == read(**LAB)


def test_no_secret_is_shown() -> None:
    shown = repr(read(**ONE, **LAB))

    assert not [word for word in ("glpat", "swordfish", "whsec") if word in shown]


def test_the_settings_of_an_instance_are_known_and_their_misprints_told() -> None:
    known = Settings.from_environment(LAB).warnings
    told = Settings.from_environment({**LAB, "GITLAB_LAB_SIGNING_TOKENS": KEY}).warnings

    assert known == ()
    assert told == (
        "GITLAB_LAB_SIGNING_TOKENS is no setting of Shipworthy. Did you mean GITLAB_LAB_SIGNING_TOKEN?",
    )
