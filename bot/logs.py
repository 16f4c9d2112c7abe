"""Logs: one JSON object a line, or text for people; without secrets; ours and our libraries' alike."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_SECRETS = (
    # https://github.blog/engineering/behind-githubs-new-authentication-token-formats/
    (re.compile(r"gh[a-z]_[A-Za-z0-9._-]{36,}"), "[token]"),
    (re.compile(r"github_pat_[A-Za-z0-9_]{22,}"), "[token]"),
    (re.compile(r"gl[a-z]{2,8}-[A-Za-z0-9._-]{20,}"), "[token]"),
    (re.compile(r"(?i)\b(bearer|token|basic) +[A-Za-z0-9._~+/=-]{16,}"), r"\1 [token]"),
    (re.compile(r"://[^/\s@]{1,512}@"), "://[secret]@"),
    (
        re.compile(r"-----BEGIN [A-Z ]{0,32}PRIVATE KEY-----[^-]{0,16384}(?:-----END [A-Z ]{0,32}-----)?"),
        "[key]",
    ),
)

_FIRST_STEPS: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", key="ts"),
    structlog.stdlib.ExtraAdder(),
]


def configure_logs(level: str, form: str) -> None:
    """`level` as in LOG_LEVEL, `form` json or text. Everything goes to standard error."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_FIRST_STEPS,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_FIRST_STEPS, processors=_last_steps(form)
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    sys.excepthook = _log_crash
    _tame_libraries()


def redact(value: Any) -> Any:
    """The value with everything in it replaced that looks like a credential."""
    if isinstance(value, str):
        for pattern, word in _SECRETS:
            value = pattern.sub(word, value)
        return value
    if isinstance(value, dict):
        return {key: redact(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [redact(item) for item in value]
    return value


def _last_steps(form: str) -> list[Processor]:
    steps: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, _name_error]
    if form == "text":
        return [*steps, _redact_all, structlog.dev.ConsoleRenderer(colors=False)]
    return [
        *steps,
        structlog.processors.EventRenamer("msg"),
        _restore_event,
        _put_in_order,
        _redact_all,
        structlog.processors.JSONRenderer(default=str, ensure_ascii=False),
    ]


def _name_error(logger: WrappedLogger, method: str, fields: EventDict) -> EventDict:
    """`exc_info` as `error.type` and `error.stack`."""
    information = fields.pop("exc_info", None)
    if information is True:
        information = sys.exc_info()
    if isinstance(information, BaseException):
        information = (type(information), information, information.__traceback__)
    if information and information[0]:
        fields["error.type"] = information[0].__name__
        fields["error.stack"] = "".join(traceback.format_exception(*information))
    return fields


def _restore_event(logger: WrappedLogger, method: str, fields: EventDict) -> EventDict:
    """Structlog wants `event` for the message; in our lines it is the name of the webhook event."""
    if "webhook_event" in fields:
        fields["event"] = fields.pop("webhook_event")
    return fields


def _put_in_order(logger: WrappedLogger, method: str, fields: EventDict) -> EventDict:
    """What every line has comes first; what is not known is left out."""
    first = {name: fields[name] for name in ("ts", "level", "msg", "event") if name in fields}
    return {name: value for name, value in {**first, **fields}.items() if value is not None}


def _redact_all(logger: WrappedLogger, method: str, fields: EventDict) -> MutableMapping[str, Any]:
    return {key: redact(value) for key, value in fields.items()}


def _log_crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What ends the process is a line as any other: also without secrets."""
    logging.getLogger(__name__).critical("crashed", exc_info=(kind, error, trace))


def _tame_libraries() -> None:
    # DBOS adds a handler of its own unless there is one, and tells a lot at `info`.
    engine = logging.getLogger("dbos")
    engine.addHandler(logging.NullHandler())
    for name in ("dbos", "alembic", "urllib3", "sqlalchemy"):
        logging.getLogger(name).setLevel(logging.WARNING)
