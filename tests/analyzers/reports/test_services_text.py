"""The service model as a person reads it."""

from __future__ import annotations

import json

import pytest

from analyzers.reports.services_json import render_services_json
from analyzers.reports.services_outline import outline
from analyzers.reports.services_text import render_services_text
from tests.analyzers.model.repositories import cluster_service, dockerfile, module, repository, workload

SERVER = 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":8080", nil) }\n'
PORTS = "          ports:\n            - containerPort: 8080\n"
PROBE = "          readinessProbe:\n            httpGet: {path: /ready, port: 8080}\n"
FILES = {
    "go.mod": module() + "\ngo 1.25.0\n",
    "cmd/orders/main.go": SERVER,
    "Dockerfile": dockerfile("./cmd/orders"),
    "compose.yaml": "services:\n  orders:\n    image: acme/orders\n    build: .\n",
    ".github/workflows/ci.yml": "jobs:\n  push:\n    steps:\n      - run: docker build -t acme/orders .\n",
    "k8s.yaml": workload("web", "acme/orders:1", extra=PORTS + PROBE)
    + "---\n"
    + cluster_service("shop", "web"),
    "db.yaml": workload("db", "postgres:17"),
}
TEXT = """\
orders
  program   cmd/orders, module example.com/shop, go 1.25.0
  listens   :8080 http, cmd/orders/main.go:5
  image     Dockerfile, context ., golang:1.25 -> scratch, program by build, named acme/orders,
              compose compose.yaml:2, pipeline .github/workflows/ci.yml:4
  job       push, .github/workflows/ci.yml:2
  workload  Deployment web, k8s.yaml:2, image acme/orders:1 by build, ports 8080,
              readiness http:8080/ready
  service   shop, k8s.yaml:20, 80->80

Containers of another image
  postgres:17: nothing here builds it, db.yaml:12

1 service, 1 with a workload; 1 part linked to nothing
"""


def test_a_service_takes_a_block_and_the_rest_its_reason() -> None:
    assert render_services_text(outline(repository(FILES))) == TEXT


def test_only_what_has_a_part_in_a_folder() -> None:
    found = outline(repository(FILES))
    assert len(found.inside(["cmd/orders"]).services) == 1
    assert found.inside(["cmd/pay"]).services == ()
    assert [each.name for each in found.inside(["db.yaml"]).unlinked] == ["postgres:17"]


def test_a_hostile_name_cannot_steer_the_terminal() -> None:
    files = {**FILES, "db.yaml": workload("db", '"\\e[2Jx/y"')}
    assert "\x1b" not in render_services_text(outline(repository(files)))


def test_lines_fit_a_terminal_of_a_hundred_columns() -> None:
    text = render_services_text(outline(repository(FILES)))
    assert max(map(len, text.splitlines())) <= 100


ROUTE = (
    "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: front}\n"
    "spec: {defaultBackend: {service: {name: shop, port: {number: 80}}}}\n"
)


def test_what_stands_around_a_workload() -> None:
    proxy = "        - name: mesh\n          image: istio/proxyv2:1.24.0\n"
    manifest = FILES["k8s.yaml"].replace("---\n", f"{proxy}---\n", 1) + ROUTE
    text = render_services_text(outline(repository({**FILES, "k8s.yaml": manifest})))
    assert "readiness http:8080/ready, beside istio-proxy\n" in text
    assert "service   shop, k8s.yaml:22, 80->80, from Ingress front\n" in text


LONG = "registry.example.com/a-team-with-a-long-name/its-many-things/shop-frontend:v1.2.3"
LEFT = {
    **FILES,
    "web/Dockerfile": "FROM node:24\n",
    "mail/Dockerfile": "FROM python:3.14\n",
    "db.yaml": workload("db", LONG),
}
LEFT_TEXT = """\
Dockerfiles without a program
  no Go is built in it: mail/Dockerfile, web/Dockerfile

Containers of another image
  .../its-many-things/shop-frontend:v1.2.3: nothing here builds it, db.yaml:12
"""


def test_what_is_left_in_few_lines_whose_names_end_as_they_do() -> None:
    assert LEFT_TEXT in render_services_text(outline(repository(LEFT)))


@pytest.mark.parametrize(
    ("server", "expected"),
    [
        pytest.param(SERVER, [":8080 http, cmd/orders/main.go:5"], id="all is known"),
        pytest.param("package main\n\nfunc main() {}\n", ["nowhere that is seen"], id="no server"),
        pytest.param(
            SERVER.replace('":8080"', "address()"),
            ["on a port that is not known, cmd/orders/main.go:5"],
            id="a port that is not",
        ),
        pytest.param(
            SERVER.replace('"net/http"', '"net/http"\nimport "github.com/zeromicro/go-zero/rest"').replace(
                "{ ", "{ rest.MustNewServer(rest.RestConf{}).Start(); "
            ),
            [":8080 http, cmd/orders/main.go:6", "perhaps elsewhere too"],
            id="a framework that listens by itself",
        ),
        pytest.param(
            'package main\n\nimport "github.com/zeromicro/go-zero/rest"\n\nfunc main() { rest.Run() }\n',
            ["perhaps, in a library"],
            id="a framework alone",
        ),
    ],
)
def test_where_a_program_listens(server: str, expected: list[str]) -> None:
    text = render_services_text(outline(repository({**FILES, "cmd/orders/main.go": server})))
    start, end = text.index("  listens"), text.index("  image")
    assert [line[12:] for line in text[start:end].splitlines()] == expected


def test_a_base_that_an_argument_decides_is_told_as_it_is_written() -> None:
    image = FILES["Dockerfile"].replace("FROM scratch", "ARG BASE\nFROM $BASE")
    text = render_services_text(outline(repository({**FILES, "Dockerfile": f"ARG BASE\n{image}"})))
    assert "golang:1.25 -> $BASE," in text


def test_one_sure_place_is_enough_and_one_more_is_one() -> None:
    unsure = workload("web", "acme/orders:1", extra="          {{- toYaml .Values.more | nindent 10 }}\n")
    chart = {"chart/Chart.yaml": "name: web\nversion: 1.0.0\n", "chart/templates/web.yaml": unsure}
    alone = {path: text for path, text in FILES.items() if path != "k8s.yaml"}
    assert "may start something else" in render_services_text(outline(repository({**alone, **chart})))
    both = render_services_text(outline(repository({**FILES, **chart})))
    assert "1 more place," in both
    assert "may start something else" not in both


def test_the_schema() -> None:
    document = json.loads(render_services_json(outline(repository(FILES))))
    assert document["schema"] == "shipworthy/services/v1"
    (service,) = document["services"]
    assert service["program"]["listens"] == [
        {
            "protocol": "http",
            "port": 8080,
            "variable": "",
            "flag": "",
            "at": {"path": "cmd/orders/main.go", "line": 5},
        }
    ]
    assert service["images"][0]["names"] == ["acme/orders"]
    assert service["jobs"] == [{"name": "push", "at": {"path": ".github/workflows/ci.yml", "line": 2}}]
    assert service["workloads"][0]["services"][0]["ports"] == ["80->80"]
    assert document["unlinked"][0]["reason"] == "nothing here builds it"
