"""Which workload runs which image: only what is sure is linked."""

from __future__ import annotations

import pytest

from tests.analyzers.model.repositories import MAIN, dockerfile, module, repository, workload

ORDERS = {"go.mod": module(), "cmd/orders/main.go": MAIN, "Dockerfile": dockerfile("./cmd/orders")}
SHOP = {
    "go.mod": module(),
    "orders/cmd/main.go": MAIN,
    "pay/cmd/main.go": MAIN,
    "docker/orders.Dockerfile": dockerfile("./orders/cmd"),
    "docker/pay.Dockerfile": dockerfile("./pay/cmd"),
}
KO = "ko://example.com/shop/cmd/orders"
PLACES = {
    "go.mod": module(),
    "shop/user/main.go": MAIN,
    "shop/user/Dockerfile": dockerfile("./shop/user"),
    "shop/pay/main.go": MAIN,
    "shop/pay/Dockerfile": dockerfile("./shop/pay"),
}
OVERLAY = {
    "deploy/base/kustomization.yaml": "resources:\n  - app.yaml\n",
    "deploy/base/app.yaml": workload("app", "orders-image"),
    "deploy/live/kustomization.yaml": (
        "resources:\n  - ../base\nimages:\n  - name: orders-image\n    newName: example.com/acme/orders\n"
    ),
}


