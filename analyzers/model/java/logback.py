"""Reads logback.xml: which appenders there are, and which loggers write to them.

Format: https://logback.qos.ch/manual/configuration.html
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from analyzers.finding import Location
from analyzers.model.fact import Fact
from analyzers.model.java.application import Appender, AppenderRef, Logback

if TYPE_CHECKING:
    from analyzers.parsers.xml_tree import Element

Kind = Literal["console", "file", "network", "async", "other"]
_FILE = re.compile(r"logback(?:-spring|-[A-Za-z0-9_]+)?\.xml")
_KINDS: tuple[tuple[str, Kind], ...] = (
    ("AsyncAppender", "async"),
    ("AsyncDisruptorAppender", "async"),
    ("LogstashTcpSocketAppender", "async"),
    ("LogstashUdpSocketAppender", "async"),
    ("ConsoleAppender", "console"),
    ("FileAppender", "file"),
    ("SocketAppender", "network"),
    ("SyslogAppender", "network"),
    ("SMTPAppender", "network"),
    ("DBAppender", "network"),
)
"""By the end of the class name. Logstash's socket appenders have a ring buffer of their own."""
_INCLUSION = frozenset({"include", "import-resource"})


def is_logback(path: str) -> bool:
    """A log configuration of what is deployed: logback-test.xml is for tests."""
    name = posixpath.basename(path)
    return bool(_FILE.fullmatch(name)) and name != "logback-test.xml"


def read_logback(path: str, root: Element) -> Logback | None:
    """The configuration; None for XML of another kind."""
    if root.name not in ("configuration", "included"):
        return None
    elements = tuple(root.descendants())
    return Logback(
        path,
        tuple(_appender(path, element) for element in elements if element.name == "appender"),
        tuple(ref for element in elements for ref in _refs(path, element)),
        not any(element.name in _INCLUSION for element in elements),
    )


def _appender(path: str, element: Element) -> Appender:
    plain = (child for child in element.children if not child.children and child.text.strip())
    return Appender(
        at=Location(path, element.span),
        name=element.attributes.get("name", ""),
        kind=_kind(element.attributes.get("class", "")),
        refs=tuple(child.attributes.get("ref", "") for child in element.named("appender-ref")),
        settings={child.name: _text(path, child) for child in plain},
        comment=element.comment,
    )


def _kind(class_name: str) -> Kind:
    return next((kind for end, kind in _KINDS if class_name.endswith(end)), "other")


def _text(path: str, element: Element) -> Fact[str]:
    text = element.text.strip()
    return Fact(None if "${" in text else text, Location(path, element.span))


def _refs(path: str, element: Element) -> Iterator[AppenderRef]:
    if element.name not in ("root", "logger"):
        return
    name = "ROOT" if element.name == "root" else element.attributes.get("name", "")
    for child in element.descendants():
        if child.name == "appender-ref":
            yield AppenderRef(
                Location(path, child.span), name, child.attributes.get("ref", ""), _profiles(child)
            )


def _profiles(element: Element) -> str:
    """What decides whether an element counts: the innermost springProfile, or `if`."""
    for outer in element.around():
        if outer.name == "springProfile":
            return outer.attributes.get("name", "?")
        if outer.name in ("if", "then", "else"):
            return "?"
    return ""
