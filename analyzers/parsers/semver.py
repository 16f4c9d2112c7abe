"""The order of versions: semantic versions as modules have them, and Go's own as toolchains have them.

Precedence as in https://semver.org/#spec-item-11; Go's releases as in https://go.dev/doc/toolchain#version.
"""

from __future__ import annotations

import re

Key = tuple[int, int, int, tuple[tuple[int, int, str], ...]]

_VERSION = re.compile(
    r"(?:v|go)?(\d{1,18})(?:\.(\d{1,18}))?(?:\.(\d{1,18}))?"
    r"(?:(alpha|beta|rc)(\d{1,18})|-([0-9A-Za-z.-]{1,256}))?(?:\+[0-9A-Za-z.-]{0,256})?\Z"
)
_LANGUAGE = ((-1, 0, ""),)
_RELEASE = ((2, 0, ""),)


def key(version: str) -> Key | None:
    """A key that sorts versions; None for what is no version.

    `1.21` without a patch is a language version and comes before `1.21rc1`, which comes before `1.21.0`.
    What follows a `+` does not count, nor what follows the `-` of a toolchain's name (`go1.21.3-custom`).
    """
    match = _VERSION.match(version.strip())
    if match is None:
        return None
    major, minor, patch, stage, stage_number, prerelease = match.groups()
    numbers = int(major), int(minor or 0), int(patch or 0)
    if stage:
        return (*numbers, ((1, 0, stage), (0, int(stage_number), "")))
    if prerelease and not version.startswith("go"):
        return (*numbers, tuple(map(_identifier, prerelease.split("."))))
    return (*numbers, _RELEASE if patch else _LANGUAGE)


def is_older(version: str, other: str) -> bool | None:
    """Whether a version precedes another; None where one of them is no version."""
    first, second = key(version), key(other)
    return None if first is None or second is None else first < second


def _identifier(text: str) -> tuple[int, int, str]:
    """Numbers come before words, by their value."""
    return (0, int(text), "") if text.isascii() and text.isdigit() else (1, 0, text)
