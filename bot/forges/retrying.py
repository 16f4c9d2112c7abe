"""What is sent again when a server stumbles."""

from __future__ import annotations

import urllib3


def reads_only(*, redirect: bool | None = None) -> urllib3.Retry:
    """Reads, three times in all, and without heed of `Retry-After`: the job waits, not the worker."""
    return urllib3.Retry(
        total=2,
        redirect=redirect,
        allowed_methods=frozenset({"GET", "HEAD"}),
        status_forcelist=(500, 502, 503, 504),
        backoff_factor=0.2,
        respect_retry_after_header=False,
        raise_on_status=False,
    )
