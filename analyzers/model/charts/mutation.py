"""Templates that change the values they were given: what they may have set is not known any more."""

from __future__ import annotations

import re

from analyzers.model.charts.values import Layer, unknown_below

_MAY_CHANGE = re.compile(r"set[ ]{1,4}[$.(]|erge(?:Overwrite)?[ ]")
_CHANGE = re.compile(
    r"\b(?:set|unset|(?:mustM|m)erge(?:Overwrite)?)\s+\(?\s*"
    r"(?:[$.]\w*\s+\"Values\"|(?:\$\w*)?\.Values(?P<path>(?:\.\w+)*))"
)


def changed_values(text: str) -> tuple[Layer, ...]:
    """A variant for each path of the values that an action of the text writes to."""
    if not _MAY_CHANGE.search(text):
        return ()
    found = (change["path"] or "" for change in _CHANGE.finditer(text))
    paths = {tuple(filter(None, path.split("."))) for path in found}
    return tuple(unknown_below(path) for path in sorted(paths))
