"""A Dockerfile without a mistake, and two with."""

from __future__ import annotations

GOOD = """\
FROM golang:1.26-alpine3.22 AS build
WORKDIR /src
COPY go.mod ./
RUN CGO_ENABLED=0 go build -o /out/app .

FROM alpine:3.22
COPY --from=build /out/app /app
USER 65532:65532
ENTRYPOINT ["/app"]
"""
BAD = GOOD.replace("alpine:3.22\n", "alpine:latest\n")
WORSE = BAD.replace("golang:1.26-alpine3.22", "golang:latest")
