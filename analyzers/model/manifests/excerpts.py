"""What is read of manifests above 1 MiB: the objects that have a place in the model."""

from __future__ import annotations

import re

from analyzers.model.manifests.manifests import KINDS_READ
from analyzers.parsers.yaml_excerpt import Excerpt, parse_excerpt

_KIND = re.compile(r"^[\"']?(kind)[\"']?[ \t]{0,4}:[ \t]{0,4}[\"']?\w", re.M)
_SETTINGS = re.compile(r"^[\"']?kind[\"']?[ \t]{0,4}:[ \t]{0,4}[\"']?(?:ConfigMap|Secret)\b", re.M)


def parse_large_manifest(text: str) -> Excerpt:
    """The objects of a file of up to 5 MiB, ConfigMaps and Secrets last. Raises Unreadable."""
    return parse_excerpt(text, _rank)


def _rank(document: str) -> int | None:
    """By the kind at the left margin; where there is none, by any kind that is read."""
    own = _KIND.search(document)
    is_read = KINDS_READ.match(document, own.start(1)) if own else KINDS_READ.search(document)
    return (1 if _SETTINGS.search(document) else 0) if is_read else None
