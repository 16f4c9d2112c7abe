"""GitLab instances as the settings name them: one by default, more by name.

`GITLAB_URL`, `GITLAB_TOKEN`, … are those of the first. `GITLAB_INSTANCES=lab` adds another, told by
`GITLAB_LAB_URL`, `GITLAB_LAB_TOKEN`, …, whose webhooks come to `/webhooks/gitlab-lab`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.environment import Environment
from bot.forge_settings import is_wanted
from bot.forges.gitlab_envelope import is_signing_key

FORGE = "gitlab"
_NAME = re.compile(r"[a-z][a-z0-9]{0,19}")
_PLAIN = ("URL", "CA_BUNDLE")
_SECRET = ("TOKEN", "WEBHOOK_SECRET", "SIGNING_TOKEN")


@dataclass(frozen=True, slots=True)
class GitLabSettings:
    """GitLab.com or a server of one's own. `name` is that of the forge: `gitlab`, or `gitlab-<instance>`."""

    name: str
    token: str = field(repr=False)
    webhook_secrets: tuple[str, ...] = field(repr=False)
    signing_tokens: tuple[str, ...] = field(default=(), repr=False)
    url: str = "https://gitlab.com"
    ca_bundle: str = ""
    """A file of certificates to trust; empty for those of the system."""


def read_gitlabs(environment: Environment) -> tuple[GitLabSettings, ...]:
    """All that are configured, the default one first."""
    named = [(f"{FORGE}-{name}", f"GITLAB_{name.upper()}_") for name in _instances(environment)]
    found = (_read(environment, name, prefix) for name, prefix in ((FORGE, "GITLAB_"), *named))
    return tuple(one for one in found if one)


def instance_names(values: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The variables of the further instances: plain ones, and those that may come from a file."""
    prefixes = [f"GITLAB_{name.upper()}_" for name in _split(values.get("GITLAB_INSTANCES", ""))]
    plain = tuple(prefix + word for prefix in prefixes for word in _PLAIN)
    return plain, tuple(prefix + word for prefix in prefixes for word in _SECRET)


def _instances(environment: Environment) -> Iterator[str]:
    for name in _split(environment.text("GITLAB_INSTANCES")):
        if _NAME.fullmatch(name):
            yield name
        else:
            environment.problems.append(
                f"GITLAB_INSTANCES: {name!r} is no name; up to 20 small letters and digits are"
            )


def _split(text: str) -> list[str]:
    return [part.strip().lower() for part in text.split(",") if part.strip()]


def _read(environment: Environment, name: str, prefix: str) -> GitLabSettings | None:
    """One instance; None where nothing is said of it. A secret for its webhooks may be of either sort."""
    sort = "SIGNING_TOKEN" if environment.is_set(f"{prefix}SIGNING_TOKEN") else "WEBHOOK_SECRET"
    if not is_wanted(environment, name, (f"{prefix}TOKEN", f"{prefix}{sort}")):
        return None
    return GitLabSettings(
        name=name,
        token=environment.secret(f"{prefix}TOKEN"),
        webhook_secrets=environment.secrets(f"{prefix}WEBHOOK_SECRET"),
        signing_tokens=_signing(environment, f"{prefix}SIGNING_TOKEN"),
        url=environment.address(f"{prefix}URL", "https://gitlab.com"),
        ca_bundle=_ca_bundle(environment, f"{prefix}CA_BUNDLE"),
    )


def _signing(environment: Environment, name: str) -> tuple[str, ...]:
    keys = environment.secrets(name)
    if not all(map(is_signing_key, keys)):
        environment.problems.append(f"{name} is no signing token: GitLab's begin with whsec_")
    return keys


def _ca_bundle(environment: Environment, name: str) -> str:
    path = environment.text(name)
    if path and not Path(path).is_file():
        environment.problems.append(f"{name}: there is no file {path}")
    return path
