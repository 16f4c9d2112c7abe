"""gunicorn, configured here so that nothing has to be remembered on its command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.config import Config
from gunicorn.glogging import Logger

from bot.counting import share_counts
from bot.settings import Settings

GRACE_SECONDS = 25
_THREADS = 4


class PlainLogger(Logger):
    """Sends gunicorn's own lines where ours go. Requests are logged by those who answer them."""

    def setup(self, cfg: Config) -> None:
        self.error_log.propagate = True


class Server(BaseApplication):
    """`create` runs in each process after the fork: connections and threads do not survive one."""

    def __init__(self, settings: Settings, create: Callable[[], Flask]) -> None:
        self._create = create
        self._options = _options(settings)
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return self._create()


def _options(settings: Settings) -> dict[str, Any]:
    forget_counts = share_counts()
    return {
        "bind": f"{settings.host}:{settings.port}",
        "worker_class": "gthread",
        "workers": settings.web_concurrency,
        "threads": _THREADS,
        "graceful_timeout": GRACE_SECONDS,
        "keepalive": 15,
        "proc_name": "shipworthy-web",
        "logger_class": PlainLogger,
        "control_socket_disable": True,
        "on_exit": lambda _server: forget_counts(),
    }