def links(files: dict[str, str]) -> dict[str, list[str]]:
    """By the program's folder (or the Dockerfile) the workloads that run it."""
    return {
        service.program.directory if service.program else service.image.path if service.image else "": [
            item.workload.name for item in service.deployed
        ]
        for service in repository(files).services
        if service.deployed
    }


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({**ORDERS, "k8s.yaml": workload("proxy", "envoyproxy/envoy:v1")}, id="another image"),
        pytest.param({**ORDERS, "k8s.yaml": workload("orders", "${IMAGE}")}, id="an image from a variable"),
        pytest.param(
            {**ORDERS, "k8s.yaml": workload("orders", "alpine:3.22")}, id="the workload's name alone"
        ),
        pytest.param(
            {
                **ORDERS,
                "Dockerfile.fast": dockerfile("./cmd/orders"),
                "k8s.yaml": workload("orders", "orders"),
            },
            id="two Dockerfiles of one program",
        ),
        pytest.param(
            {
                **ORDERS,
                "orders/Dockerfile": "FROM node:24\nCOPY . .\n",
                "k8s.yaml": workload("orders", "acme/orders"),
            },
            id="a Dockerfile without Go has the name too",
        ),
        pytest.param(
            {
                **ORDERS,
                "k8s.yaml": workload("a", "acme/one", extra='          command: ["/app"]\n'),
            },
            id="the command of another image",
        ),
        pytest.param(
            {
                "a/go.mod": module("example.com/a"),
                "a/api/main.go": MAIN,
                "a/api/Dockerfile": dockerfile(),
                "b/go.mod": module("example.com/b"),
                "b/api/main.go": MAIN,
                "b/api/Dockerfile": dockerfile(),
                "k8s.yaml": workload("api", "acme/api:1"),
            },
            id="two of one kind, whose is not told",
        ),
        pytest.param(
            {
                "a/go.mod": module("example.com/a"),
                "a/api/main.go": MAIN,
                "a/api/Dockerfile": dockerfile(),
                "a/Makefile": "image:\n\tdocker build -t acme/web api\n",
                "b/go.mod": module("example.com/b"),
                "b/api/main.go": MAIN,
                "b/api/Dockerfile": dockerfile(),
                "k8s.yaml": workload("api", "acme/api:1"),
            },
            id="two of one kind, one of which something builds",
        ),
        pytest.param(
            {"go.mod": module(), "cmd/orders/main.go": MAIN, "k8s.yaml": workload("orders", "acme/orders")},
            id="a program that no Dockerfile builds",
        ),
        pytest.param(
            {
                **ORDERS,
                "Dockerfile.alpine": dockerfile("./cmd/orders"),
                "k8s.yaml": workload("db", "alpine:3.22"),
            },
            id="a variant is no name",
        ),
        pytest.param(
            {**SHOP, "k8s.yaml": workload("shop", "acme/shop:1")}, id="the module's name with two images"
        ),
        pytest.param(
            {
                "go.mod": module(),
                "redis-service/main.go": MAIN,
                "redis-service/Dockerfile": dockerfile("./redis-service"),
                "k8s.yaml": workload("redis", "redis:7"),
            },
            id="what the service is named after",
        ),
        pytest.param(
            {**SHOP, "k8s.yaml": workload("a", "acme/orders-service-tools")}, id="a longer name than that"
        ),
        pytest.param(
            {**PLACES, "shop/user/k8s/db.yaml": workload("db", "mysql:8")}, id="beside it, with another name"
        ),
        pytest.param(
            {**PLACES, "deploy/user.yaml": workload("a", "acme/dapr-user")}, id="a like name somewhere else"
        ),
        pytest.param(
            {
                "go.mod": module(),
                "shop/app/main.go": MAIN,
                "shop/app/Dockerfile": dockerfile("./shop/app"),
                "shop/app/k8s.yaml": workload("a", "acme/other-app"),
            },
            id="beside its Dockerfile, with a name that any may bear",
        ),
        pytest.param(
            {
                **PLACES,
                "shop/user/Dockerfile.fast": dockerfile("./shop/user"),
                "shop/user/k8s/app.yaml": workload("a", "acme/dapr-user"),
            },
            id="beside two Dockerfiles",
        ),
    ],
)
def test_what_is_left_unlinked(files: dict[str, str]) -> None:
    assert links(files) == {}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {**ORDERS, "k8s.yaml": workload("web", "ghcr.io/acme/orders:1.2")},
            {"cmd/orders": ["web"]},
            id="program",
        ),
        pytest.param(
            {**ORDERS, "k8s.yaml": workload("web", "acme/shop:1")},
            {"cmd/orders": ["web"]},
            id="the only module",
        ),
        pytest.param(
            {
                "go.mod": module("example.com/acme/shop/v2"),
                "main.go": MAIN,
                "Dockerfile": dockerfile(),
                "k8s.yaml": workload("web", "acme/shop:1"),
            },
            {"": ["web"]},
            id="a module with a major version",
        ),
        pytest.param(
            {**SHOP, "k8s.yaml": workload("a", "acme/orders") + "---\n" + workload("b", "acme/pay")},
            {"orders/cmd": ["a"], "pay/cmd": ["b"]},
            id="named Dockerfiles",
        ),
        pytest.param(
            {
                "go.mod": module(),
                "orders/api/main.go": MAIN,
                "orders/worker/main.go": MAIN,
                "orders/api/Dockerfile": dockerfile("./orders/api"),
                "orders/worker/Dockerfile": dockerfile("./orders/worker"),
                "k8s.yaml": workload("a", "acme/orders-api") + "---\n" + workload("b", "acme/orders-worker"),
            },
            {"orders/api": ["a"], "orders/worker": ["b"]},
            id="parts of one service",
        ),
        pytest.param(
            {
                **ORDERS,
                "compose.yaml": "services:\n  web:\n    build: .\n    image: acme/backend:1\n",
                "k8s.yaml": workload("web", "registry.example.com/backend:2"),
            },
            {"cmd/orders": ["web"]},
            id="the name a compose file builds",
        ),
        pytest.param({**SHOP, **OVERLAY}, {"orders/cmd": ["app"]}, id="the name an overlay gives"),
        pytest.param(
            {
                **SHOP,
                **OVERLAY,
                "deploy/second/kustomization.yaml": (
                    "resources:\n  - ../base\nimages:\n  - name: orders-image\n    newName: acme/pay\n"
                ),
            },
            {"orders/cmd": ["app"], "pay/cmd": ["app"]},
            id="two overlays, two programs",
        ),
        pytest.param(
            {
                **SHOP,
                "k8s.yaml": workload("a", "acme/orders-service:1") + "---\n" + workload("b", "acme/pay-svc"),
            },
            {"orders/cmd": ["a"], "pay/cmd": ["b"]},
            id="service behind the name",
        ),
        pytest.param(
            {**SHOP, "k8s.yaml": workload("a", "orders-image")},
            {"orders/cmd": ["a"]},
            id="image behind the name",
        ),
        pytest.param(
            {**PLACES, "shop/user/k8s/app.yaml": workload("a", "acme/dapr-user")},
            {"shop/user": ["a"]},
            id="beside its Dockerfile, with more in front of the name",
        ),
        pytest.param(
            {
                "go.mod": module(),
                "shop/frontend/main.go": MAIN,
                "shop/frontend/Dockerfile": dockerfile("./shop/frontend"),
                "shop/frontend/k8s/app.yaml": workload("a", "acme/market-frontend"),
                "shop/pay/main.go": MAIN,
                "shop/pay/Dockerfile": dockerfile("./shop/pay"),
            },
            {"shop/frontend": ["a"]},
            id="beside its Dockerfile, named after the folder alone",
        ),
        pytest.param(
            {
                "shop/user/go.mod": module("example.com/shop"),
                "shop/user/main.go": MAIN,
                "shop/user/Dockerfile": dockerfile(),
                "shop/pay/go.mod": module("example.com/shop"),
                "shop/pay/main.go": MAIN,
                "shop/pay/Dockerfile": dockerfile(),
                "shop/user/k8s/app.yaml": workload("a", "acme/shop"),
            },
            {"shop/user": ["a"]},
            id="beside one of two with the name",
        ),
        pytest.param(
            {
                **ORDERS,
                "other/Dockerfile.orders": dockerfile("./cmd/orders"),
                "Makefile": "image:\n\tdocker build -t acme/web .\n",
                "k8s.yaml": workload("a", "acme/orders"),
            },
            {"cmd/orders": ["a"]},
            id="the one of two Dockerfiles that something builds",
        ),
        pytest.param(
            {
                "go.mod": module("user_service"),
                "main.go": MAIN,
                "Dockerfile": dockerfile(),
                "k8s.yaml": workload("users", "acme/user-service:1"),
            },
            {"": ["users"]},
            id="a dash for an underscore",
        ),
        pytest.param(
            {
                **ORDERS,
                "Dockerfile.alpine": dockerfile("./cmd/orders"),
                "k8s.yaml": workload("web", "acme/orders"),
            },
            {"cmd/orders": ["web"]},
            id="the plain Dockerfile before its variants",
        ),
        pytest.param(
            {**ORDERS, "k8s.yaml": workload("web", '"${REGISTRY}/orders:${TAG}"')},
            {"cmd/orders": ["web"]},
            id="the part of a name that is no variable",
        ),
        pytest.param(
            {
                **ORDERS,
                "Makefile": "image:\n\tdocker build -t $(REGISTRY)/backend:$(TAG) .\n",
                "k8s.yaml": workload("web", "example.com/shop/backend:1"),
            },
            {"cmd/orders": ["web"]},
            id="the part of a built name that is no variable",
        ),
        pytest.param(
            {
                "go.mod": module(),
                "main.go": MAIN,
                "Dockerfile": dockerfile(".", '["/manager"]', "/manager"),
                "k8s.yaml": workload("a", "controller:latest", extra='          command: ["/manager"]\n'),
            },
            {"": ["a"]},
            id="the command of an image that is named later",
        ),
        pytest.param(
            {"go.mod": module(), "cmd/orders/main.go": MAIN, "k8s.yaml": workload("a", KO)},
            {"cmd/orders": ["a"]},
            id="an image that ko builds",
        ),
        pytest.param(
            {
                **SHOP,
                "pay-service/cmd/main.go": MAIN,
                "docker/pay-service.Dockerfile": dockerfile("./pay-service/cmd"),
                "k8s.yaml": workload("a", "acme/pay-service"),
            },
            {"pay-service/cmd": ["a"]},
            id="the exact name before a like one",
        ),
    ],
)
def test_what_is_linked(files: dict[str, str], expected: dict[str, list[str]]) -> None:
    assert links(files) == expected


