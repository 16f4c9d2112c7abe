"""A Java application beside the Go services: settings, connection pools, log configuration, log calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from analyzers.finding import Location
from analyzers.model.fact import Fact
from analyzers.parsers.light import light_record, light_value

_HANDLERS = frozenset(
    {
        *("RestController", "Controller", "KafkaListener", "RabbitListener", "JmsListener", "MessageMapping"),
        *("RequestMapping", "GetMapping", "PostMapping", "PutMapping", "PatchMapping", "DeleteMapping"),
        *("Path", "GET", "POST", "PUT", "DELETE"),
    }
)
"""Annotations of Spring and JAX-RS on what runs for every request or message."""


@light_value
class Pool:
    """A HikariCP connection pool. What is None is left at HikariCP's default: 10 connections, 30,000 ms.

    https://github.com/brettwooldridge/HikariCP#gear-configuration-knobs-baby
    """

    at: Location
    maximum: Fact[int] | None = None
    connection_timeout: Fact[int] | None = None
    """Milliseconds that a caller waits for a connection."""
    profile: str = ""
    """The Spring profile it is for; empty for all."""
    comment: str = ""
    """What a comment beside or above the maximum says."""


@light_value
class Appender:
    """An appender of Logback. `refs` are the appenders it hands events on to."""

    at: Location
    name: str
    kind: Literal["console", "file", "network", "async", "other"]
    refs: tuple[str, ...] = ()
    settings: Mapping[str, Fact[str]] = field(default_factory=dict)
    """Its plain child elements, such as `queueSize` and `neverBlock`."""
    comment: str = ""
    """The comments in it and right above it."""


@light_value
class AppenderRef:
    """A logger that writes to an appender; the root logger is called `ROOT`."""

    at: Location
    logger: str
    appender: str
    profiles: str = ""
    """The expression of the springProfile around it, or `?` where another condition decides."""


@light_record
class Logback:
    """One logback.xml. `is_complete` is False where another file is included."""

    path: str
    appenders: tuple[Appender, ...]
    refs: tuple[AppenderRef, ...]
    is_complete: bool = True

    def appender(self, name: str) -> Appender | None:
        """The last appender of that name."""
        return next((each for each in reversed(self.appenders) if each.name == name), None)


@light_value
class LogCall:
    """A call of a logger. `building` tells how its message is put together before the level is known."""

    at: Location
    level: Literal["trace", "debug", "info", "warn", "error"]
    message_at: Location
    building: Literal["", "concatenation", "format", "call"] = ""
    calls: tuple[str, ...] = ()
    """The methods that are called for its parts, `String.format` and its like left out."""
    annotations: frozenset[str] = frozenset()
    """Of the method and its class."""
    in_loop: bool = False
    in_condition: bool = False

    @property
    def in_handler(self) -> bool:
        """It runs for every request or message."""
        return not self.annotations.isdisjoint(_HANDLERS)


@light_value
class SpringSettings:
    """One application.yml document or .properties file.

    Keys are in their uniform form, in lower case without dashes:
    https://docs.spring.io/spring-boot/reference/features/external-config.html#features.external-config.typesafe-configuration-properties.relaxed-binding
    """

    path: str
    profile: str
    """Empty where it holds for all profiles."""
    values: Mapping[str, Fact[str]]
    comments: Mapping[str, str]
    """By key, what a comment beside or above it says."""


@light_record
class JavaApplication:
    """`directory` holds its build file ('' is the root)."""

    directory: str
    settings: tuple[SpringSettings, ...] = ()
    pools: tuple[Pool, ...] = ()
    logbacks: tuple[Logback, ...] = ()
    log_calls: tuple[LogCall, ...] = ()
