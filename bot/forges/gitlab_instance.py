"""A GitLab: where it is, what it is called among several, and who we are to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

FORGE = "gitlab"


@dataclass(frozen=True, slots=True)
class Instance:
    """`url` may have a path (`https://host/gitlab`). The first of several is just `gitlab`."""

    url: str
    token: str = field(repr=False)
    name: str = FORGE
    """What `ChangeRef.forge` says."""
    certificates: str = ""
    """A file with the authorities to trust; those of the system where empty."""

    @property
    def web_url(self) -> str:
        """Without a final slash."""
        return self.url.rstrip("/")

    @property
    def graphql_url(self) -> str:
        return f"{self.web_url}/api/graphql"


def name_instance(url: str, is_first: bool) -> str:
    """A name for `ChangeRef.forge`: it stays the same as long as the address does."""
    parts = urlsplit(url.rstrip("/"))
    return FORGE if is_first else f"{FORGE}:{parts.netloc}{parts.path}".lower()
