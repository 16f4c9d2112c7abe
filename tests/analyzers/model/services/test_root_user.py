from __future__ import annotations

from collections.abc import Mapping

import pytest

from analyzers.model.services.mounting import may_be_given
from analyzers.model.services.root_user import ends_as_root, may_be_run_elsewhere, may_need_root, user_of
from tests.analyzers.model.repositories import repository, workload

MAIN = "package main\n\nimport {}\n\nfunc main() {{ {} }}\n"
SERVING = MAIN.format('"net/http"', 'http.ListenAndServe(":8080", nil)')
BUILD = "FROM golang:1.24 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /orders .\nFROM alpine:3.22\n"
ENTRY = 'ENTRYPOINT ["/orders"]\n'


@pytest.mark.parametrize(
    ("text", "is_root"),
    [
        ("FROM alpine:3.22\n", True),
        ("FROM alpine:3.22\nUSER app\nUSER 0:0\n", True),
        ("FROM alpine:3.22 AS a\nUSER app\nFROM a\nUSER root\n", True),
        ("FROM registry.acme.internal/base:1\nUSER root\n", True),
        ("FROM registry.acme.internal/base:1\n", False),
        ("FROM alpine:3.22\nUSER $USER_ID\n", False),
        ("FROM alpine:3.22\nUSER app:root\n", False),
        ("FROM alpine:3.22 AS a\nUSER app\nFROM a\n", False),
    ],
)
def test_an_image_that_ends_as_root(text: str, is_root: bool) -> None:
    assert ends_as_root(repository({"Dockerfile": text}).images[0].final) is is_root


@pytest.mark.parametrize(
    ("last", "main", "files", "may"),
    [
        ("COPY --from=build /orders /\n" + ENTRY, SERVING, {}, False),
        ("COPY --from=build /orders /\nEXPOSE 8080\n" + ENTRY, SERVING, {}, False),
        ("COPY --from=build /orders /\nEXPOSE 80\n" + ENTRY, SERVING, {}, True),
        ("COPY --from=build /orders /\nEXPOSE $PORT\n" + ENTRY, SERVING, {}, True),
        ("RUN apk add --no-cache iptables\nCOPY --from=build /orders /\n" + ENTRY, SERVING, {}, True),
        ('COPY --from=build /orders /\nENTRYPOINT ["gosu", "app", "/orders"]\n', SERVING, {}, True),
        ('COPY --from=build /orders /\nENTRYPOINT ["/docker-entrypoint.sh"]\n', SERVING, {}, True),
        (
            'COPY --from=build /orders /\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]\n',
            SERVING,
            {"start.sh": "#!/bin/sh\nexec su-exec app /orders\n"},
            True,
        ),
        (
            'COPY --from=build /orders /\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]\n',
            SERVING,
            {"start.sh": "#!/bin/sh\nexec /orders\n"},
            False,
        ),
        (
            "COPY --from=build /orders /\n" + ENTRY,
            MAIN.format('"syscall"', "syscall.Setuid(10001)"),
            {},
            True,
        ),
        (
            "COPY --from=build /orders /\n" + ENTRY,
            MAIN.format('"net/http"', 'http.ListenAndServe(":443", nil)'),
            {},
            True,
        ),
        (
            "COPY --from=build /orders /\n" + ENTRY,
            MAIN.format('"github.com/vishvananda/netlink"', "netlink.LinkList()"),
            {},
            True,
        ),
    ],
)
def test_what_may_need_root(last: str, main: str, files: Mapping[str, str], may: bool) -> None:
    read = repository({"go.mod": "module a\n", "main.go": main, "Dockerfile": BUILD + last, **files})
    (service,) = read.services
    assert may_need_root(service, read.scripts) is may


def security(text: str) -> str:
    return f"          securityContext: {{{text}}}\n"


@pytest.mark.parametrize(
    ("extra", "user"),
    [
        ("", "unsaid"),
        (security("readOnlyRootFilesystem: true"), "unsaid"),
        (security("runAsNonRoot: false"), "unsaid"),
        (security("runAsNonRoot: true"), "other"),
        (security("runAsUser: 10001"), "other"),
        (security("runAsUser: 0"), "root"),
    ],
)
def test_who_a_workload_says_it_is(extra: str, user: str) -> None:
    read = repository({"deploy/orders.yaml": workload("orders", "acme/orders:1", extra=extra)})
    assert user_of(read.deployed[0].container) == user


@pytest.mark.parametrize(
    ("image", "extra", "may"),
    [
        ("acme/orders:1", security("runAsUser: 10001"), False),
        ("$IMAGE", "", False),
        ("$IMAGE", security("runAsUser: 10001"), True),
    ],
)
def test_a_container_of_an_unknown_image(image: str, extra: str, may: bool) -> None:
    read = repository({"deploy/orders.yaml": workload("orders", f'"{image}"', extra=extra)})
    assert may_be_run_elsewhere(read.deployed, ()) is may


def mount(path: str) -> str:
    return f"          volumeMounts:\n            - {{name: a, mountPath: {path}}}\n"


@pytest.mark.parametrize(
    ("extra", "may"),
    [
        ("", False),
        (mount("/data"), False),
        (mount("/etc/orders"), False),
        (mount("/etc/ssl/certs"), True),
        (mount("/etc"), True),
        ("          env:\n            - {name: SSL_CERT_FILE, value: /data/ca.crt}\n", True),
    ],
)
def test_what_a_container_is_given(extra: str, may: bool) -> None:
    read = repository(
        {
            "go.mod": "module a\n",
            "main.go": SERVING,
            "Dockerfile": BUILD + "COPY --from=build /orders /\n" + ENTRY,
            "deploy/a.yaml": workload("a", "acme/a:1", extra=extra),
            "Makefile": "image:\n\tdocker build -t acme/a:1 .\n",
        }
    )
    (service,) = read.services
    assert service.deployed
    assert may_be_given(service, ("/etc/ssl",), ("SSL_CERT_FILE",)) is may
