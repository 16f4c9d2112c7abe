"""Requests and deliveries as the tests need them."""

from __future__ import annotations

from bot.forges.base import ChangeRef, Request, Trigger
from bot.store.deliveries import Delivery


def ask(
    number: int = 1, trigger: Trigger = Trigger.PUSH, *, installation: str = "5", head: str = ""
) -> Request:
    change = ChangeRef("github", "acme/shop", number, installation)
    return Request(change, trigger, actor="dev", head=head)


def deliver(guid: str, request: Request | None = None) -> Delivery:
    return Delivery(guid, "pull_request", request or ask())
