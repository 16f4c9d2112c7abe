"""Builds that CI jobs ask for."""

from __future__ import annotations

from textwrap import indent

import pytest

from tests.analyzers.model.builds.repositories import builds_of, told

FILES = {"Dockerfile": "FROM a\n", "api/Dockerfile": "FROM a\n", "api/prod.Dockerfile": "FROM a\n"}


def workflow(steps: str, above: str = "", job: str = "") -> dict[str, str]:
    head = f"on: push\n{above}jobs:\n  image:\n    runs-on: ubuntu-latest\n{job}    steps:\n"
    return {**FILES, ".github/workflows/image.yml": head + indent(steps, " " * 6)}


def action(inputs: str) -> str:
    return f"- uses: docker/build-push-action@v6\n  with:\n{indent(inputs, '    ')}"


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param("- run: go build .\n", id="no image"),
        pytest.param("- uses: docker/login-action@v3\n", id="another action"),
        pytest.param("- run: docker compose build\n", id="compose, which says so itself"),
    ],
)
def test_no_builds(steps: str) -> None:
    assert builds_of(workflow(steps)) == ()


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        pytest.param(
            "context: ${{ inputs.folder }}\n", (None, None, "", ()), id="a folder that is not known"
        ),
        pytest.param(
            "file: Dockerfile\ntarget: ${{ inputs.target }}\ntags: ${{ inputs.tag }}\n",
            ("Dockerfile", "", None, ()),
            id="a target that is not known",
        ),
        pytest.param("context: https://example.com/x.git\n", (None, None, "", ()), id="a remote context"),
        pytest.param("push: true\n", ("Dockerfile", "", "", ()), id="nothing but defaults"),
        pytest.param("context: api\n", ("api/Dockerfile", "api", "", ()), id="the Dockerfile of a folder"),
        pytest.param(
            "context: .\nfile: ./api/prod.Dockerfile\ntarget: app\n"
            "tags: |\n  acme/api:latest\n  ghcr.io/acme/api:${{ github.sha }}\n",
            ("api/prod.Dockerfile", "", "app", ("acme/api", "ghcr.io/acme/api")),
            id="all of it",
        ),
        pytest.param(
            'context: "{{defaultContext}}:api"\nfile: prod.Dockerfile\n',
            ("api/prod.Dockerfile", "api", "", ()),
            id="a folder of the checkout that the builder makes",
        ),
        pytest.param(
            "outputs: type=image,name=ghcr.io/acme/api,push-by-digest=true\n",
            ("Dockerfile", "", "", ("ghcr.io/acme/api",)),
            id="a name among the outputs",
        ),
    ],
)
def test_the_action(inputs: str, expected: tuple[object, ...]) -> None:
    (build,) = builds_of(workflow(action(inputs)))

    assert told(build) == expected


def test_names_that_the_metadata_action_computes() -> None:
    steps = (
        "- uses: docker/metadata-action@v5\n  with:\n"
        "    images: |\n      name=acme/api\n      ghcr.io/acme/api\n"
        + action("tags: ${{ steps.meta.outputs.tags }}\n")
    )
    (build,) = builds_of(workflow(steps))

    assert build.names == ("acme/api", "ghcr.io/acme/api")


def test_variables_of_the_job() -> None:
    steps = action(
        "tags: ${{ env.REGISTRY }}/api:${{ github.sha }}\nbuild-args: |\n  GO=${{ env.GO }}\n  B=${{ x }}\n"
    )
    (build,) = builds_of(
        workflow(steps, above="env:\n  REGISTRY: ghcr.io/acme\n", job="    env:\n      GO: '1.24'\n")
    )

    assert build.names == ("ghcr.io/acme/api",)
    assert {name: fact.value for name, fact in build.args.items()} == {"GO": "1.24", "B": None}


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        pytest.param("docker build -f $FILE .", (None, "", "", ()), id="a file that is not known"),
        pytest.param("docker build - <Dockerfile", (None, None, "", ()), id="from its input"),
        pytest.param(
            "X=a\nX=b\ndocker build -t $X/y .", ("Dockerfile", "", "", ()), id="a variable set in two ways"
        ),
        pytest.param('cd "$DIR"\ndocker build .', (None, None, "", ()), id="in a folder that is not known"),
        pytest.param(
            "docker build -t acme/api:$(git describe) --target app .",
            ("Dockerfile", "", "app", ("acme/api",)),
            id="a tag that is not known",
        ),
        pytest.param(
            'IMAGE=acme/api\ndocker buildx build -t "$IMAGE:1" -f api/prod.Dockerfile api',
            ("api/prod.Dockerfile", "api", "", ("acme/api",)),
            id="a variable",
        ),
        pytest.param("cd api\ndocker build .", ("api/Dockerfile", "api", "", ()), id="in a folder"),
        pytest.param(
            "docker build $GITHUB_WORKSPACE/api", ("api/Dockerfile", "api", "", ()), id="from the checkout"
        ),
        pytest.param(
            "buildah bud -f prod.Dockerfile api",
            ("api/prod.Dockerfile", "api", "", ()),
            id="a file in the context",
        ),
    ],
)
def test_scripts(script: str, expected: tuple[object, ...]) -> None:
    (build,) = builds_of(workflow(f"- run: |\n{indent(script, '    ')}\n"))

    assert told(build) == expected


