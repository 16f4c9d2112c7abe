"""Settings: what stops a start, what only warns, what follows from what."""

from __future__ import annotations

import base64
import re
import subprocess
from pathlib import Path

import pytest

from bot.errors import Misconfigured
from bot.settings import KNOWN_NAMES, Settings

PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIBOgIBAAJB\nAKj34GkxFhD9\n-----END RSA PRIVATE KEY-----\n"
APP = {"GITHUB_APP_ID": "7", "GITHUB_PRIVATE_KEY": PEM, "GITHUB_WEBHOOK_SECRET": "swordfish"}
EXAMPLE = Path(__file__).parents[2] / ".env.example"


def read(**names: str) -> Settings:
    return Settings.from_environment(names)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        pytest.param(
            {"GITHUB_APP_ID": "7"}, ["GITHUB_PRIVATE_KEY", "GITHUB_WEBHOOK_SECRET"], id="only app id"
        ),
        pytest.param(APP | {"GITHUB_WEBHOOK_SECRET": " "}, ["GITHUB_WEBHOOK_SECRET"], id="no secret"),
        pytest.param(APP | {"GITHUB_WEBHOOK_SECRET": " , "}, ["GITHUB_WEBHOOK_SECRET"], id="only commas"),
        pytest.param(APP | {"GITHUB_APP_ID": "seven"}, ["GITHUB_APP_ID"], id="id is no number"),
        pytest.param(APP | {"GITHUB_PRIVATE_KEY": "swordfish"}, ["GITHUB_PRIVATE_KEY"], id="key is no key"),
        pytest.param({"SECRET_KEY_FILE": "/none"}, ["SECRET_KEY_FILE"], id="no file"),
        pytest.param({"SECRET_KEY_FILE": "/dev/null"}, ["SECRET_KEY_FILE"], id="empty file"),
        pytest.param({"LOCAL_REPOS": "/"}, ["LOCAL_WEBHOOK_SECRET"], id="local without secret"),
        pytest.param({"LOCAL_REPOS": "/none", "LOCAL_WEBHOOK_SECRET": "x"}, ["LOCAL_REPOS"], id="no folder"),
        pytest.param({"PORT": "http"}, ["PORT"], id="port is no number"),
        pytest.param({"QUIET_SECONDS": "nan"}, ["QUIET_SECONDS"], id="not a time"),
        pytest.param({"LOG_FORMAT": "xml"}, ["LOG_FORMAT"], id="no such format"),
        pytest.param({"DATABASE_URL": "mysql://a"}, ["DATABASE_URL"], id="no such database"),
        pytest.param({"DATABASE_URL": "sqlite://"}, ["DATABASE_URL"], id="database in memory"),
        pytest.param({"PUBLIC_URL": "example.com"}, ["PUBLIC_URL"], id="address without scheme"),
        pytest.param({"WORKER_ID": "../w1"}, ["WORKER_ID"], id="name that is none"),
        pytest.param({"PORT": "x", "LOG_LEVEL": "loud"}, ["PORT", "LOG_LEVEL"], id="all problems at once"),
    ],
)
def test_refuses_to_start(names: dict[str, str], told: list[str]) -> None:
    with pytest.raises(Misconfigured) as caught:
        read(**names)
    assert [re.split(r"[ :]", line)[0] for line in str(caught.value).splitlines()] == told


def test_a_problem_never_shows_a_secret() -> None:
    with pytest.raises(Misconfigured) as caught:
        read(**APP | {"GITHUB_PRIVATE_KEY": "marlin"})
    assert "marlin" not in str(caught.value)
    assert "swordfish" not in repr(read(**APP | {"SECRET_KEY": "swordfish"}))


def test_starts_without_any_forge() -> None:
    settings = read()
    assert not settings.has_forge
    assert settings.database_url == "sqlite:///var/shipworthy.db"
    assert (settings.host, settings.port, settings.public_url) == ("127.0.0.1", 8080, "http://localhost:8080")


