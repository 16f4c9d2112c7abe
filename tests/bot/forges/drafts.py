"""Comments, summaries and files as a review would make them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from analyzers.files import Blob
from analyzers.finding import Severity
from bot.forges.base import Annotation, Change, Conclusion, NewThread, Summary
from bot.review.markers import marker

LINES = "".join(f"line {number}\n" for number in range(1, 21))


def everything(tree: Mapping[str, Blob], touched: Collection[str]) -> Sequence[str]:
    return list(tree)


def dockerfiles(count: int, last_line: str = "CMD a") -> dict[str, str]:
    return {f"service{n}/Dockerfile": f"FROM scratch\nUSER {n}\n{last_line}\n" for n in range(count)}


def thread(
    change: Change, path: str, line: int | None, fingerprint: str = "0badc0de", start: int | None = None
) -> NewThread:
    body = f"**Trouble at {path}**\n\nMore of it.\n\n{marker(fingerprint, 'some-rule', change.head)}"
    return NewThread(path, line, start, body, fingerprint)


def summary(body: str = "All of it.", annotations: int = 0, path: str = "Dockerfile") -> Summary:
    listed = tuple(
        Annotation(path, line, line, Severity.WARNING, "Trouble", f"On line {line}")
        for line in range(1, annotations + 1)
    )
    return Summary(Conclusion.NEUTRAL, "Some trouble", body, listed)
