"""Dockerfiles, read as BuildKit reads them."""

from __future__ import annotations

from analyzers.parsers.dockerfile.file import Dockerfile
from analyzers.parsers.dockerfile.instruction import Instruction
from analyzers.parsers.dockerfile.reader import parse_dockerfile
from analyzers.parsers.dockerfile.refusals import find_refusals
from analyzers.parsers.dockerfile.syntax import (
    Comment,
    Directive,
    Flag,
    Heredoc,
    Pair,
    Word,
)

__all__ = [
    "Comment",
    "Directive",
    "Dockerfile",
    "Flag",
    "Heredoc",
    "Instruction",
    "Pair",
    "Word",
    "find_refusals",
    "parse_dockerfile",
]
