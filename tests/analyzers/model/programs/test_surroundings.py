"""What a program needs of the system around it: a C library, certificates, time zones."""

from __future__ import annotations

import pytest

from analyzers.model.programs.native_code import find_native_code, may_need_cgo
from analyzers.model.programs.time_zones import find_named_zones
from analyzers.model.programs.trusted_roots import find_tls_client
from tests.analyzers.model.go_source import program, programs


@pytest.mark.parametrize(
    ("path", "is_needed"),
    [
        ("fmt", None),
        ("net/url", None),
        ("net/netip", None),
        ("database/sql", None),
        ("github.com/acme/netbox", None),
        ("net", False),
        ("net/http/pprof", False),
        ("os/user", False),
        ("google.golang.org/grpc", False),
        ("github.com/labstack/echo/v4", False),
        ("C", True),
        ("github.com/mattn/go-sqlite3", True),
        ("github.com/confluentinc/confluent-kafka-go/v2/kafka", True),
    ],
)
def test_what_leans_on_a_c_library(path: str, is_needed: bool | None) -> None:
    found = find_native_code(program("", f'import _ "{path}"'))
    assert (found.is_needed if found else None) is is_needed
    assert found is None or (found.path, found.at.line) == (path, 6)


@pytest.mark.parametrize(
    ("required", "may"),
    [("github.com/google/uuid v1.6.0", False), ("github.com/mattn/go-sqlite3 v1.14.28", True)],
)
def test_a_binding_among_the_modules(required: str, may: bool) -> None:
    files = {
        "go.mod": f"module example.com/app\n\nrequire {required}\n",
        "main.go": "package main\nfunc main() {}\n",
    }
    assert may_need_cgo(programs(files)[0]) is may


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('http.Get("http://tax.acme.internal")', id="no TLS"),
        pytest.param("http.Get(address)", id="an address that is not known"),
        pytest.param('http.ListenAndServeTLS(":443", "c.pem", "k.pem", nil)', id="a server"),
        pytest.param('cache.Get("orders")', id="another Get"),
        pytest.param('_ = &tls.Config{RootCAs: p}; http.Get("https://a.example")', id="own certificates"),
        pytest.param('c.RootCAs = p; http.Get("https://a.example")', id="own certificates, set later"),
        pytest.param("grpc.WithTransportCredentials(creds)", id="credentials that are not known"),
        pytest.param('x509.SetFallbackRoots(p); http.Get("https://a.example")', id="a fallback"),
    ],
)
def test_no_need_of_certificates(body: str) -> None:
    assert find_tls_client(program(body, 'import "crypto/x509"')) is None


def test_certificates_in_the_binary() -> None:
    outside = 'import _ "golang.org/x/crypto/x509roots/fallback"'
    assert find_tls_client(program('http.Get("https://a.example")', outside)) is None


CREDENTIALS = 'import "google.golang.org/grpc/credentials"'


@pytest.mark.parametrize(
    ("body", "outside", "what"),
    [
        ('http.Get("https://api.tax.example/rates")', "", "https://api.tax.example"),
        (
            'http.NewRequest("GET", base + "/rates", nil)',
            'const base = "https://tax.example"',
            "https://tax.example",
        ),
        ('client.Post("https://hooks.example/x", "text/plain", nil)', "", "https://hooks.example"),
        ("grpc.WithTransportCredentials(credentials.NewTLS(nil))", CREDENTIALS, "a gRPC server by TLS"),
        (
            "grpc.WithTransportCredentials(credentials.NewTLS(&tls.Config{MinVersion: 3}))",
            CREDENTIALS,
            "a gRPC server by TLS",
        ),
        (
            'grpc.WithTransportCredentials(credentials.NewClientTLSFromCert(nil, ""))',
            CREDENTIALS,
            "a gRPC server by TLS",
        ),
        ("", 'import "cloud.google.com/go/storage"', "cloud.google.com/go/storage"),
        ("", 'import "github.com/aws/aws-sdk-go-v2/service/s3"', "github.com/aws/aws-sdk-go-v2/service/s3"),
        ("", 'import "github.com/stripe/stripe-go/v82"', "github.com/stripe/stripe-go/v82"),
    ],
)
def test_what_needs_the_certificates_of_the_system(body: str, outside: str, what: str) -> None:
    found = find_tls_client(program(body, outside))
    assert found is not None
    assert found.what == what


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ('time.LoadLocation("UTC")', []),
        ('time.LoadLocation("Local")', []),
        ("time.LoadLocation(name)", []),
        ('time.LoadLocation("Asia/Shanghai"); time.FixedZone("CST", 28800)', []),
        ('time.LoadLocation("Asia/Shanghai")', ["Asia/Shanghai"]),
        ('const zone = "Europe/Berlin"\n\ttime.LoadLocation(zone)', ["Europe/Berlin"]),
    ],
)
def test_zones_that_are_asked_for_by_name(body: str, names: list[str]) -> None:
    assert [zone.name for zone in find_named_zones(program(body))] == names
