"""Requests to GitLab through python-gitlab, tuned so that nothing is posted twice and nobody sleeps.

python-gitlab waits for limits inside the process and has no time-out; here limits become TryLater, and
only reads are repeated. It follows redirects with the token; here only the path of one is followed.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import gitlab
import requests
from cachetools import TTLCache
from gitlab.exceptions import GitlabError

from bot.errors import Gone, NotAllowed
from bot.forges.gitlab_connection import connect, template
from bot.forges.gitlab_errors import Expired, Unanswerable, query_refusal, refusal, unclear
from bot.forges.gitlab_instance import Instance
from bot.forges.gitlab_pace import FILES_A_MINUTE, NOTES_A_MINUTE, Pace

A_PAGE = 100
_REFUSAL_REMEMBERED_SECONDS = 3600.0
_ANY = ""

OnRequest = Callable[[str, str, int], None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `next` are the parameters of the next page, None on the last one."""

    data: Any
    headers: Mapping[str, str]
    next: Mapping[str, str] | None = None


class Client:
    """Speaks to one instance with one token. Safe to share: each thread has connections of its own."""

    def __init__(self, instance: Instance, on_request: OnRequest | None = None) -> None:
        self.instance = instance
        self.notes = Pace("notes", NOTES_A_MINUTE)
        self.files = Pace("files", FILES_A_MINUTE)
        self._on_request = on_request
        self._threads = threading.local()
        self._refused: TTLCache[str, str] = TTLCache(10, _REFUSAL_REMEMBERED_SECONDS)
        self._user = ""

    @property
    def user_id(self) -> str:
        """Whose the token is. Asked once."""
        if not self._user:
            self._user = str(self.read("/user")["id"])
        return self._user

    def read(self, path: str, **parameters: str | int) -> Any:
        """The data of a GET. Repeated twice where the server stumbles."""
        return self._ask("GET", path, parameters=parameters).data

    def read_bytes(self, path: str) -> bytes:
        """The bare content of a GET."""
        content = self._ask("GET", path, is_raw=True).data
        return bytes(content)

    def pages(self, path: str, most: int, **parameters: str | int) -> Iterator[Any]:
        """The entries of at most so many pages, a hundred each."""
        for answer in self.answers(path, most, **parameters):
            yield from answer.data

    def answers(self, path: str, most: int, **parameters: str | int) -> Iterator[Answer]:
        """The pages themselves, for who must know whether the last one came."""
        ask: Mapping[str, Any] | None = {"per_page": A_PAGE, **parameters}
        for _ in range(most):
            answer = self._ask("GET", path, parameters=ask)
            yield answer
            ask = answer.next
            if ask is None:
                return

    def write(self, method: str, path: str, body: Mapping[str, Any]) -> Any:
        """The data of a POST, PUT or DELETE, sent once. Raises Unclear where nobody knows if it was done."""
        return self._ask(method, path, body=body).data

    def query(self, kind: str, document: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """The data of a GraphQL query.

        Raises Unanswerable where the instance does not take it, and for an hour without asking once
        `shun` was called for its kind, or no query at all was let in.
        """
        if reason := self._refused.get(kind) or self._refused.get(_ANY):
            raise Unanswerable(reason)
        body = {"query": document, "variables": variables}
        try:
            data = self._ask("POST", self.instance.graphql_url, body=body).data
        except Expired:
            raise
        except (Gone, NotAllowed) as no:
            self.shun(_ANY, no)
            raise Unanswerable(str(no)) from None
        if not isinstance(data, dict) or not (data.get("data") or data.get("errors")):
            raise unclear("GraphQL: no data", datetime.now(UTC))
        if data.get("errors"):
            raise query_refusal(data["errors"])
        return dict(data["data"])

    def shun(self, kind: str, reason: Exception) -> None:
        """Ask no more queries of this kind for an hour."""
        self._refused[kind] = str(reason)

    def _ask(self, method: str, path: str, **what: Any) -> Answer:
        try:
            answer = self._send(method, path, what)
        except requests.TooManyRedirects as moved:
            answer = self._send(method, self._moved(moved), what)
        return answer

    def _send(self, method: str, path: str, what: Mapping[str, Any]) -> Answer:
        name = template(path.removeprefix(self.instance.web_url))
        self._threads.answer = None
        try:
            response = self._connection().http_request(
                method.lower(),
                path,
                query_data=dict(what.get("parameters") or {}),
                post_data=what.get("body"),
                obey_rate_limit=False,
                retry_transient_errors=False,
            )
            return _answer(response, what.get("is_raw", False))
        except requests.TooManyRedirects:
            raise
        except GitlabError:
            raise self._refusal(f"{method} {name}") from None
        except (requests.RequestException, ValueError) as problem:
            raise unclear(f"{method} {name}: {type(problem).__name__}", datetime.now(UTC)) from None
        finally:
            if self._on_request:
                self._on_request(method, name, getattr(self._threads.answer, "status_code", 0))

    def _refusal(self, asked: str) -> Exception:
        """python-gitlab's errors have no headers, so the answer itself is read."""
        answer: requests.Response | None = self._threads.answer
        now = datetime.now(UTC)
        if answer is None:
            return unclear(f"{asked}: no answer", now)
        try:
            data = answer.json()
        except ValueError:
            data = ""
        return refusal(answer.status_code, _headers(answer), data, asked, now)

    def _moved(self, moved: requests.TooManyRedirects) -> str:
        """The path of a renamed project. Neither its host nor anything outside the interface is followed."""
        location = moved.response.headers.get("location", "") if moved.response is not None else ""
        before, api, path = urlsplit(location).path.partition("/api/v4")
        if not api or not before == urlsplit(self.instance.web_url).path:
            raise unclear("a redirect out of the interface", datetime.now(UTC)) from None
        return path

    def _connection(self) -> gitlab.Gitlab:
        connection: gitlab.Gitlab | None = getattr(self._threads, "connection", None)
        if connection is None:
            connection = connect(self.instance)
            connection.session.hooks["response"].append(self._remember)
            self._threads.connection = connection
        return connection

    def _remember(self, response: requests.Response, *_: Any, **__: Any) -> None:
        self._threads.answer = response


def _answer(response: requests.Response, is_raw: bool) -> Answer:
    headers = _headers(response)
    if is_raw:
        return Answer(response.content, headers)
    data = json.loads(response.content) if response.content else None
    link = response.links.get("next", {}).get("url")
    return Answer(data, headers, dict(parse_qsl(urlsplit(link).query)) if link else None)


def _headers(response: requests.Response) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}