CHECKOUT = "- uses: actions/checkout@v4\n  with:\n    path: src/shop\n"
OTHER = CHECKOUT + "    repository: "


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param(OTHER + "acme/tools\n" + action("context: src/shop/api\n"), id="another repository"),
        pytest.param(
            OTHER + "${{ inputs.of }}\n- run: docker build src/shop/api\n", id="one that is not known"
        ),
        pytest.param(CHECKOUT + "- run: docker build src/shopping/api\n", id="a folder with a longer name"),
    ],
)
def test_what_lies_in_no_checkout_of_the_repository(steps: str) -> None:
    (build,) = builds_of({**workflow(steps), "go.mod": "module github.com/acme/shop\n"})

    assert build.context not in ("", "api")


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param(CHECKOUT + action("context: src/shop/api\n"), id="the action"),
        pytest.param(
            CHECKOUT + action("context: src/shop/api\nfile: src/shop/api/Dockerfile\n"), id="its file"
        ),
        pytest.param(CHECKOUT + "- run: cd src/shop && docker build api\n", id="a script that goes there"),
        pytest.param(CHECKOUT + "- run: docker build ./src/shop/api\n", id="a script that names it"),
        pytest.param(
            CHECKOUT + "- run: docker build .\n  working-directory: src/shop/api\n", id="a working directory"
        ),
        pytest.param(
            OTHER + "${{ github.repository }}\n- run: docker build src/shop/api\n", id="the repository itself"
        ),
        pytest.param(OTHER + "Acme/shop\n- run: docker build src/shop/api\n", id="its name"),
    ],
)
def test_a_checkout_into_a_folder(steps: str) -> None:
    (build,) = builds_of({**workflow(steps), "go.mod": "module github.com/acme/shop\n"})

    assert told(build) == ("api/Dockerfile", "api", "", ())


def test_each_combination_of_a_matrix() -> None:
    job = "    strategy:\n      matrix:\n        folder: [api, ., api]\n        go: ['1.24', '1.25']\n"
    steps = action("context: ${{ matrix.folder }}\ntags: acme/${{ matrix.folder }}:${{ github.sha }}\n")
    builds = builds_of(workflow(steps, job=job))

    assert [told(build) for build in builds] == [
        ("api/Dockerfile", "api", "", ("acme/api",)),
        ("Dockerfile", "", "", ()),
    ]


def test_what_a_reusable_workflow_is_called_with() -> None:
    called = (
        "on:\n  workflow_call:\n    inputs:\n      target: {type: string}\njobs:\n  image:\n    steps:\n"
        "      - uses: docker/build-push-action@v6\n        with:\n          target: ${{ inputs.target }}\n"
    )
    caller = (
        "on: push\njobs:\n  a:\n    uses: ./.github/workflows/image.yml\n    with:\n      target: app\n"
        "  b:\n    uses: ./.github/workflows/image.yml\n"
    )
    files = {**FILES, ".github/workflows/image.yml": called, ".github/workflows/ci.yml": caller}

    assert [build.target for build in builds_of(files)] == ["app", ""]


def test_a_script_in_a_working_directory() -> None:
    (build,) = builds_of(workflow("- run: docker build .\n  working-directory: api\n"))

    assert told(build) == ("api/Dockerfile", "api", "", ())


def test_kaniko_on_gitlab() -> None:
    text = (
        "package:\n  image: gcr.io/kaniko-project/executor:debug\n  variables:\n    NAME: acme/api\n"
        '  script:\n    - /kaniko/executor --context "$CI_PROJECT_DIR/api" --dockerfile prod.Dockerfile'
        ' --destination "$NAME:$CI_COMMIT_TAG"\n'
    )
    (build,) = builds_of({**FILES, ".gitlab-ci.yml": text})

    assert told(build) == ("api/prod.Dockerfile", "api", "", ("acme/api",))


@pytest.mark.parametrize(
    ("inputs", "ships"),
    [
        ("target: test\n", False),
        ("outputs: type=local,dest=bin\n", False),
        ("outputs: type=cacheonly\n", False),
        ("outputs: type=registry\n", True),
        ("target: app\n", True),
    ],
)
def test_what_ships(inputs: str, ships: bool) -> None:
    (build,) = builds_of(workflow(action(inputs)))

    assert build.ships is ships