@pytest.mark.parametrize(
    ("extra", "entry"),
    [
        pytest.param('          command: ["/migrate"]\n', '["/app"]', id="another command"),
        pytest.param('          command: ["sh", "-c", "/app"]\n', '["/app"]', id="a shell"),
        pytest.param('          args: ["/migrate"]\n', "", id="arguments in the place of CMD"),
    ],
)
def test_containers_that_may_start_something_else(extra: str, entry: str) -> None:
    assert running(extra, entry) == []


@pytest.mark.parametrize(
    "extra",
    [
        pytest.param("", id="nothing of its own"),
        pytest.param('          args: ["serve"]\n', id="arguments"),
        pytest.param('          command: ["/app"]\n', id="the image's own command"),
        pytest.param('          command: ["/bin/orders"]\n', id="the program's name"),
    ],
)
def test_containers_that_start_the_program(extra: str) -> None:
    assert running(extra, '["/app"]') == ["web"]


def running(extra: str, entry: str) -> list[str]:
    image = (
        dockerfile("./cmd/orders", entry)
        if entry
        else dockerfile("./cmd/orders").replace("ENTRYPOINT", "CMD")
    )
    files = {**ORDERS, "Dockerfile": image, "k8s.yaml": workload("web", "acme/orders", extra=extra)}
    (service,) = repository(files).services
    return [item.workload.name for item in service.running]


@pytest.mark.parametrize(
    ("directory", "expected"),
    [
        pytest.param("cmd/orders", "orders", id="below cmd"),
        pytest.param("orders/cmd", "orders", id="above cmd"),
        pytest.param("orders/cmd/api", "orders", id="above a weak name"),
        pytest.param("cmd/api", "api", id="only a weak name"),
        pytest.param("cmd", "shop", id="the module, where no folder tells"),
    ],
)
def test_what_a_service_is_called(directory: str, expected: str) -> None:
    (service,) = repository({"go.mod": module(), f"{directory}/main.go": MAIN}).services
    assert service.name == expected


def test_an_image_whose_program_is_not_found_is_called_by_what_it_starts() -> None:
    text = 'FROM golang:1.24 AS build\nRUN go build -o /gateway .\nFROM scratch\nCMD ["/gateway"]\n'
    (service,) = repository({"Dockerfile": text}).services
    assert service.name == "gateway"
