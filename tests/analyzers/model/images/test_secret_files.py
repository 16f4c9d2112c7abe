from __future__ import annotations

from collections.abc import Mapping

import pytest

from analyzers.model.images.secret_files import carried_into, find_secret_files
from tests.analyzers.model.repositories import repository

KEY = (
    "-----BEGIN PRIVATE KEY-----\n"
    + "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n" * 3
    + "-----END PRIVATE KEY-----\n"
)


@pytest.mark.parametrize(
    ("path", "text", "what"),
    [
        (".env", "PORT=8080\nLOG_LEVEL=info\n", None),
        (".env", "DB_PASSWORD=\nAPI_TOKEN=${TOKEN}\n", None),
        (".env", "DB_PASSWORD=changeme123\nAPI_KEY=your-api-key\nSECRET=hunter2\n", None),
        (".env", "PASSWORD_FILE=/run/secrets/password\nPUBLIC_KEY=kV9tq2LmPz71\n", None),
        (".env", "DATABASE_URL=postgres://orders:orders@db:5432/orders\n", None),
        (".env.example", "DB_PASSWORD=kV9tq2LmPz71\n", None),
        ("testdata/.env", "DB_PASSWORD=kV9tq2LmPz71\n", None),
        ("tests/server.key", KEY, None),
        ("certs/ca.pem", "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----\n", None),
        ("certs/license.key", "AAAA-BBBB\n", None),
        (".env", "PORT=8080\nDB_PASSWORD=kV9tq2LmPz71\n", ("`DB_PASSWORD`", 2)),
        (".env.production", 'export STRIPE_API_KEY="kV9tq2LmPz71"\n', ("`STRIPE_API_KEY`", 1)),
        (
            "prod.env",
            "DATABASE_URL=postgres://orders:kV9tq2LmPz71@db.acme.internal/orders\n",
            ("`DATABASE_URL`", 1),
        ),
        ("certs/server.key", KEY, ("a private key", 1)),
        ("certs/server.pem", "subject=orders\n" + KEY, ("a private key", 2)),
    ],
)
def test_what_holds_a_secret(path: str, text: str, what: tuple[str, int] | None) -> None:
    found = list(find_secret_files(repository({path: text}).sources))
    assert [(each.what, each.at.line) for each in found] == ([what] if what else [])


BUILD = "FROM golang:1.24 AS build\nWORKDIR /src\n{}\nRUN go build -o /app .\nFROM alpine:3.22\n{}\n"


@pytest.mark.parametrize(
    ("dockerfile", "more", "line"),
    [
        (BUILD.format("COPY . .", "COPY --from=build /app /app"), {}, None),
        (BUILD.format("COPY . .", "COPY . ."), {".dockerignore": ".env*\n"}, None),
        (BUILD.format("COPY . .", "COPY . ."), {".dockerignore": "[\n"}, None),
        (BUILD.format("COPY . .\nRUN rm .env", "COPY --from=build /src /src"), {}, None),
        (BUILD.format("COPY *.go ./", "COPY --from=build /src /src"), {}, None),
        (BUILD.format("COPY . .", "COPY . /orders"), {}, 6),
        (BUILD.format("COPY . .", "COPY .env /orders/"), {}, 6),
        (BUILD.format("COPY . .", "COPY .env* /orders/"), {}, 6),
        (BUILD.format("COPY . .", "COPY --from=build /src /src"), {}, 3),
        (BUILD.format("COPY . .", "COPY --from=build /src/.env /orders/.env"), {}, 3),
        ("FROM golang:1.24\nWORKDIR /src\nCOPY . .\nRUN go build . && rm .env\n", {}, 3),
    ],
)
def test_how_it_gets_into_the_image(dockerfile: str, more: Mapping[str, str], line: int | None) -> None:
    (image,) = repository({"Dockerfile": dockerfile, ".env": "A=b\n", **more}).images
    copy = carried_into(image, ".env")
    assert (copy.at.line if copy else None) == line
