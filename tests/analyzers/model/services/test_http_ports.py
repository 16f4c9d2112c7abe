"""What a program answers on each of its HTTP ports."""

from __future__ import annotations

import pytest

from analyzers.model.service import Service
from analyzers.model.services.health import HealthAddress, find_health_address
from analyzers.model.services.http_ports import HttpPort, find_handling, http_ports
from tests.analyzers.model.go_source import go_main
from tests.analyzers.model.repositories import dockerfile, module, repository, workload

HANDLER = "func ok(w http.ResponseWriter, r *http.Request) {}"
TWO = (
    'admin := http.NewServeMux()\nadmin.HandleFunc("/healthz", ok)\ngo http.ListenAndServe(":9090", admin)\n'
    'mux := http.NewServeMux()\nmux.HandleFunc("/orders", ok)\nhttp.ListenAndServe(":8080", mux)'
)


def service(body: str) -> Service:
    files = {
        "go.mod": module(),
        "main.go": go_main(body, HANDLER),
        "Dockerfile": dockerfile(),
        "k8s.yaml": workload("web", "acme/shop"),
    }
    (only,) = repository(files).services
    return only


def ports(body: str) -> tuple[HttpPort, ...]:
    found = service(body)
    assert found.program
    return http_ports(found.program, found.running[0].container, found.image)


def mux(*paths: str) -> str:
    lines = [f'http.HandleFunc("{path}", ok)' for path in paths]
    return "\n".join([*lines, 'http.ListenAndServe(":8080", nil)'])


def test_each_port_has_its_own_routes() -> None:
    main, admin = ports(TWO)
    assert (main.number, main.answers("/orders"), main.answers("/healthz")) == (8080, True, False)
    assert (admin.number, admin.answers("/orders"), admin.answers("/healthz")) == (9090, False, True)


def test_nothing_is_told_where_a_port_is_unknown() -> None:
    assert ports('go http.ListenAndServe(os.Getenv("A"), nil)\n' + mux("/healthz")) == ()


@pytest.mark.parametrize(
    ("paths", "asked", "nearest"),
    [
        pytest.param(["/orders"], "/healthz", None, id="none for probes"),
        pytest.param(["/healthz", "/orders"], "/health", "/healthz", id="one letter"),
        pytest.param(["/api/live", "/api/ready"], "/ready", "/api/ready", id="a prefix"),
        pytest.param(["/health/"], "/healthy", None, id="a whole tree is not one page"),
        pytest.param(["/upload", "/shipping"], "/ping", None, id="a word that ends so"),
    ],
)
def test_the_route_that_was_meant(paths: list[str], asked: str, nearest: str | None) -> None:
    (port,) = ports(mux(*paths))
    route = port.nearest(asked)
    assert (route and route.path) == nearest


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        pytest.param(["/orders"], None, id="none"),
        pytest.param(["/livez"], None, id="only liveness"),
        pytest.param(["/livez", "/healthz"], "/healthz", id="not that of liveness"),
        pytest.param(["/healthz", "/readyz"], "/readyz", id="by its name"),
    ],
)
def test_what_a_readiness_probe_should_ask(paths: list[str], expected: str | None) -> None:
    (port,) = ports(mux(*paths))
    route = port.readiness_route
    assert (route and route.path) == expected


@pytest.mark.parametrize(
    ("number", "path", "expected"),
    [
        pytest.param(9090, "/healthz/?full=1", "/healthz", id="slash and query"),
        pytest.param(None, "/healthz", "/healthz", id="the port is not known, and one route has the path"),
        pytest.param(9090, "/health", None, id="no such route"),
    ],
)
def test_the_route_behind_a_probe(number: int | None, path: str, expected: str | None) -> None:
    found = service(TWO)
    assert found.program
    route = find_handling(found.program, found.running[0].container, found.image, number, path)
    assert (route and route.path) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        pytest.param({8080}, HealthAddress(8080, "/ready"), id="the port that gets the requests"),
        pytest.param({9090}, HealthAddress(9090, "/healthz"), id="the other"),
        pytest.param({7070}, HealthAddress(8080, "/ready"), id="neither"),
    ],
)
def test_where_a_program_tells_how_it_is(wanted: set[int | None], expected: HealthAddress) -> None:
    found = service(TWO.replace("/orders", "/ready"))
    assert found.program
    assert find_health_address(found.program, found.running[0].container, found.image, wanted) == expected
