"""Images that CI jobs push."""

from __future__ import annotations

import pytest

from analyzers.model.builds.pushes import Push, find_pushes, repoints
from analyzers.model.pipeline import Job
from tests.analyzers.model.repositories import repository


def workflow(steps: str) -> Job:
    text = f"on: push\njobs:\n  image:\n    runs-on: x\n    env: {{NAME: orders}}\n    steps:\n{steps}"
    return repository({".github/workflows/ci.yml": text}).pipelines[0].jobs[0]


def action(**inputs: str) -> tuple[Push, ...]:
    lines = "".join(f"          {name}: {value}\n" for name, value in inputs.items())
    return find_pushes(workflow(f"      - uses: docker/build-push-action@v6\n        with:\n{lines}"))


def script(command: str) -> tuple[Push, ...]:
    return find_pushes(workflow(f"      - run: {command}\n"))


@pytest.mark.parametrize(
    "command",
    [
        "docker build -t a/b:latest .",
        "docker pull a/b",
        "docker tag a/b a/c",
        "git push",
        "/kaniko/executor -d a/b --no-push",
    ],
)
def test_nothing_is_pushed(command: str) -> None:
    assert script(command) == ()


def test_an_action_that_only_builds() -> None:
    assert action(tags="a/b") == action(push="false", tags="a/b") == ()


@pytest.mark.parametrize(
    ("command", "name", "tag", "kind"),
    [
        ("docker push a/b:latest", "a/b", "latest", "moving"),
        ("docker image push a/b", "a/b", "", "moving"),
        ("docker push localhost:5000/b", "localhost:5000/b", "", "moving"),
        ("docker push a/b:1.2", "a/b", "1.2", "lasting"),
        ("docker push a/b:$GITHUB_SHA", "a/b", "$GITHUB_SHA", "lasting"),
        ("docker push a/b:${{ github.sha }}", "a/b", "${{ github.sha }}", "lasting"),
        ("docker push a/b:$GITHUB_HEAD_REF", "a/b", "$GITHUB_HEAD_REF", "moving"),
        ("docker push a/b:$TAG", "a/b", "$TAG", "unknown"),
        ("docker push a/b:${{ github.ref_name }}", "a/b", "${{ github.ref_name }}", "unknown"),
        ("docker push a/b:$(git describe)", "a/b", "$(git describe)", "unknown"),
        ("docker push $IMAGE", "$IMAGE", "", "unknown"),
        ("docker push -a a/b", "", "", "unknown"),
        ("docker buildx build --push -t a/b:edge .", "a/b", "edge", "moving"),
        ("/kaniko/executor --destination a/b:main", "a/b", "main", "moving"),
        ("podman push a/b:v1 docker://c/d:latest", "c/d", "latest", "moving"),
        ("make push", "", "", "unknown"),
        ("./push.sh", "", "", "unknown"),
        ("docker buildx bake --push", "", "", "unknown"),
    ],
)
def test_a_command(command: str, name: str, tag: str, kind: str) -> None:
    assert [(push.name, push.tag, push.kind) for push in script(command)] == [(name, tag, kind)]


def test_what_is_known_of_a_push() -> None:
    known, open_ = script("docker push docker.io/a/$NAME:dev && docker push a/$NAME:$GITHUB_SHA")
    assert (known.repository, known.known_tag) == ("a/orders", "dev")
    assert (open_.repository, open_.known_tag) == ("a/orders", None)


def test_a_variable_of_the_script() -> None:
    assert [push.kind for push in script("TAG=$GITHUB_SHA; docker push a/b:$TAG")] == ["lasting"]


def test_an_action() -> None:
    assert [(push.name, push.tag) for push in action(push="true", tags="a/b:x, a/b:latest")] == [
        ("a/b", "x"),
        ("a/b", "latest"),
    ]
    assert [push.kind for push in action(push="${{ x }}", tags="${{ steps.m.outputs.tags }}")] == ["unknown"]
    assert [push.kind for push in action(outputs="type=registry,name=a/b")] == ["unknown"]


def test_another_tag_for_what_was_pushed() -> None:
    assert repoints(workflow("      - run: crane tag a/b v1\n").commands)
    assert repoints(workflow("      - run: docker buildx imagetools create -t a/b:v1 a/b\n").commands)
    assert not repoints(workflow("      - run: docker push a/b\n").commands)
