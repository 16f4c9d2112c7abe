"""What a command line asks to build."""

from __future__ import annotations

import pytest

from analyzers.model.builds.command_lines import read_command_line


@pytest.mark.parametrize(
    "line",
    [
        "",
        "docker",
        "docker push build",
        "docker compose build",
        "docker buildx bake",
        "go build .",
        "podman run build",
        "kubectl build",
    ],
)
def test_other_commands(line: str) -> None:
    assert read_command_line(line.split()) is None


@pytest.mark.parametrize(
    ("line", "context", "file", "target", "tags"),
    [
        pytest.param("docker build .", ".", None, None, (), id="plain"),
        pytest.param("docker buildx build --push --load x", "x", None, None, (), id="switches"),
        pytest.param("sudo docker image build -q x", "x", None, None, (), id="as root"),
        pytest.param(
            "docker build -t a -t=b -tc --tag d x", "x", None, None, ("a", "b", "c", "d"), id="tags"
        ),
        pytest.param(
            "docker build -f x/Dockerfile --target=app .", ".", "x/Dockerfile", "app", (), id="file"
        ),
        pytest.param(
            "docker build . --secret id=x --platform linux/amd64", ".", None, None, (), id="values of flags"
        ),
        pytest.param("podman build -t a", ".", None, None, ("a",), id="podman in the working directory"),
        pytest.param("buildah bud -f C .", ".", "C", None, (), id="buildah"),
        pytest.param("nerdctl build -t a x", "x", None, None, ("a",), id="nerdctl"),
        pytest.param("img build -t a x", "x", None, None, ("a",), id="img"),
        pytest.param(
            "/kaniko/executor --context dir:///x -f D --destination a --target t --cache",
            "dir:///x",
            "D",
            "t",
            ("a",),
            id="kaniko",
        ),
    ],
)
def test_builds(line: str, context: str, file: str | None, target: str | None, tags: tuple[str, ...]) -> None:
    asked = read_command_line(line.split())

    assert asked is not None
    assert (asked.context, asked.file, asked.target, asked.tags) == (context, file, target, tags)


def test_arguments_and_outputs() -> None:
    asked = read_command_line(
        ["docker", "build", "--build-arg", "A=1", "--build-arg", "B", "-o", "type=local,dest=x", "."]
    )

    assert asked is not None
    assert (asked.args, asked.outputs) == (("A=1", "B"), ("type=local,dest=x",))
