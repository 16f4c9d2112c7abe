"""What each forge needs to be told, read as a whole: complete, or absent."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bot.environment import Environment
from bot.errors import Misconfigured
from bot.private_key import read_private_key


@dataclass(frozen=True, slots=True)
class GitHubSettings:
    """A GitHub App on GitHub.com, GHE.com or a GitHub Enterprise Server."""

    app_id: int
    private_key: str = field(repr=False)
    webhook_secrets: tuple[str, ...] = field(repr=False)
    api_url: str = "https://api.github.com"
    graphql_url: str = "https://api.github.com/graphql"
    url: str = "https://github.com"


@dataclass(frozen=True, slots=True)
class LocalSettings:
    """A folder of git repositories that serves as a forge."""

    repositories: Path
    webhook_secrets: tuple[str, ...] = field(repr=False)


GITHUB_REQUIRED = ("GITHUB_APP_ID", "GITHUB_PRIVATE_KEY", "GITHUB_WEBHOOK_SECRET")
LOCAL_REQUIRED = ("LOCAL_REPOS", "LOCAL_WEBHOOK_SECRET")


def read_github(environment: Environment) -> GitHubSettings | None:
    """None where no credential is given; a problem for every one that is missing where some are."""
    if not is_wanted(environment, "GitHub", GITHUB_REQUIRED):
        return None
    api_url, graphql_url, url = _github_addresses(environment)
    return GitHubSettings(
        app_id=environment.integer("GITHUB_APP_ID", 0, 1, 2**53),
        private_key=_private_key(environment),
        webhook_secrets=environment.secrets("GITHUB_WEBHOOK_SECRET"),
        api_url=api_url,
        graphql_url=graphql_url,
        url=url,
    )


def read_local(environment: Environment) -> LocalSettings | None:
    if not is_wanted(environment, "the local forge", LOCAL_REQUIRED):
        return None
    repositories = Path(environment.text("LOCAL_REPOS")).absolute()
    if not repositories.is_dir():
        environment.problems.append(f"LOCAL_REPOS: {repositories} is not a folder")
    return LocalSettings(repositories, environment.secrets("LOCAL_WEBHOOK_SECRET"))


def is_wanted(environment: Environment, forge: str, required: tuple[str, ...]) -> bool:
    """Whether all of `required` are set; what is missing of some is a problem."""
    missing = [name for name in required if not environment.is_set(name)]
    if len(missing) == len(required):
        return False
    environment.problems.extend(f"{name} is missing: {forge} is configured only in part" for name in missing)
    return not missing


def _private_key(environment: Environment) -> str:
    text = environment.secret("GITHUB_PRIVATE_KEY")
    if not text:
        return ""
    try:
        return read_private_key(text)
    except Misconfigured as reason:
        environment.problems.append(f"GITHUB_PRIVATE_KEY {reason}")
        return ""


def _github_addresses(environment: Environment) -> tuple[str, str, str]:
    """REST, GraphQL and the site; what is not given follows from what is."""
    api_url = environment.address("GITHUB_API_URL") or _api_of(environment.address("GITHUB_URL"))
    graphql_url = environment.address("GITHUB_GRAPHQL_URL") or _graphql_of(api_url)
    return api_url, graphql_url, environment.address("GITHUB_URL") or _site_of(api_url)


def _api_of(site: str) -> str:
    host = urlsplit(site).netloc
    if not site or host == "github.com":
        return "https://api.github.com"
    if host.endswith(".ghe.com"):
        return f"https://api.{host}"
    return f"{site}/api/v3"


def _graphql_of(api_url: str) -> str:
    """GHES has `/api/v3` beside `/api/graphql`; github.com and GHE.com have `/graphql`."""
    return api_url.removesuffix("/v3") + "/graphql"


def _site_of(api_url: str) -> str:
    return api_url.removesuffix("/api/v3").replace("://api.", "://", 1)
