"""Builds that skaffold files, Makefiles and shell scripts ask for."""

from __future__ import annotations

import pytest

from tests.analyzers.model.builds.repositories import builds_of, told

FILES = {"Dockerfile": "FROM a\n", "api/Dockerfile": "FROM a\n"}


@pytest.mark.parametrize(
    ("artifact", "expected"),
    [
        pytest.param(
            "image: acme/api\n      context: '{{.X}}'", (None, None, "", ("acme/api",)), id="a template"
        ),
        pytest.param("image: acme/api\n      ko: {main: ./cmd}", (None, "", "", ("acme/api",)), id="ko"),
        pytest.param("image: acme/api", ("Dockerfile", "", "", ("acme/api",)), id="defaults"),
        pytest.param(
            "image: acme/api\n      context: api\n      docker: {target: app, buildArgs: {A: '1'}}",
            ("api/Dockerfile", "api", "app", ("acme/api",)),
            id="a target",
        ),
        pytest.param(
            "image: acme/api\n      context: web\n      docker: {dockerfile: api/Dockerfile}",
            ("api/Dockerfile", "web", "", ("acme/api",)),
            id="a file beside the skaffold.yaml",
        ),
    ],
)
def test_skaffold(artifact: str, expected: tuple[object, ...]) -> None:
    text = f"apiVersion: skaffold/v4beta11\nkind: Config\nbuild:\n  artifacts:\n    - {artifact}\n"
    (build,) = builds_of({**FILES, "skaffold.yaml": text})

    assert (told(build), build.ships) == (expected, True)


def test_a_file_of_another_program_is_no_skaffold() -> None:
    assert builds_of({**FILES, "skaffold.yaml": "build:\n  artifacts:\n    - image: a\n"}) == ()


def test_profiles_for_developers_do_not_ship() -> None:
    text = (
        "apiVersion: skaffold/v4beta11\nprofiles:\n  - name: dev\n"
        "    build:\n      artifacts:\n        - image: a\n"
    )
    (build,) = builds_of({**FILES, "skaffold.yaml": text})

    assert not build.ships


@pytest.mark.parametrize(
    ("makefile", "expected"),
    [
        pytest.param("x:\n\tgo build ./...\n", [], id="no image"),
        pytest.param("x:\n\tdocker build -f $(FILE) .\n", [], id="a file that is not known"),
        pytest.param("x:\n\tdocker build nowhere\n", [], id="a file that is not there"),
        pytest.param(
            "IMG ?= acme/api\nTAG := $(shell git describe)\n"
            "x:\n\t@docker build -t $(IMG):$(TAG) \\\n\t  --target=app .\n",
            [("Dockerfile", "", "app", ("acme/api",))],
            id="variables",
        ),
        pytest.param(
            "x:\n\tcd api && docker build .\n", [("api/Dockerfile", "api", "", ())], id="in a folder"
        ),
        pytest.param("D = $(shell docker ps)\nx:\n\t$(D) build api\n", [], id="a program not known"),
        pytest.param(
            "D := $(shell which docker 2>/dev/null)\nIMAGE_BUILD = $(D) build\nx:\n\t$(IMAGE_BUILD) api\n",
            [("api/Dockerfile", "api", "", ())],
            id="a command that the shell finds",
        ),
        pytest.param("a b:\n\tdocker build -t acme/$@ $@\n", [], id="one of two targets"),
        pytest.param("%:\n\tdocker build -t acme/$@ $@\n", [], id="a target that is not told"),
        pytest.param("api:\n\tdocker build $$@\n", [], id="the shell's arguments"),
        pytest.param(
            "N = acme\n$(N)/api: api/Dockerfile x\n\tdocker build -t $@ -f $< ${<D}\n",
            [("api/Dockerfile", "api", "", ("acme/api",))],
            id="the names of the target and of what it needs",
        ),
        pytest.param(
            "P = $(if $(filter $(ARCH),arm64 aarch64),linux/arm64,linux/amd64)\n"
            "x:\n\tdocker build --platform=$(P) -t acme/api api\n",
            [("api/Dockerfile", "api", "", ("acme/api",))],
            id="a function inside a function",
        ),
        pytest.param(
            "D ?= docker\nx:\n\t$(D) buildx build --load api\n",
            [("api/Dockerfile", "api", "", ())],
            id="a program",
        ),
        pytest.param("x:\n\t$(PACKER) build .\n", [], id="a program that is not known"),
        pytest.param(
            "DOCKER := $(shell which docker)\nifndef DOCKER\nDOCKER := $(shell which podman)\nendif\n"
            "x:\n\t$(DOCKER) build -t acme/api .\n",
            [("Dockerfile", "", "", ("acme/api",))],
            id="whichever program is there",
        ),
        pytest.param(
            "x:\n\t${CONTAINER_RUNTIME} build -t acme/api .\n",
            [("Dockerfile", "", "", ("acme/api",))],
            id="whichever program the caller says",
        ),
    ],
)
def test_makefiles(makefile: str, expected: list[tuple[object, ...]]) -> None:
    assert [told(build) for build in builds_of({**FILES, "Makefile": makefile})] == expected


def test_a_makefile_in_a_folder_is_run_there_or_from_the_root() -> None:
    recipe = "x:\n\tdocker build .\n\tdocker build api\n"

    assert [build.context for build in builds_of({**FILES, "api/Makefile": recipe})] == ["api"]
    assert [build.context for build in builds_of({**FILES, "make/image.mk": recipe})] == ["", "api"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("scripts/image.sh", [("Dockerfile", True)]),
        ("test/image.sh", [("Dockerfile", False)]),
    ],
)
def test_shell_scripts(path: str, expected: list[tuple[str, bool]]) -> None:
    script = '#!/bin/sh\nset -e\ndocker build -t acme/api:"$1" .\n'
    builds = builds_of({**FILES, path: script})

    assert [(build.dockerfile, build.ships) for build in builds] == expected
    assert builds[0].at.line == 3
