"""How long a Spring application lets a request take."""

from __future__ import annotations

import re

from analyzers.model.java.application import JavaApplication

_KEY = "spring.mvc.async.requesttimeout"
_DURATION = re.compile(r"([0-9]{1,12})\s*(ms|s|m)?")
_MILLISECONDS = {None: 1, "ms": 1, "s": 1_000, "m": 60_000}


def request_limit(application: JavaApplication) -> int | None:
    """Milliseconds, where settings for all profiles say so."""
    written = [
        each.values[_KEY].value for each in application.settings if not each.profile and _KEY in each.values
    ]
    found = _DURATION.fullmatch(written[0] or "") if len(written) == 1 else None
    return int(found[1]) * _MILLISECONDS[found[2]] if found else None
