from __future__ import annotations

import pytest

from analyzers.model.builds.publishing import find_publications
from tests.analyzers.model.repositories import repository

ACTION = "      - uses: docker/build-push-action@v6\n        with:\n"


def published(steps: str) -> list[tuple[int, bool]]:
    """The line of each publication, and whether it has labels."""
    workflow = f"on: push\njobs:\n  image:\n    steps:\n{steps}"
    (pipeline,) = repository({".github/workflows/image.yml": workflow}).pipelines
    return [(each.at.line, each.is_labelled) for each in find_publications(pipeline.jobs)]


def script(*lines: str) -> str:
    return "".join(f"      - run: {line}\n" for line in lines)


@pytest.mark.parametrize(
    "steps",
    [
        f"{ACTION}          context: .\n",
        f"{ACTION}          push: false\n",
        f"{ACTION}          outputs: type=docker\n",
        script("docker build -t acme/orders ."),
        script("docker build -t acme/orders .", "docker images"),
        script("/kaniko/executor --context . --no-push"),
        script("docker push acme/orders"),
    ],
)
def test_what_publishes_nothing(steps: str) -> None:
    assert published(steps) == []


@pytest.mark.parametrize(
    ("steps", "is_labelled"),
    [
        (f"{ACTION}          push: true\n", False),
        (f"{ACTION}          push: ${{{{ github.event_name != 'pull_request' }}}}\n", False),
        (f"{ACTION}          outputs: type=image,name=acme/orders,push=true\n", False),
        (f"{ACTION}          push: true\n          labels: ${{{{ steps.meta.outputs.labels }}}}\n", True),
        (f"{ACTION}          push: true\n          labels: ''\n", False),
        (script("docker build -t acme/orders:$GITHUB_SHA .", "docker push acme/orders:$GITHUB_SHA"), False),
        (script("docker buildx build --push -t acme/orders ."), False),
        (script("docker buildx build --push --label a=b -t acme/orders ."), True),
        (script('docker buildx build --push $FLAGS -t "$IMAGE:$TAG" .'), True),
        (script('docker buildx build --push -t "$IMAGE" "$CONTEXT"'), False),
        (script("/kaniko/executor --context . --destination acme/orders"), False),
    ],
)
def test_what_publishes_an_image(steps: str, is_labelled: bool) -> None:
    assert published(steps) == [(5, is_labelled)]
