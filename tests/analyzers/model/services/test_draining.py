"""How long a program drains when its container is started as the manifest says."""

from __future__ import annotations

import pytest

from analyzers.model.services.draining import longest_drain
from tests.analyzers.model.go_source import go_main
from tests.analyzers.model.repositories import dockerfile, module, repository, workload

SERVER = 'srv := &http.Server{Addr: ":80"}\n'
FLAG = 'wait := flag.Duration("drain", 20*time.Second, "")\n'
ENV = 'wait, _ := time.ParseDuration(os.Getenv("DRAIN"))\n'


def stop(limit: str, name: str = "srv") -> str:
    return (
        f"{{\nctx, cancel := context.WithTimeout(context.Background(), {limit})\n{name}.Shutdown(ctx)\n}}\n"
    )


def drain(body: str, extra: str = "") -> tuple[float, bool] | None:
    files = {
        "go.mod": module(),
        "main.go": go_main(SERVER + body),
        "Dockerfile": dockerfile(),
        "k8s.yaml": workload("web", "acme/web", extra=extra),
    }
    read = repository(files)
    found = longest_drain(read.programs[0], read.deployed[0].container, read.images[0])
    return (found.seconds, found.is_exact) if found else None


@pytest.mark.parametrize(
    ("body", "extra"),
    [
        pytest.param("", "", id="no shutdown"),
        pytest.param("srv.Shutdown(context.Background())", "", id="no deadline"),
        pytest.param(stop("unknown()"), "", id="an unknown deadline"),
        pytest.param(ENV + stop("wait"), "", id="a variable nobody sets"),
        pytest.param(
            FLAG + stop("*wait"),
            "          envFrom: [{configMapRef: {name: a}}]\n",
            id="a flag that a variable may set",
        ),
    ],
)
def test_nothing_is_known(body: str, extra: str) -> None:
    assert drain(body, extra) is None


@pytest.mark.parametrize(
    ("body", "extra", "expected"),
    [
        pytest.param(stop("20*time.Second"), "", (20, True), id="one"),
        pytest.param(stop("20*time.Second") + stop("5*time.Second"), "", (20, True), id="the longest of two"),
        pytest.param(stop("20*time.Second") + stop("unknown()"), "", (20, False), id="another may be longer"),
        pytest.param(FLAG + stop("*wait"), "", (20, True), id="a flag's default"),
        pytest.param(
            FLAG + stop("*wait"), "          args: ['-drain=45s']\n", (45, True), id="a flag that is given"
        ),
        pytest.param(
            ENV + stop("wait"),
            "          env: [{name: DRAIN, value: 1m30s}]\n",
            (90, True),
            id="a variable that is given",
        ),
    ],
)
def test_the_longest_wait(body: str, extra: str, expected: tuple[float, bool]) -> None:
    assert drain(body, extra) == expected
