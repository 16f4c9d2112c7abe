"""The stand-in's HTTP: tokens, faults on demand, a log of every request."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.bot.forges.stand_in import app, graphql, rest, talk
from tests.bot.forges.stand_in.contract import violations
from tests.bot.forges.stand_in.fault import LOST, Fault
from tests.bot.forges.stand_in.refusal import Refusal
from tests.bot.forges.stand_in.wire import URL, wired
from tests.bot.forges.stand_in.world import World


@cache
def key_pair() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65_537, key_size=2048)


@cache
def private_key() -> str:
    """In the form a person downloads it from GitHub."""
    form, encoding = serialization.PrivateFormat.TraditionalOpenSSL, serialization.Encoding.PEM
    return key_pair().private_bytes(encoding, form, serialization.NoEncryption()).decode()


class StandIn:
    """GitHub for one test. `requests` lists what was asked, as `METHOD /path`."""

    def __init__(self) -> None:
        self.world = World()
        self.faults: list[Fault] = []
        self.requests: list[str] = []
        self.violations: list[str] = []
        self.tokens: set[str] = set()
        self.headers: dict[str, str] = {}
        """Sent along with every answer."""
        self._owners: dict[str, int] = {}
        self._issued = 0
        self._lock = threading.Lock()
        self.url = URL

    def asked(self, pattern: str) -> int:
        """How many requests fit."""
        return sum(bool(re.search(pattern, line)) for line in self.requests)

    def answer(self, method: str, target: str, token: str, body: Any) -> tuple[int, Mapping[str, str], Any]:
        """Status, headers and data; LOST for no answer at all."""
        parts = urlsplit(target)
        path = parts.path.removeprefix("/api/v3").removeprefix("/api")
        line = f"{method} {path}"
        with self._lock:
            self.requests.append(line)
            self.violations += violations(method, path, body)
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
        self, method: str, path: str, query: Any, token: str, body: Any
    ) -> tuple[int, Mapping[str, str], Any]:
        try:
            status, headers, data = self._work(method, path, query, token, body)
        except Refusal as refusal:
            return refusal.status, refusal.headers, refusal.body
        return status, {**headers, **self.headers}, data

    def _work(
        self, method: str, path: str, query: Any, token: str, body: Any
    ) -> tuple[int, Mapping[str, str], Any]:
        if path.startswith("/app/") or path.endswith("/installation"):
            self._check_app(token)
            if answer := app.as_app(self.world, method, path, query):
                return answer
        elif token not in self.tokens:
            raise Refusal(401, "Bad credentials")
        elif self._owners[token] in self.world.suspended:
            raise Refusal(403, "This installation has been suspended")
        elif path == "/installation/repositories":
            return app.repositories(self.world, self._owners[token], query)
        status, data = self._work_as_installation(method, path, query, body)
        return status, {}, data

    def _work_as_installation(self, method: str, path: str, query: Any, body: Any) -> tuple[int, Any]:
        if path == "/graphql":
            return 200, graphql.answer(self.world, body)
        token_of = re.fullmatch(r"/app/installations/(\d+)/access_tokens", path)
        if token_of and int(token_of[1]) in self.world.installations:
            if int(token_of[1]) in self.world.suspended:
                raise Refusal(403, "This installation has been suspended")
            self._issued += 1
            issued, answer = rest.access_token(self.world, self._issued)
            self.tokens.add(issued)
            self._owners[issued] = int(token_of[1])
            return 201, answer
        return self._in_repository(method, path, query, body)

    def _in_repository(self, method: str, path: str, query: Any, body: Any) -> tuple[int, Any]:
        match = re.fullmatch(r"/repos/([^/]+/[^/]+)(?:/(.+))?", path)
        if match and (now := self.world.renamed.get(match[1])):
            moved = f"{self.url}/api/v3/repos/{now}" + (f"/{match[2]}" if match[2] else "")
            raise Refusal(301 if method == "GET" else 307, "Moved Permanently", None, {"Location": moved})
        repository = self.world.repositories.get(match[1]) if match else None
        if match and repository and not match[2]:
            return 200, app.repository(repository)
        if match and repository:
            for verb, pattern, handler in talk.ROUTES:
                if verb == method and (names := pattern.fullmatch(match[2])):
                    return handler(self.world, repository, tuple(map(unquote, names.groups())), query, body)
        raise Refusal(404, "Not Found")

    def _check_app(self, token: str) -> None:
        try:
            claims = jwt.decode(token, key_pair().public_key(), algorithms=["RS256"])
        except jwt.PyJWTError:
            raise Refusal(401, "A JSON web token could not be decoded") from None
        if claims["iss"] != str(self.world.app_id):
            raise Refusal(401, "Integration not found")


@contextmanager
def unserved() -> Iterator[StandIn]:
    """Without a network, for one process. Ends in an error where a body was sent that is not described."""
    stand_in = StandIn()
    with wired(stand_in):
        yield stand_in
    assert stand_in.violations == []


@contextmanager
def served() -> Iterator[StandIn]:
    """Over HTTP, for as many processes as like. Ends as `unserved` does."""
    stand_in = StandIn()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(stand_in))
    server.daemon_threads = True
    stand_in.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert stand_in.violations == []


def _handler(stand_in: StandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            self._serve()

        do_POST = do_PATCH = do_GET

        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            token = (self.headers.get("Authorization") or "").rpartition(" ")[2]
            status, headers, data = stand_in.answer(self.command, self.path, token, body)
            if status == LOST:
                self.close_connection = True
                return
            content = json.dumps(data).encode() if data is not None else b""
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(ConnectionError):
                self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    return Handler
