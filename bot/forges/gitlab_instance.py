"""A GitLab: where it is, what it is called among several, and who we are to it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Instance:
    """`url` may have a path (`https://host/gitlab`)."""

    url: str
    token: str = field(repr=False)
    name: str = "gitlab"
    """What `ChangeRef.forge` says: `gitlab`, or `gitlab-<name>` where there are several."""
    ca_bundle: str = ""
    """A file of certificates to trust; empty for those of the system."""

    @property
    def web_url(self) -> str:
        """Without a final slash."""
        return self.url.rstrip("/")

    @property
    def graphql_url(self) -> str:
        return f"{self.web_url}/api/graphql"
