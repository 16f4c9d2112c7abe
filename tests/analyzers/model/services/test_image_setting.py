"""Whether something replaces images at deployment, and who builds an image."""

from __future__ import annotations

import pytest

from analyzers.model.image import ImageRef
from analyzers.model.services.image_setting import is_set_at_deployment
from analyzers.model.services.own_images import builders_of, is_for_developers
from tests.analyzers.model.repositories import repository


@pytest.mark.parametrize(
    "files",
    [
        {"Makefile": "deploy:\n\tcd deploy && kustomize edit set image orders=$(IMG)\n"},
        {"ci/deploy.sh": "kubectl set image deployment/orders orders=$IMG\n"},
        {".github/workflows/deploy.yml": "jobs: {x: {steps: [run: helm upgrade x . --set image.tag=$T]}}\n"},
        {"deploy.sh": "sed -i s/:latest/:$TAG/ deploy/orders.yaml\n"},
        {"deploy/orders.yaml": 'image: a/b:latest # {"$imagepolicy": "flux-system:orders"}\n'},
        {"Tiltfile": "docker_build('orders', '.')\n"},
    ],
)
def test_images_are_set(files: dict[str, str]) -> None:
    assert is_set_at_deployment(repository(files).sources)


@pytest.mark.parametrize(
    "files",
    [
        {"Makefile": "deploy:\n\tkubectl apply -f deploy/\n"},
        {"deploy.sh": "helm upgrade orders . --values values.yaml\n"},
        {"deploy/orders.yaml": "image: a/b:latest\n"},
    ],
)
def test_images_stay(files: dict[str, str]) -> None:
    assert not is_set_at_deployment(repository(files).sources)


def test_who_builds_an_image() -> None:
    files = {
        "Dockerfile": "FROM scratch\n",
        "compose.yaml": "services:\n  a: {image: acme/orders, build: .}\n  b: {image: bare, build: .}\n",
        ".gitlab-ci.yml": "publish:\n  script:\n    - docker build -t $R/stock .\n",
    }
    builds = repository(files).builds
    orders, stock, bare = (ImageRef(name, name) for name in ("acme/orders", "x.net/stock", "bare"))
    assert [build.by for build in builders_of(orders, builds)] == ["compose"]
    assert [build.by for build in builders_of(stock, builds)] == ["pipeline"]
    assert [is_for_developers(image, builds) for image in (orders, stock, bare)] == [True, False, True]
    assert not is_for_developers(ImageRef("redis", "redis"), builds)
