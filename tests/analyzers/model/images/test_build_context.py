"""Which folder a Dockerfile is built in."""

from __future__ import annotations

import pytest

from analyzers.model.images.dockerfile_reader import read_image
from analyzers.parsers.dockerfile import parse_dockerfile

TREE = frozenset(
    {
        "go.mod",
        "cmd/api/main.go",
        "build/api/Dockerfile",
        "build/api/entrypoint.sh",
        "services/web/go.mod",
        "services/web/docker/Dockerfile",
        "services/web/assets/x.css",
    }
)


@pytest.mark.parametrize(
    ("path", "copies", "context"),
    [
        pytest.param("Dockerfile", "COPY nowhere .", "", id="the root, where nothing says otherwise"),
        pytest.param("x/Dockerfile", "", "", id="where the module is, with no COPY at all"),
        pytest.param("build/api/Dockerfile", "COPY . .", "", id="where the module is, for the whole context"),
        pytest.param(
            "services/web/docker/Dockerfile", "ADD . .", "services/web", id="where the nearest module is"
        ),
        pytest.param(
            "build/api/Dockerfile", "COPY *.go $X https://x/y /", "", id="not from globs and variables"
        ),
        pytest.param("build/api/Dockerfile", "COPY --from=b entrypoint.sh /", "", id="not from other stages"),
        pytest.param("build/api/Dockerfile", "COPY entrypoint.sh /", "build/api", id="beside the Dockerfile"),
        pytest.param(
            "build/api/Dockerfile", "COPY go.mod ./\nCOPY cmd ./cmd", "", id="where files and folders lie"
        ),
        pytest.param(
            "services/web/docker/Dockerfile", "COPY ./assets/ /", "services/web", id="where a folder lies"
        ),
        pytest.param("build/api/Dockerfile", "COPY cmd go.mod made /", "", id="where the most lies"),
        pytest.param(
            "build/api/Dockerfile", "COPY ../x entrypoint.sh /", "build/api", id="not above the context"
        ),
    ],
)
def test_the_context_is(path: str, copies: str, context: str) -> None:
    assert read_image(path, parse_dockerfile(f"FROM a AS b\n{copies}\n"), TREE).context == context


def test_a_path_from_the_root_has_an_end() -> None:
    """No git writes such a tree, but nothing keeps a hostile one from it."""
    assert read_image("/a/Dockerfile", parse_dockerfile("FROM a\nCOPY x .\n"), {"/a/x"}).context == "/a"


def test_without_a_module_it_is_the_dockerfiles_folder() -> None:
    assert read_image("a/b/Dockerfile", parse_dockerfile("FROM a\nCOPY . .\n"), {"x"}).context == "a/b"
