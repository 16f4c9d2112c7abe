"""Text that is decided later, by a template engine, a shell or a cluster, and so cannot be known here."""

from __future__ import annotations

import re

PLACEHOLDER = "\ue000"
"""A private-use character: what stands, repeated, in the place of a template's action."""

_VARIABLE = re.compile(r"\$\{|\$\(|\{\{|\$[A-Za-z_]\w*$")


def is_known(text: str) -> bool:
    """False for text with a placeholder, `{{ }}`, `${NAME}`, `$(NAME)`, or that ends in `$NAME`."""
    return PLACEHOLDER not in text and not _VARIABLE.search(text)
