"""Whether a bot keeps the digests of base images, as its settings in the repository tell.

https://docs.renovatebot.com/docker/#digest-pinning and
https://docs.github.com/en/code-security/dependabot/working-with-dependabot/dependabot-options-reference
"""

from __future__ import annotations

import re
from typing import Literal

from analyzers.parsers.yaml_tree import parse_yaml
from analyzers.selection import is_renovate
from analyzers.sources import Sources

Keeper = Literal["none", "dependabot", "pinning", "unknown"]
"""`dependabot` moves digests that are there, and adds none. `unknown`: presets from elsewhere decide."""

_PINNING = re.compile(
    r"""['"]?pinDigests['"]?\s*:\s*true|['"](?:docker:pinDigests|config:best-practices)['"]"""
)
_EXTENDS = re.compile(r"""['"]?extends['"]?\s*:\s*\[([^\]]{0,5000})\]""")
_PRESET = re.compile(r"""['"]([^'"\n]{1,200})['"]""")
_BUILT_IN = re.compile(
    r":\w.*|(?:config|docker|group|helpers|schedule|security|preview|workarounds|replacements|monorepo"
    r"|customManagers|regexManagers|default|mergeConfidence|abandonments|packages|npm|global|apollographql):.*"
)
_DEPENDABOT = (".github/dependabot.yml", ".github/dependabot.yaml")


def find_keeper(sources: Sources) -> Keeper:
    """Renovate's word counts for more than Dependabot's: it is the one that can pin."""
    for path in filter(is_renovate, sources.paths):
        text = (sources.content(path) or b"").decode("utf-8", "replace")
        if _PINNING.search(text):
            return "pinning"
        presets = [name for each in _EXTENDS.findall(text) for name in _PRESET.findall(each)]
        if not all(map(_BUILT_IN.fullmatch, presets)):
            return "unknown"
    return "dependabot" if _has_dependabot(sources) else "none"


def _has_dependabot(sources: Sources) -> bool:
    for path in _DEPENDABOT:
        documents = sources.parse(path, parse_yaml) if path in sources.paths else None
        for document in documents or ():
            if any(update["package-ecosystem"].text == "docker" for update in document["updates"]):
                return True
    return False
