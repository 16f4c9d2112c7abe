"""Which Services and autoscalers stand around a container."""

from __future__ import annotations

import pytest

from analyzers.model.services.surrounding import Selected
from tests.analyzers.model.repositories import autoscaler, cluster_service, repository, workload

WEB = workload("web", "acme/web")


def around(files: dict[str, str], path: str) -> list[str]:
    """The places of the Services that select the workload of a file."""
    (item,) = (found for found in repository(files).deployed if found.workload.path == path)
    return [service.path for service in item.cluster_services]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"k8s/web.yaml": WEB}, [], id="none"),
        pytest.param(
            {"k8s/web.yaml": WEB, "k8s/svc.yaml": cluster_service("pay", "pay")}, [], id="another's"
        ),
        pytest.param(
            {"k8s/web.yaml": WEB, "games/chess/svc.yaml": cluster_service("web", "web")}, [], id="far away"
        ),
        pytest.param(
            {"k8s/web.yaml": WEB, "k8s/svc.yaml": cluster_service("web", "web")},
            ["k8s/svc.yaml"],
            id="beside",
        ),
        pytest.param(
            {"k8s/web.yaml": WEB, "svc.yaml": cluster_service("web", "web")},
            ["svc.yaml"],
            id="in a folder around",
        ),
        pytest.param(
            {"k8s/web.yaml": WEB, "services/web.yaml": cluster_service("web", "web")},
            ["services/web.yaml"],
            id="in a sister folder",
        ),
        pytest.param(
            {
                "k8s/web.yaml": WEB,
                "k8s/svc.yaml": cluster_service("web", "web"),
                "other/svc.yaml": cluster_service("shop", "web"),
            },
            ["k8s/svc.yaml"],
            id="beside speaks against a sister folder",
        ),
        pytest.param(
            {
                "k8s/web.yaml": WEB + "---\n" + cluster_service("web", "web"),
                "k8s/svc.yaml": cluster_service("web", "web"),
                "k8s/public.yaml": cluster_service("public", "web"),
            },
            ["k8s/public.yaml", "k8s/web.yaml"],
            id="two names, the nearest of each",
        ),
    ],
)
def test_services_of_a_workload(files: dict[str, str], expected: list[str]) -> None:
    assert sorted(around(files, "k8s/web.yaml")) == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"k8s/web.yaml": WEB, "k8s/hpa.yaml": autoscaler("pay")}, None, id="another's"),
        pytest.param({"k8s/web.yaml": WEB, "k8s/hpa.yaml": autoscaler("web")}, "k8s/hpa.yaml", id="its own"),
        pytest.param(
            {"a/web.yaml": WEB, "b/hpa.yaml": autoscaler("web"), "a/hpa.yaml": autoscaler("web")},
            "a/hpa.yaml",
            id="the nearest of two",
        ),
    ],
)
def test_the_autoscaler_of_a_workload(files: dict[str, str], expected: str | None) -> None:
    (item,) = repository(files).deployed
    assert (item.autoscaler.at.path if item.autoscaler else None) == expected


def test_what_a_service_selects() -> None:
    read = repository(
        {
            "k8s/web.yaml": WEB,
            "k8s/pay.yaml": workload("pay", "acme/pay"),
            "k8s/svc.yaml": cluster_service("w", "web"),
        }
    )
    (service,) = read.cluster_services
    assert [item.workload.name for item in Selected(read.deployed).by(service)] == ["web"]
    assert Selected(()).by(service) == ()
