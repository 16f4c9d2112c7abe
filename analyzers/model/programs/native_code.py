"""What makes a Go binary lean on a C library where cgo is in use: https://pkg.go.dev/cmd/cgo

Of the standard library these are `net` and all that imports it, `os/user` and `plugin`:
https://go.dev/doc/go1.20#cgo
"""

from __future__ import annotations

import re

from analyzers.finding import Location
from analyzers.model.program import Program
from analyzers.model.programs.known_types import unversioned
from analyzers.parsers.light import light_value

_STANDARD = re.compile(
    r"net(?:/(?!url$|netip$).*)?|os/user|plugin|crypto/tls|log/syslog|expvar|mime/multipart"
)
_NETWORKING = re.compile(
    r"google\.golang\.org/(?:grpc|api)|cloud\.google\.com/go|k8s\.io/client-go|go\.mongodb\.org/mongo-driver"
    r"|github\.com/(?:gin-gonic/gin|labstack/echo|gofiber/fiber|go-chi/chi|gorilla/mux|valyala/fasthttp|lib/pq"
    r"|jackc/pgx|go-sql-driver/mysql|redis/go-redis|go-redis/redis|segmentio/kafka-go|aws/aws-sdk-go"
    r"|prometheus/client_golang)(?:/.*)?"
)
_WRITTEN_IN_C = re.compile(
    r"github\.com/(?:mattn/go-sqlite3|mattn/go-oci8|godror/godror|confluentinc/confluent-kafka-go|h2non/bimg"
    r"|davidbyttow/govips|linxGnu/grocksdb|tecbot/gorocksdb|DataDog/zstd|valyala/gozstd|libgit2/git2go|pebbe/zmq4"
    r"|ibm-messaging/mq-golang|google/gopacket/pcap|gopacket/gopacket/pcap|marcboeker/go-duckdb"
    r"|duckdb/duckdb-go|coreos/go-systemd/(?:v\d+/)?sdjournal|knqyf263/go-rpmdb)(?:/.*)?"
    r"|gocv\.io/x/gocv|rogchap\.com/v8go|gopkg\.in/gographics/imagick\..*"
)
"""Bindings of C libraries, which do not build or do not work without cgo."""


@light_value
class NativeCode:
    """The import that brings it. Where `is_needed`, the program cannot do without cgo."""

    path: str
    at: Location
    is_needed: bool


def find_native_code(program: Program) -> NativeCode | None:
    """The first import for which cgo links the C library; what cannot do without it goes first."""
    paths = sorted(program.imports)
    for path in paths:
        if path == "C" or _WRITTEN_IN_C.fullmatch(unversioned(path)):
            return NativeCode(path, program.imports[path], is_needed=True)
    for path in paths:
        if _STANDARD.fullmatch(path) or _NETWORKING.fullmatch(unversioned(path)):
            return NativeCode(path, program.imports[path], is_needed=False)
    return None


def may_need_cgo(program: Program) -> bool:
    """A binding of a C library is among the modules it may be built from, its own or those of others."""
    required = (requirement.path for requirement in program.module.requirements)
    return "C" in program.imports or any(_WRITTEN_IN_C.fullmatch(unversioned(path)) for path in required)
