"""The settings of the bot, all from the environment. `.env.example` says what each one means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.environment import Environment
from bot.errors import Misconfigured
from bot.forge_settings import GitHubSettings, LocalSettings, read_github, read_local
from bot.gitlab_settings import GitLabSettings, instance_names, read_gitlabs

PLAIN_NAMES = (
    "HOST",
    "PORT",
    "PUBLIC_URL",
    "DATABASE_URL",
    "GITHUB_APP_ID",
    "GITHUB_API_URL",
    "GITHUB_GRAPHQL_URL",
    "GITHUB_URL",
    "GITLAB_URL",
    "GITLAB_CA_BUNDLE",
    "GITLAB_INSTANCES",
    "LOCAL_REPOS",
    "GOVULNDB",
    "LOG_LEVEL",
    "LOG_FORMAT",
    "QUIET_SECONDS",
    "WEB_CONCURRENCY",
    "WORKER_CONCURRENCY",
    "WORKER_ID",
)
SECRET_NAMES = (
    "GITHUB_PRIVATE_KEY",
    "GITHUB_WEBHOOK_SECRET",
    "GITLAB_TOKEN",
    "GITLAB_WEBHOOK_SECRET",
    "GITLAB_SIGNING_TOKEN",
    "LOCAL_WEBHOOK_SECRET",
    "ADMIN_PASSWORD",
    "SECRET_KEY",
    "METRICS_TOKEN",
)
"""Each may also be given as a file, by the name with `_FILE` at its end."""

KNOWN_NAMES = (*PLAIN_NAMES, *SECRET_NAMES, *(f"{name}_FILE" for name in SECRET_NAMES))

_DATABASES = ("sqlite:///", "postgresql://", "postgres://", "postgresql+psycopg://")


@dataclass(frozen=True, slots=True)
class Settings:
    """A start that makes sense. A forge that is None is not configured."""

    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str = "http://localhost:8080"
    database_url: str = field(default="sqlite:///var/shipworthy.db", repr=False)
    github: GitHubSettings | None = None
    gitlabs: tuple[GitLabSettings, ...] = ()
    local: LocalSettings | None = None
    admin_password: str = field(default="", repr=False)
    secret_key: str = field(default="", repr=False)
    metrics_token: str = field(default="", repr=False)
    govulndb: str = "https://vuln.go.dev"
    log_level: str = "info"
    log_format: str = "json"
    quiet_seconds: float = 5
    web_concurrency: int = 2
    worker_concurrency: int = 8
    worker_id: str = "w1"
    warnings: tuple[str, ...] = ()

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> Settings:
        """Raises Misconfigured with every problem at once, a line each."""
        environment = Environment(env)
        settings = _read(environment)
        if environment.problems:
            raise Misconfigured("\n".join(environment.problems))
        return settings

    @property
    def has_forge(self) -> bool:
        return bool(self.github or self.gitlabs or self.local)


def _read(environment: Environment) -> Settings:
    port = environment.integer("PORT", 8080, 0, 65535)
    return Settings(
        host=environment.text("HOST", "127.0.0.1"),
        port=port,
        public_url=environment.address("PUBLIC_URL", f"http://localhost:{port}"),
        database_url=_database_url(environment),
        github=read_github(environment),
        gitlabs=read_gitlabs(environment),
        local=read_local(environment),
        admin_password=environment.secret("ADMIN_PASSWORD"),
        secret_key=environment.secret("SECRET_KEY"),
        metrics_token=environment.secret("METRICS_TOKEN"),
        govulndb=environment.text("GOVULNDB", "https://vuln.go.dev"),
        log_level=environment.choice("LOG_LEVEL", "info", ("debug", "info", "warning", "error")),
        log_format=environment.choice("LOG_FORMAT", "json", ("json", "text")),
        quiet_seconds=environment.number("QUIET_SECONDS", 5, 0, 600),
        web_concurrency=environment.integer("WEB_CONCURRENCY", 2, 1, 64),
        worker_concurrency=environment.integer("WORKER_CONCURRENCY", 8, 1, 64),
        worker_id=environment.slug("WORKER_ID", "w1"),
        warnings=_warnings(environment),
    )


def _database_url(environment: Environment) -> str:
    url = environment.text("DATABASE_URL", "sqlite:///var/shipworthy.db")
    if url in ("sqlite://", "sqlite:///", "sqlite:///:memory:"):
        environment.problems.append("DATABASE_URL must name a file: web and worker are two processes")
    elif not url.startswith(_DATABASES):
        scheme = url.partition(":")[0]
        environment.problems.append(
            f"DATABASE_URL must begin with sqlite:/// or postgresql://, not {scheme}:"
        )
    return url.replace("postgres://", "postgresql://", 1)


def _warnings(environment: Environment) -> tuple[str, ...]:
    plain, secrets = instance_names(environment.values)
    known = (*KNOWN_NAMES, *plain, *secrets, *(f"{name}_FILE" for name in secrets))
    return environment.near_misses(known)
