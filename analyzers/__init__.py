"""Files of a repository in, findings out; no network, no forge, no Flask.

    files -> parsers -> model -> rules -> findings -> reports

`check` judges one tree, `review` compares two: all that the bot and the command line call.
"""

from __future__ import annotations

from analyzers.config import Config, read_config
from analyzers.files import RepoFiles
from analyzers.finding import Finding, Note, Report, Severity, Status
from analyzers.reviewing import check, review, wanted

__all__ = [
    "Config",
    "Finding",
    "Note",
    "RepoFiles",
    "Report",
    "Severity",
    "Status",
    "check",
    "read_config",
    "review",
    "wanted",
]
