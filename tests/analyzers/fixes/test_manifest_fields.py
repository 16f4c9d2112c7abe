from __future__ import annotations

import pytest

from analyzers.finding import Edit
from analyzers.fixes.headless import make_headless
from analyzers.fixes.manifest_fields import add_first, add_last
from tests.analyzers.model.manifests.pods import PATH, container
from tests.analyzers.model.repositories import repository


def test_a_first_field_stands_above_the_others() -> None:
    probe = container("livenessProbe:\n  tcpSocket: {port: 80}\n").liveness
    assert probe
    assert add_first(probe.whole, probe.at, "a: 1") == Edit(PATH, 11, 10, " " * 12 + "a: 1")


def test_nothing_is_added_to_braces() -> None:
    probe = container("livenessProbe: {tcpSocket: {port: 80}}\n").liveness
    assert probe
    assert add_first(probe.whole, probe.at, "a: 1") is None


def test_lines_stand_below_the_last_field() -> None:
    web = container("ports:\n  - containerPort: 80\n")
    assert add_last(web.whole, web.places, ["a:", "  b: 1"]) == Edit(
        PATH, 12, 11, " " * 10 + "a:\n" + " " * 12 + "b: 1"
    )


def test_fields_that_do_not_stand_below_each_other_get_no_more() -> None:
    web = container("ports:\n  - containerPort: 80\n")
    apart = {**web.places, "image": web.ports[0].at}
    assert add_last(web.whole, apart, ["a: 1"]) is None


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        pytest.param("spec:\n  ports: []\n", Edit("s.yaml", 5, 4, "  clusterIP: None"), id="lines"),
        pytest.param("spec: {ports: []}\n", None, id="braces"),
        pytest.param("spec:\n  clusterIP: 10.0.0.7\n", None, id="an address is asked for"),
    ],
)
def test_a_service_loses_its_address(spec: str, expected: Edit | None) -> None:
    read = repository({"s.yaml": f"apiVersion: v1\nkind: Service\nmetadata: {{name: web}}\n{spec}"})
    (service,) = read.cluster_services
    assert make_headless(service, read.text_at) == expected
