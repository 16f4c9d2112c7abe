from __future__ import annotations

import pytest

from analyzers.finding import Location
from analyzers.model.module import Module, Requirement
from analyzers.model.modules.privacy import (
    covers_everything,
    goes_public,
    is_internal,
    is_on_own_forge,
    matches_patterns,
    private_patterns,
    shared_host_of,
    uses_public_proxies_only,
)
from analyzers.parsers.position import Span

MODULE = "git.acme.internal/shop/log"


@pytest.mark.parametrize(
    "path",
    ["github.com/acme/internal", "example.com/x", "internal/x", "local", "corp.com/x", "golang.org/x/text"],
)
def test_public_hosts(path: str) -> None:
    assert not is_internal(path)


@pytest.mark.parametrize("path", [MODULE, "code.acme.corp/x", "pi.home.arpa/x", "GIT.acme.LAN/x"])
def test_hosts_that_no_public_server_knows(path: str) -> None:
    assert is_internal(path)


@pytest.mark.parametrize(
    "path",
    [
        "github.com/acme/x",
        "gitlab.com/acme/x",
        "git.sr.ht/~acme/x",
        "gitlab.gnome.org/x",
        "gitea.dev/x",
        "go.acme.com/x",
    ],
)
def test_public_forges_are_nobodys_own(path: str) -> None:
    assert not is_on_own_forge(path)


@pytest.mark.parametrize("path", ["gitlab.acme.com/x", "git.acme.co.uk/x", "bitbucket.acme.com/x"])
def test_a_companys_forge_by_its_name(path: str) -> None:
    assert is_on_own_forge(path)


@pytest.mark.parametrize(
    "patterns",
    ["", ",", "git.acme.internal/*/*/*", "*.internal/log", "git.acme", "git.acme.internal/sho", "["],
)
def test_patterns_that_do_not_cover(patterns: str) -> None:
    assert not matches_patterns(patterns, MODULE)


@pytest.mark.parametrize(
    "patterns",
    [
        "*",
        "*.internal",
        "*.acme.internal/",
        "github.com/acme,git.acme.internal",
        "git.acme.internal/shop",
        "git.*/s?op/l[nop]g",
    ],
)
def test_patterns_that_cover(patterns: str) -> None:
    assert matches_patterns(patterns, MODULE)


@pytest.mark.parametrize(
    "environment",
    [
        {"GOPRIVATE": "git.acme.internal"},
        {"GOPRIVATE": None},
        {"GONOPROXY": "*.internal", "GONOSUMDB": "*.internal"},
        {"GOPROXY": "https://goproxy.acme.internal,direct"},
        {"GOPROXY": "off"},
        {"GOPROXY": "http://["},
        {"GOPROXY": "direct", "GOSUMDB": "off"},
        {"GOFLAGS": "-mod=vendor"},
        {"GO111MODULE": "off"},
    ],
)
def test_nothing_public_is_asked(environment: dict[str, str | None]) -> None:
    assert not goes_public(MODULE, environment)


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"GOPRIVATE": "github.com/acme"},
        {"GONOPROXY": "*.internal"},
        {"GONOSUMDB": "*.internal"},
        {"GOPROXY": "direct"},
        {"GOPROXY": "https://goproxy.cn,direct", "GOSUMDB": "off"},
        {"GOPROXY": "https://proxy.golang.org|direct"},
    ],
)
def test_a_public_server_is_asked(environment: dict[str, str | None]) -> None:
    assert goes_public(MODULE, environment)


@pytest.mark.parametrize("pattern", ["*", "*/*", "*.*"])
def test_a_pattern_for_everything(pattern: str) -> None:
    assert covers_everything(pattern)


@pytest.mark.parametrize("pattern", ["github.com", "*.com", "golang.org", "github.com/acme", "", "[*"])
def test_a_pattern_for_less(pattern: str) -> None:
    assert not covers_everything(pattern)


@pytest.mark.parametrize(
    ("pattern", "host"),
    [
        ("github.com", "github.com"),
        ("gitlab.com/*", "gitlab.com"),
        ("github.com/*/*", "github.com"),
        ("github.com/acme", ""),
        ("github.com/acme/*", ""),
        ("git.acme.com", ""),
    ],
)
def test_a_host_that_strangers_share(pattern: str, host: str) -> None:
    assert shared_host_of(pattern) == host


@pytest.mark.parametrize(
    ("servers", "expected"),
    [
        (["https://proxy.golang.org"], True),
        (["https://goproxy.cn", "direct"], True),
        (["https://goproxy.acme.net"], False),
        (["https://proxy.golang.org", "https://goproxy.acme.net"], False),
        (["off"], False),
    ],
)
def test_public_proxies(servers: list[str], expected: bool) -> None:
    assert uses_public_proxies_only(servers) is expected


def test_what_goprivate_has_to_name() -> None:
    at = Location("go.mod", Span(1, 1, 1, 2))
    required = [
        Requirement("git.acme.internal/shop/money", "v1.0.0", at),
        Requirement("example.com/local.internal", "v1.0.0", at, replaced_by="../x", is_local=True),
        Requirement("github.com/google/uuid", "v1.0.0", at, replaced_by="gitlab.acme.com/forks/uuid"),
    ]
    found = Module("go.mod", "", "github.com/acme/orders", at, requirements=tuple(required))
    assert private_patterns([found]) == ("git.acme.internal", "github.com/acme/*", "gitlab.acme.com")
