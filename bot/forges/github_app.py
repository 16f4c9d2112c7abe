"""Who we are to GitHub: the App's key, and one short-lived token for each installation."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import jwt
from cachetools import TTLCache
from github.Auth import AppAuth, Auth

from bot.errors import Gone, Misconfigured, NotFound
from bot.forges.github_client import Client, OnRequest
from bot.forges.github_key import read_key
from bot.forges.github_pace import Pace

_EARLY = timedelta(minutes=2)
_NEVER = datetime.fromtimestamp(0, UTC) + _EARLY
_INSTALLATIONS = 1000
_IDLE_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where GitHub's interfaces are. Of GitHub Enterprise Server only `api` need be given."""

    api: str = "https://api.github.com"
    graphql: str = ""
    web: str = ""

    @property
    def graphql_url(self) -> str:
        return self.graphql or self.api.rstrip("/").removesuffix("/v3") + "/graphql"

    @property
    def web_url(self) -> str:
        if self.web:
            return self.web.rstrip("/")
        if self.api.rstrip("/") == "https://api.github.com":
            return "https://github.com"
        return self.api.rstrip("/").removesuffix("/api/v3")


class InstallationToken(Auth):
    """A token fetched when first needed, and again shortly before it expires (after an hour)."""

    def __init__(self, fetch: Callable[[], tuple[str, datetime]]) -> None:
        self._fetch = fetch
        self._lock = threading.Lock()
        self._token = ""
        self._expires = _NEVER

    @property
    def token_type(self) -> str:
        return "token"

    @property
    def token(self) -> str:
        with self._lock:
            if datetime.now(UTC) >= self._expires - _EARLY:
                self._token, self._expires = self._fetch()
            return self._token

    def forget(self) -> None:
        """Fetch another one for the next request."""
        with self._lock:
            self._expires = _NEVER


class GithubApp:
    """Our App. Hands out one client an installation; safe to share between threads.

    `on_request` hears of every request: method, path with its names and numbers left out, status
    (0 where no answer came). `create_pace` makes the pace for an installation; without it there is none.
    Raises Misconfigured where the key or the number is none.
    """

    def __init__(
        self,
        app_id: int | str,
        private_key: str,
        addresses: Addresses | None = None,
        on_request: OnRequest | None = None,
        create_pace: Callable[[str], Pace] | None = None,
    ) -> None:
        self.app_id = str(app_id)
        if not self.app_id.isdecimal():
            raise Misconfigured("GITHUB_APP_ID is not a number")
        self.addresses = addresses or Addresses()
        self._on_request = on_request
        self._self = self._client(_app_auth(self.app_id, private_key))
        self._clients: TTLCache[str, Client] = TTLCache(_INSTALLATIONS, _IDLE_SECONDS)
        self._create_pace = create_pace
        # Kept for longer than the clients, or what was written would be forgotten with them.
        self._paces: dict[str, Pace] = {}
        self._lock = threading.Lock()

    @property
    def client(self) -> Client:
        """Speaks as the App itself, which may do little but ask about installations and deliveries."""
        return self._self

    def installed(self, installation: str, repository: str) -> Client:
        """Speaks as an installation. Where its number is not known, GitHub is asked by the repository."""
        number = installation or self._installation_of(repository)
        with self._lock:
            if number not in self._clients:
                token = InstallationToken(lambda: self._fetch_token(number))
                self._clients[number] = self._client(token, self._pace(number))
            return self._clients[number]

    def _installation_of(self, repository: str) -> str:
        return str(self._self.read(f"/repos/{quote(repository)}/installation")["id"])

    def _fetch_token(self, number: str) -> tuple[str, datetime]:
        path = f"/app/installations/{int(number)}/access_tokens"
        try:
            granted = self._self.write("POST", path, {})
        except NotFound as reason:
            raise Gone(f"we are not installed any more: {reason}") from None
        return granted["token"], datetime.fromisoformat(granted["expires_at"])

    def _pace(self, number: str) -> Pace | None:
        if self._create_pace is None:
            return None
        if number not in self._paces:
            self._paces[number] = self._create_pace(number)
        return self._paces[number]

    def _client(self, auth: Auth, pace: Pace | None = None) -> Client:
        return Client(auth, self.addresses.api, self.addresses.graphql_url, self._on_request, pace)


def _app_auth(app_id: str, private_key: str) -> AppAuth:
    key = read_key(private_key)
    return AppAuth(app_id, sign_func=lambda claims: jwt.encode(claims, key, algorithm="RS256"))
