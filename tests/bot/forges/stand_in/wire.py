"""The stand-in answered by `responses`, without a network: for one process that talks through `requests`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import requests
import responses

from tests.bot.forges.stand_in.fault import LOST

if TYPE_CHECKING:
    from tests.bot.forges.stand_in.server import StandIn

URL = "https://ghe.example.com"
_METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE")


@contextmanager
def wired(stand_in: StandIn) -> Iterator[None]:
    """While it lasts, what is sent to `URL` reaches the stand-in, and nothing reaches anything else."""

    def answer(request: requests.PreparedRequest) -> tuple[int, dict[str, str], str]:
        token = str(request.headers.get("Authorization") or "").rpartition(" ")[2]
        body = json.loads(request.body) if request.body else None
        status, headers, data = stand_in.answer(str(request.method), request.path_url, token, body)
        if status == LOST:
            raise requests.ConnectionError("the line was cut")
        return status, dict(headers), json.dumps(data) if data is not None else ""

    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        for method in _METHODS:
            mock.add_callback(method, re.compile(re.escape(URL) + "[:/]"), callback=answer)
        yield