@pytest.mark.parametrize(
    "key",
    [
        pytest.param(PEM, id="PEM"),
        pytest.param(PEM.replace("\n", "\\n"), id="one line with backslash n"),
        pytest.param(base64.b64encode(PEM.encode()).decode(), id="base64"),
    ],
)
def test_reads_a_private_key(key: str) -> None:
    settings = read(**APP | {"GITHUB_PRIVATE_KEY": key})
    assert settings.github
    assert settings.github.private_key == PEM


def test_reads_secrets_from_files(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(PEM)
    (tmp_path / "secret").write_text("new, old\n")
    settings = read(
        GITHUB_APP_ID="7",
        GITHUB_PRIVATE_KEY_FILE=str(tmp_path / "key"),
        GITHUB_WEBHOOK_SECRET_FILE=str(tmp_path / "secret"),
    )
    assert settings.github
    assert (settings.github.private_key, settings.github.webhook_secrets) == (PEM, ("new", "old"))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param(
            {},
            ("https://api.github.com", "https://api.github.com/graphql", "https://github.com"),
            id="github.com",
        ),
        pytest.param(
            {"GITHUB_API_URL": "https://ghe.acme.io/api/v3/"},
            ("https://ghe.acme.io/api/v3", "https://ghe.acme.io/api/graphql", "https://ghe.acme.io"),
            id="GHES by its API",
        ),
        pytest.param(
            {"GITHUB_URL": "https://ghe.acme.io"},
            ("https://ghe.acme.io/api/v3", "https://ghe.acme.io/api/graphql", "https://ghe.acme.io"),
            id="GHES by its site",
        ),
        pytest.param(
            {"GITHUB_URL": "https://acme.ghe.com"},
            ("https://api.acme.ghe.com", "https://api.acme.ghe.com/graphql", "https://acme.ghe.com"),
            id="GHE.com",
        ),
        pytest.param(
            {"GITHUB_API_URL": "http://a/api/v3", "GITHUB_GRAPHQL_URL": "http://b", "GITHUB_URL": "http://c"},
            ("http://a/api/v3", "http://b", "http://c"),
            id="all given",
        ),
    ],
)
def test_derives_addresses(given: dict[str, str], expected: tuple[str, str, str]) -> None:
    github = read(**APP | given).github
    assert github
    assert (github.api_url, github.graphql_url, github.url) == expected


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        pytest.param("GITHUB_RUN_ID", None, id="a name of Actions"),
        pytest.param("GITHUB_SERVER_URL", None, id="another name of Actions"),
        pytest.param("GITHUB_TOKEN", None, id="a name of many tools"),
        pytest.param("HOSTNAME", None, id="a name of the shell"),
        pytest.param("GITHUB_WEBHOOK_SECRETS", "GITHUB_WEBHOOK_SECRET", id="plural"),
        pytest.param("GITHUB_PRIVATE_KEY_PATH", "GITHUB_PRIVATE_KEY_FILE", id="path for file"),
        pytest.param("WORKER_CONCURENCY", "WORKER_CONCURRENCY", id="misspelt"),
        pytest.param("LOCAL_REPO", "LOCAL_REPOS", id="singular"),
    ],
)
def test_warns_about_near_misses(name: str, meant: str | None) -> None:
    warnings = read(**{name: "1"}).warnings
    assert warnings == ((f"{name} is no setting of Shipworthy. Did you mean {meant}?",) if meant else ())


def test_the_old_name_of_postgresql_is_understood() -> None:
    assert read(DATABASE_URL="postgres://h/d").database_url == "postgresql://h/d"


def test_the_example_documents_exactly_the_settings() -> None:
    named = set(re.findall(r"^(?:# )?([A-Z][A-Z_]+)=", EXAMPLE.read_text(), re.MULTILINE))
    assert named == set(KNOWN_NAMES)


def test_the_example_shows_the_defaults() -> None:
    shown = re.sub(r"^# (?=[A-Z_]+=)", "", EXAMPLE.read_text(), flags=re.MULTILINE)
    script = f"set -a\n{shown}\nenv -0"
    output = subprocess.run(["sh", "-c", script], env={}, capture_output=True, check=True, text=True).stdout
    names = dict(item.split("=", 1) for item in output.split("\0") if item)
    assert Settings.from_environment(names) == read()
