"""The project passes its own review, and its deployment files say what the code does."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from analyzers import Status, check, read_config
from analyzers.files import DirectoryFiles
from analyzers.parsers.yaml_tree import Node, parse_yaml
from bot.cli.checking import check as check_command
from bot.forges.github_events import EVENTS

ROOT = Path(__file__).parent.parent


def test_our_own_review_finds_nothing() -> None:
    files = DirectoryFiles(ROOT)
    config, problems = read_config(files)
    report = check(files, config)
    assert problems == ()
    assert [f"{finding.at} {finding.message}" for finding in report.of(Status.INTRODUCED)] == []
    assert [f"{note.path}: {note.reason}" for note in report.notes] == []
    assert "deploy/Dockerfile" in files.tree


def test_the_app_asks_for_just_what_it_uses() -> None:
    manifest = json.loads((ROOT / "deploy/github-app.json").read_text(encoding="utf-8"))
    assert manifest["default_permissions"] == {
        "metadata": "read",
        "contents": "read",
        "pull_requests": "write",
        "checks": "write",
        "issues": "read",
        "merge_queues": "read",
    }
    unasked = {"installation", "installation_repositories"}
    assert {*manifest["default_events"], *unasked} == EVENTS


@pytest.mark.parametrize("name", ["web", "worker"])
def test_pods_take_secrets_by_reference_and_run_without_rights(name: str) -> None:
    pod = pod_of(name)
    container = next(iter(pod["containers"]))
    assert pod.at("securityContext", "runAsNonRoot").text == "true"
    assert container.at("resources", "limits", "memory")
    for variable in container["env"]:
        if variable["name"].text in ("DATABASE_URL", "GITHUB_WEBHOOK_SECRET"):
            assert variable.at("valueFrom", "secretKeyRef", "key").text


def pod_of(name: str) -> Node:
    documents = parse_yaml((ROOT / f"deploy/kubernetes/{name}.yaml").read_text(encoding="utf-8"))
    (workload,) = (
        document for document in documents if document["kind"].text in ("Deployment", "StatefulSet")
    )
    return workload.at("spec", "template", "spec")


def test_the_gitlab_job_says_what_the_command_line_knows() -> None:
    """The file's second document is the job; the first declares its inputs."""
    _, job = parse_yaml((ROOT / "deploy/gitlab/shipworthy.yml").read_text(encoding="utf-8"))
    (command,) = job.at("shipworthy", "script")
    words = shlex.split(command.text)
    known = {option for parameter in check_command.params for option in parameter.opts}
    report = job.at("shipworthy", "artifacts", "reports", "codequality").text

    assert words[:2] == ["shipworthy", "check"]
    assert {word for word in words if word.startswith("--")} <= known
    assert words[words.index("--output") + 1] == report
    assert words[words.index("--format") + 1] == "gitlab"
