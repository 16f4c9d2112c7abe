"""Requests to GitHub through PyGithub's Requester, tuned so that nothing is posted twice and nobody sleeps.

PyGithub repeats a POST after a 502 by itself and waits for limits inside the process; here only reads are
repeated, and limits become TryLater.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from github.Auth import Auth
from github.Requester import Requester

from bot.errors import Unclear
from bot.forges.github_errors import Answer, Expired, query_refusal, refusal, unclear
from bot.forges.github_pace import Pace
from bot.forges.retrying import reads_only

USER_AGENT = "shipworthy"
API_VERSION = "2022-11-28"
TIMEOUT_SECONDS = 12

OnRequest = Callable[[str, str, int], None]

_TEMPLATES = (
    (re.compile(r"^/repos/[^/]+/[^/]+"), "/repos/{owner}/{repo}"),
    (re.compile(r"/compare/.*"), "/compare/{basehead}"),
    (re.compile(r"/(trees|blobs)/[0-9a-f]+"), r"/\1/{sha}"),
    (re.compile(r"/collaborators/[^/]+"), "/collaborators/{username}"),
    (re.compile(r"/\d+"), "/{number}"),
)
_NEXT = re.compile(r'<([^<>]*)>;\s*rel="next"')


class Client:
    """Speaks to GitHub as one identity. Safe to share: each thread has connections of its own."""

    def __init__(
        self,
        auth: Auth,
        api_url: str,
        graphql_url: str,
        on_request: OnRequest | None = None,
        pace: Pace | None = None,
    ) -> None:
        self._auth = auth
        self._pace = pace
        self._api_url = api_url.rstrip("/")
        self._graphql_base, _, self._graphql_name = graphql_url.rstrip("/").rpartition("/")
        self._on_request = on_request
        self._threads = threading.local()

    def begin(self) -> None:
        """To be called before a piece of work. Raises OverBudget where this is no time to begin."""
        if self._pace:
            self._pace.begin()

    def read(self, path: str, **parameters: str | int) -> Any:
        """The data of a GET. Repeated twice where the server stumbles."""
        return self._ask("GET", path, parameters=parameters).data

    def pages(self, path: str, **parameters: str | int) -> Iterator[Any]:
        """The data of a list, page by page, as the answers themselves say where the next one is."""
        following: Mapping[str, str | int] | None = parameters
        while following is not None:
            answer = self._ask("GET", path, parameters=following)
            yield answer.data
            link = _NEXT.search(answer.headers.get("link", ""))
            following = dict(parse_qsl(urlsplit(link[1]).query)) if link else None

    def write(self, method: str, path: str, body: Mapping[str, Any]) -> Any:
        """The data of a POST or PATCH, sent once. Raises Unclear where nobody knows whether it was done."""
        with self._writing():
            return self._ask(method, path, body=body).data

    def query(self, document: str, variables: Mapping[str, Any]) -> tuple[dict[str, Any], list[Exception]]:
        """The data of a GraphQL query and what was refused of it. Repeated once where the server stumbles."""
        try:
            return self._query(document, variables)
        except Unclear:
            return self._query(document, variables)

    def mutate(self, document: str, variables: Mapping[str, Any]) -> tuple[dict[str, Any], list[Exception]]:
        """As `query`, sent once. Raises what was refused where there is no data at all."""
        with self._writing():
            return self._query(document, variables)

    def _writing(self) -> AbstractContextManager[None]:
        return self._pace.writing() if self._pace else nullcontext()

    def _query(self, document: str, variables: Mapping[str, Any]) -> tuple[dict[str, Any], list[Exception]]:
        body = {"query": document, "variables": variables}
        answer = self._ask("POST", f"/{self._graphql_name}", body=body, graphql=True)
        now = datetime.now(UTC)
        if not isinstance(answer.data, dict):
            raise unclear("GraphQL: no data", now)
        errors = [query_refusal(error, answer, now) for error in answer.data.get("errors") or ()]
        data = answer.data.get("data")
        if not data:
            raise errors[0] if errors else unclear("GraphQL: no data", now)
        return data, errors

    def _ask(self, method: str, path: str, *, graphql: bool = False, **what: Any) -> Answer:
        try:
            return self._checked(method, path, graphql, what)
        except Expired:
            forget = getattr(self._auth, "forget", None)
            if forget is None:
                raise
            forget()
            return self._checked(method, path, graphql, what)

    def _checked(self, method: str, path: str, graphql: bool, what: Mapping[str, Any]) -> Answer:
        answer = self._send(self._requester(graphql), method, path, what)
        if answer.status in (307, 308) and "location" in answer.headers:
            moved = self._moved(answer.headers["location"])
            answer = self._send(self._requester(graphql), method, moved, what)
        if answer.status >= 300:
            raise refusal(answer, f"{method} {template(path)}", datetime.now(UTC))
        return answer

    def _send(self, requester: Requester, method: str, path: str, what: Mapping[str, Any]) -> Answer:
        status = 0
        try:
            status, headers, text = requester.requestJson(
                method, path, parameters=dict(what.get("parameters") or {}), input=what.get("body")
            )
            data = json.loads(text) if text and status < 500 else None
        except (requests.RequestException, ValueError) as problem:
            raise unclear(f"{method} {template(path)}: {type(problem).__name__}", datetime.now(UTC)) from None
        finally:
            if self._on_request:
                self._on_request(method, template(path), status)
        if self._pace:
            self._pace.heard(headers)
        return Answer(status, headers, data)

    def _moved(self, location: str) -> str:
        """The path of a renamed repository; its host is not followed."""
        return urlsplit(location).path.removeprefix(urlsplit(self._api_url).path)

    def _requester(self, graphql: bool) -> Requester:
        name = "graphql" if graphql else "rest"
        requester: Requester | None = getattr(self._threads, name, None)
        if requester is None:
            requester = _requester(self._auth, self._graphql_base if graphql else self._api_url)
            setattr(self._threads, name, requester)
        return requester


def template(path: str) -> str:
    """A path without names and numbers, few enough to count by."""
    for pattern, replacement in _TEMPLATES:
        path = pattern.sub(replacement, path, count=1)
    return path


def _requester(auth: Auth, base_url: str) -> Requester:
    return Requester(
        auth=auth,
        base_url=base_url,
        timeout=TIMEOUT_SECONDS,
        user_agent=USER_AGENT,
        per_page=100,
        verify=True,
        retry=reads_only(),
        pool_size=None,
        lazy=True,
        api_version=API_VERSION,
    )
