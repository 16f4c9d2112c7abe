"""The stand-in's HTTP: a token, pages, faults on demand, a log of every request."""

from __future__ import annotations

import json
import re
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from tests.bot.forges.gitlab_stand_in import graphql, rest
from tests.bot.forges.gitlab_stand_in.talk import ROUTES
from tests.bot.forges.gitlab_stand_in.world import BOT, Project, World
from tests.bot.forges.stand_in.fault import LOST, Fault
from tests.bot.forges.stand_in.refusal import Refusal

TOKEN = "glpat-" + "x" * 20
PREFIX = "/code"


class GitlabStandIn:
    """A server for one test, below a path as some are. `requests` lists what was asked, as `METHOD /path`."""

    def __init__(self, certificate: Path | None = None) -> None:
        self.world = World()
        self.faults: list[Fault] = []
        self.requests: list[str] = []
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        if certificate:
            self._server.socket = _secured(self._server.socket, certificate)
        scheme = "https" if certificate else "http"
        self.url = f"{scheme}://127.0.0.1:{self._server.server_port}{PREFIX}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def __enter__(self) -> GitlabStandIn:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def asked(self, pattern: str) -> int:
        """How many requests fit."""
        return sum(bool(re.search(pattern, line)) for line in self.requests)

    def answer(self, method: str, target: str, token: str, body: Any) -> tuple[int, Mapping[str, str], Any]:
        """Status, headers and data; LOST for no answer at all."""
        parts = urlsplit(target)
        path = parts.path.removeprefix(f"{PREFIX}/api/v4").removeprefix(f"{PREFIX}/api")
        line = f"{method} {path}"
        with self._lock:
            self.requests.append(line)
            fault = next((one for one in self.faults if one.times and re.search(one.match, line)), None)
            if fault:
                fault.times -= 1
                if fault.before:
                    fault.before()
            if not fault or fault.is_done:
                answer = self._answer(method, path, dict(parse_qsl(parts.query)), token, body)
        if fault and fault.gate:
            fault.gate.hold()
        return (fault.status, fault.headers, fault.body) if fault else answer

    def _answer(
        self, method: str, path: str, query: dict[str, str], token: str, body: Any
    ) -> tuple[int, Mapping[str, str], Any]:
        try:
            status, data = self._work(method, path, query, token, body)
        except Refusal as refusal:
            return refusal.status, refusal.headers, refusal.body
        if method == "GET" and isinstance(data, list):
            return self._page(path, query, data)
        return status, {}, data

    def _work(self, method: str, path: str, query: dict[str, str], token: str, body: Any) -> tuple[int, Any]:
        if token != TOKEN:
            raise Refusal(401, "401 Unauthorized")
        if path == "/graphql" and self.world.limits.has_graphql:
            return 200, graphql.answer(self.world, body)
        if path == "/user":
            return 200, {"id": BOT, "username": self.world.users[BOT]}
        if path == "/personal_access_tokens/self" and self.world.token is not None:
            return 200, self.world.token
        if path == "/projects":
            least = int(query.get("min_access_level", "0"))
            return 200, [
                rest.told_project(one) for one in self.world.projects.values() if one.lets(BOT, least)
            ]
        if path == "/groups":
            return 200, []
        return self._in_project(method, path, query, body)

    def _in_project(self, method: str, path: str, query: dict[str, str], body: Any) -> tuple[int, Any]:
        match = re.fullmatch(r"/projects/([^/]+)/?(.*)", path)
        project = self._project(unquote(match[1]), match[2]) if match else None
        if match and project:
            for verb, pattern, handler in ROUTES:
                if verb == method and (names := pattern.fullmatch(match[2])):
                    return handler(self.world, project, tuple(map(unquote, names.groups())), query, body)
        raise Refusal(404, "404 Project Not Found")

    def _project(self, name: str, rest_of_path: str) -> Project | None:
        """By number or present name. An old name leads to the number."""
        if moved := self.world.moved.get(name):
            target = f"{self.url}/api/v4/projects/{moved.id}/{rest_of_path}"
            raise Refusal(301, "Moved Permanently", None, {"Location": target})
        found = [one for one in self.world.projects.values() if name in (str(one.id), one.path)]
        return found[0] if found and BOT in found[0].members else None

    def _page(self, path: str, query: dict[str, str], data: list[Any]) -> tuple[int, Mapping[str, str], Any]:
        """By number, or by the last entry seen; the link to the next one names another host."""
        size, page = min(int(query.get("per_page", "20")), 100), int(query.get("page", "1"))
        start = int(query["page_token"]) if "page_token" in query else (page - 1) * size
        headers = {}
        if start + size < len(data):
            is_keyset = query.get("pagination") == "keyset"
            onward = {"page_token": start + size} if is_keyset else {"page": page + 1}
            following = f"https://gitlab.example.com/api/v4{quote(path)}?{urlencode({**query, **onward})}"
            headers["Link"] = f'<{following}>; rel="next"'
        return 200, headers, data[start : start + size]


def _secured(plain: socket.socket, certificate: Path) -> ssl.SSLSocket:
    """The file holds the key too."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context.wrap_socket(plain, server_side=True)


def _handler(stand_in: GitlabStandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            self._serve()

        do_POST = do_PUT = do_DELETE = do_GET

        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            token = self.headers.get("PRIVATE-TOKEN") or ""
            status, headers, data = stand_in.answer(self.command, self.path, token, body)
            if status == LOST:
                self.close_connection = True
                return
            content = data if isinstance(data, bytes) else b"" if data is None else json.dumps(data).encode()
            self.send_response(status)
            length_header = {} if status == 204 else {"Content-Length": str(len(content))}
            for name, value in {**length_header, **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(ConnectionError):
                self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    return Handler
