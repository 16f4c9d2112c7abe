"""What the demonstration's repository holds, and the mistakes its change makes.

The files keep harmless names on disk, so that no tool which looks at ours takes them for its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent / "repository"
_FILES = {
    ".dockerignore": "dockerignore.txt",
    ".github/workflows/ci.yml": "workflow.txt",
    ".gitlab-ci.yml": "gitlab.txt",
    "Dockerfile": "dockerfile.txt",
    "cmd/orders/main.go": "main_go.txt",
    "deploy/deployment.yaml": "deployment.txt",
    "deploy/service.yaml": "service.txt",
    "go.mod": "gomod.txt",
    "go.sum": "gosum.txt",
    "internal/api/api.go": "api_go.txt",
    "internal/lock/lock.go": "lock_go.txt",
    "renovate.json": "renovate.txt",
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One well-meant edit: in the file at `path`, `before` becomes `after`."""

    path: str
    before: str
    after: str


GRACE_PERIOD = Mistake(
    "deploy/deployment.yaml", "terminationGracePeriodSeconds: 40", "terminationGracePeriodSeconds: 10"
)

MISTAKES = (
    Mistake("go.mod", "go 1.26.0", "go 1.27.0"),
    Mistake("Dockerfile", 'ENTRYPOINT ["/orders"]', "ENTRYPOINT /orders"),
    GRACE_PERIOD,
    Mistake("deploy/deployment.yaml", "value: 230MiB", "value: 512MiB"),
    Mistake(
        "deploy/deployment.yaml",
        "path: /livez\n              port: 8080",
        "path: /livez\n              port: 8081",
    ),
    Mistake(
        ".gitlab-ci.yml",
        "    key:\n      files: [go.sum]\n      prefix: $CI_JOB_NAME\n",
        '    key: "$CI_COMMIT_REF_SLUG"\n',
    ),
    Mistake(
        "internal/lock/lock.go",
        "	return release.Run(ctx, l.client, []string{l.key}, l.token).Err()",
        "	return l.client.Del(ctx, l.key).Err()",
    ),
)


def healthy_files() -> dict[str, str]:
    """The repository as it is on its main branch, by path."""
    return {path: (_FOLDER / name).read_text(encoding="utf-8") for path, name in _FILES.items()}


def with_mistakes(files: Mapping[str, str], mistakes: Iterable[Mistake]) -> dict[str, str]:
    """The files after the edits. Raises ValueError where one has nothing to edit."""
    edited = dict(files)
    for mistake in mistakes:
        if edited[mistake.path].count(mistake.before) != 1:
            raise ValueError(f"{mistake.path}: {mistake.before!r} is not there just once")
        edited[mistake.path] = edited[mistake.path].replace(mistake.before, mistake.after)
    return edited
