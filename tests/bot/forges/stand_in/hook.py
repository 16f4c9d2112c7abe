"""The App's webhook as GitHub remembers it: every try to hand something over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import requests

from tests.bot.forges.stand_in.refusal import Refusal


@dataclass(frozen=True)
class Delivery:
    """One try to hand over a webhook."""

    id: int
    guid: str
    event: str
    body: bytes
    status: str
    delivered_at: datetime
    is_redelivery: bool = False


Send = Callable[[Delivery], str]


class Hook:
    """The App's webhook: every try, the newest last. `send` brings one to the bot and tells the status."""

    def __init__(self) -> None:
        self.deliveries: list[Delivery] = []
        self.send: Send = lambda delivery: "OK"

    def miss(
        self, event: str, body: bytes, guid: str, status: str = "failed to connect", minutes: float = 2
    ) -> Delivery:
        """Something happened `minutes` ago, and nobody was there to hear of it."""
        at = datetime.now(UTC) - timedelta(minutes=minutes)
        # Numbers as long as GitHub's.
        delivery = Delivery(10**17 + len(self.deliveries), guid, event, body, status, at)
        self.deliveries.append(delivery)
        return delivery

    def attempt(self, number: int) -> None:
        missed = next((one for one in self.deliveries if one.id == number), None)
        if missed is None:
            raise Refusal(404, "Not Found")
        again = replace(
            missed, id=10**17 + len(self.deliveries), delivered_at=datetime.now(UTC), is_redelivery=True
        )
        self.deliveries.append(replace(again, status=self.send(again)))


def posting(address: str, headers: Callable[[bytes, str, str], Mapping[str, str]]) -> Send:
    """Sends over HTTP, signed by `headers`."""

    def send(delivery: Delivery) -> str:
        head = headers(delivery.body, delivery.guid, delivery.event)
        try:
            answer = requests.post(address, data=delivery.body, headers=head, timeout=10)
        except requests.RequestException:
            return "failed to connect to host"
        return "OK" if answer.ok else f"Invalid HTTP Response: {answer.status_code}"

    return send
