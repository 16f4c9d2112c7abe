"""A connection through python-gitlab, tuned: with a time-out, without redirects, repeating only reads."""

from __future__ import annotations

import re

import gitlab
from requests.adapters import HTTPAdapter

from bot.forges.gitlab_instance import Instance
from bot.forges.retrying import reads_only

USER_AGENT = "shipworthy"
TIMEOUT_SECONDS = 12.0

_TEMPLATES = (
    (re.compile(r"^/(projects|groups)/[^/]+"), r"/\1/{id}"),
    (re.compile(r"/(statuses|commits|blobs)/[0-9a-f]{7,}"), r"/\1/{sha}"),
    (re.compile(r"/files/.*"), "/files/{path}/raw"),
    (re.compile(r"/discussions/[0-9a-f]+"), "/discussions/{id}"),
    (re.compile(r"/\d+"), "/{number}"),
)


def connect(instance: Instance) -> gitlab.Gitlab:
    """For one thread."""
    connection = gitlab.Gitlab(
        instance.web_url,
        private_token=instance.token,
        ssl_verify=instance.ca_bundle or True,
        timeout=TIMEOUT_SECONDS,
        user_agent=USER_AGENT,
        keep_base_url=True,
    )
    connection.session.max_redirects = 0
    for scheme in ("https://", "http://"):
        connection.session.mount(scheme, HTTPAdapter(max_retries=reads_only(redirect=False)))
    return connection


def template(path: str) -> str:
    """A path without names and numbers, few enough to count by."""
    for pattern, replacement in _TEMPLATES:
        path = pattern.sub(replacement, path)
    return path
