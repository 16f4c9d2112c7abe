from __future__ import annotations

import re
from collections.abc import Iterator

from analyzers.finding import Edit, Fix
from analyzers.fixes.lines import replace_at
from analyzers.model.java.application import Appender, AppenderRef, Logback
from analyzers.model.java.profiles import is_deployed_profile
from analyzers.model.repository import Repository
from analyzers.rule import Problem, rule

_CASES = {"file": "", "network": "network", "console": "console"}
_DECIDED = re.compile(r"async|queue|block", re.I)
"""Words of a comment by which somebody has thought of it."""
_LINES = (
    '<appender name="{asynchronous}" class="ch.qos.logback.classic.AsyncAppender">',
    "  <queueSize>8192</queueSize>",
    "  <discardingThreshold>0</discardingThreshold>",
    "  <neverBlock>true</neverBlock>",
    '  <appender-ref ref="{name}"/>',
    "</appender>",
)


@rule
def check(repository: Repository) -> Iterator[Problem]:
    for application in repository.java_applications:
        for logback in application.logbacks:
            for ref in logback.refs:
                appender = logback.appender(ref.appender)
                if (
                    appender
                    and ref.logger == "ROOT"
                    and _waits(appender)
                    and is_deployed_profile(ref.profiles)
                ):
                    yield _problem(logback, ref, appender, repository.text(logback.path) or "")


def _waits(appender: Appender) -> bool:
    flush = appender.settings.get("immediateFlush")
    is_gathered = flush is not None and flush.value != "true"
    return appender.kind in _CASES and not is_gathered and not _DECIDED.search(appender.comment)


def _problem(logback: Logback, ref: AppenderRef, appender: Appender, text: str) -> Problem:
    return Problem(
        ref.at,
        values={"appender": appender.name},
        fix=_fix(logback, ref, appender, text),
        evidence=f"root {appender.name}",
        case=_CASES[appender.kind],
    )


def _fix(logback: Logback, ref: AppenderRef, appender: Appender, text: str) -> Fix | None:
    """An AsyncAppender below the appender, which the root asks instead."""
    asynchronous = f"ASYNC_{appender.name}"
    users = [each for each in logback.refs if each.appender == appender.name]
    lines = text.split("\n")
    end = appender.at.span
    is_plain = not lines[end.end_line - 1][end.end_column - 1 :].strip() and "\r" not in text
    if len(users) > 1 or logback.appender(asynchronous) or not is_plain or end.end_line >= ref.at.line:
        return None
    indent = lines[end.line - 1][: end.column - 1]
    if indent.strip():
        return None
    block = "\n".join(indent + line.format(asynchronous=asynchronous, name=appender.name) for line in _LINES)
    below = Edit(logback.path, end.end_line + 1, end.end_line, block)
    return Fix((below, replace_at(text, ref.at, f'<appender-ref ref="{asynchronous}"/>')))
