"""The project passes its own review, and its deployment files say what the code does."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from analyzers import Status, check, read_config
from analyzers.files import DirectoryFiles
from analyzers.parsers.yaml_node import Node
from analyzers.parsers.yaml_tree import parse_yaml
from bot.cli.checking import check as check_command
from bot.forges.github_events import EVENTS
from bot.settings import Settings
from tests.bot.processes import github_environment

ROOT = Path(__file__).parent.parent
FORGE_SECRETS = {"GITHUB_WEBHOOK_SECRET", "GITHUB_PRIVATE_KEY", "GITLAB_TOKEN", "GITLAB_WEBHOOK_SECRET"}


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
    secrets = {
        variable["name"].text: variable.at("valueFrom", "secretKeyRef") for variable in container["env"]
    }
    assert secrets["DATABASE_URL"]["key"].text == "database-url"
    assert {name for name, secret in secrets.items() if secret["optional"].text == "true"} == FORGE_SECRETS


@pytest.mark.parametrize("name", ["web", "worker"])
@pytest.mark.parametrize(
    ("has_github", "has_gitlab"),
    [(True, False), (False, True), (True, True)],
    ids=["GitHub", "GitLab", "both"],
)
def test_pods_serve_either_forge_and_both(name: str, has_github: bool, has_gitlab: bool) -> None:
    """The values are those of the Secret's keys that were made; GitLab alone does without an App's number."""
    plain = yaml_of("settings")[0]["data"]
    (container,) = pod_of(name)["containers"]
    environment = {key: plain[key].text for key in ("PUBLIC_URL", "LOG_FORMAT")}
    environment |= {"GITHUB_APP_ID": plain["GITHUB_APP_ID"].text} if has_github else {}
    key = github_environment("sqlite:///x.db", 1)["GITHUB_PRIVATE_KEY"]
    values = {"GITHUB_PRIVATE_KEY": key, "DATABASE_URL": "postgresql://host/name"}
    for variable in (variable["name"].text for variable in container["env"]):
        is_made = has_github if variable.startswith("GITHUB_") else has_gitlab
        if is_made or not variable.startswith(("GITHUB_", "GITLAB_")):
            environment[variable] = values.get(variable, "w-1")
    settings = Settings.from_environment(environment)

    assert (settings.github is not None, bool(settings.gitlabs)) == (has_github, has_gitlab)


def yaml_of(name: str) -> tuple[Node, ...]:
    return parse_yaml((ROOT / f"deploy/kubernetes/{name}.yaml").read_text(encoding="utf-8"))


def pod_of(name: str) -> Node:
    (workload,) = (
        document for document in yaml_of(name) if document["kind"].text in ("Deployment", "StatefulSet")
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


@pytest.mark.parametrize("is_merged", [False, True], ids=["of the branch", "of the merged result"])
def test_the_gitlab_job_reports_what_the_merge_request_brings(tmp_path: Path, is_merged: bool) -> None:
    """The target branch has moved on since, by a mistake of its own."""

    def git(*words: str) -> str:
        names = ("-c", "user.name=a", "-c", "user.email=a@example.com")
        made = subprocess.run(["git", "-C", str(tmp_path), *names, *words], capture_output=True, check=True)
        return made.stdout.decode().strip()

    def commit(name: str) -> str:
        (tmp_path / name).mkdir()
        (tmp_path / name / "Dockerfile").write_text('FROM alpine:latest\nUSER 1\nENTRYPOINT ["/app"]\n')
        git("add", name)
        git("commit", "-q", "-m", name)
        return git("rev-parse", "HEAD")

    git("init", "-q", "-b", "main")
    base = commit("old")
    target = commit("target")
    git("checkout", "-q", "-b", "feature", base)
    commit("feature")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
    if is_merged:
        git("merge", "-q", "--no-edit", target)
        environment["CI_MERGE_REQUEST_TARGET_BRANCH_SHA"] = target
    _, job = parse_yaml((ROOT / "deploy/gitlab/shipworthy.yml").read_text(encoding="utf-8"))
    (script,) = job.at("shipworthy", "script")
    command = script.text.replace("shipworthy", f"{sys.executable} -m bot", 1)
    command = command.replace("$[[ inputs.fail_on ]]", "never")
    subprocess.run(["sh", "-c", command], cwd=tmp_path, env=environment, check=True)
    report = json.loads((tmp_path / "gl-code-quality-report.json").read_text(encoding="utf-8"))

    assert {entry["location"]["path"] for entry in report} == {"feature/Dockerfile"}
