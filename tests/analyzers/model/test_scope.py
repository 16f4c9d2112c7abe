"""What is meant to be deployed, by its place."""

from __future__ import annotations

import pytest

from analyzers.model.scope import is_deployed_dockerfile, is_deployed_manifest, is_deployed_program


@pytest.mark.parametrize(
    "directory",
    [
        "test/stub",
        "hack/gen",
        "cmd/Examples",
        "tools",
        "src/integration/api",
        "_old",
        ".github/bot",
        "build/cmd/find",
        "cmd/orders-gen",
        "cmd/orders-suites",
        "cmd/load_test",
    ],
)
def test_programs_for_those_who_work_on_the_repository(directory: str) -> None:
    assert not is_deployed_program(directory)


@pytest.mark.parametrize(
    "directory", ["", "cmd/api", "services/testing-grounds", "cmd/docserver", "cmd/builder", "cmd/suites"]
)
def test_programs_that_ship(directory: str) -> None:
    assert is_deployed_program(directory)


@pytest.mark.parametrize(
    "path",
    [
        "Dockerfile.dev",
        "ci.Dockerfile",
        "docker/Dockerfile.HotReload",
        "dev/Dockerfile",
        "api/hot-reload.Dockerfile",
        "parser/testfiles/env/Dockerfile",
        "internal/translator/testutils/inputs/Dockerfile",
        "_examples/shop/Dockerfile",
        "integration-test/Dockerfile",
        "watcher/integrationtest/Dockerfile",
        "e2e_tests/Dockerfile",
        "dockerfiles/docs.Dockerfile",
        ".cursor/Dockerfile",
        "orders-build-image/Dockerfile",
        "project/dev-image/Dockerfile",
    ],
)
def test_images_for_those_who_work_on_the_repository(path: str) -> None:
    assert not is_deployed_dockerfile(path)


@pytest.mark.parametrize(
    "path",
    ["Dockerfile", "Dockerfile.prod", "reload/Dockerfile", "Dockerfile.device", "build/image/Dockerfile"],
)
def test_images_that_ship(path: str) -> None:
    assert is_deployed_dockerfile(path)


@pytest.mark.parametrize(
    "path",
    [
        "k8s/dev/app.yaml",
        "charts/shop/ci/test-values.yaml",
        "charts/example/templates/app.yaml",
        "charts/shop-test/templates/app.yaml",
        "deploy/shop-example/app.yaml",
        "charts/shop/values-example.yaml",
    ],
)
def test_manifests_for_those_who_work_on_the_repository(path: str) -> None:
    assert not is_deployed_manifest(path)


@pytest.mark.parametrize(
    "path",
    ["k8s/app.yaml", "charts/shop-example/templates/app.yaml", "deploy/helm/shop_sample/values.yaml"],
)
def test_manifests_of_what_is_deployed(path: str) -> None:
    assert is_deployed_manifest(path)
