from __future__ import annotations

import pytest

from analyzers.model.modules.privacy import goes_public, is_internal, is_on_own_forge, matches_patterns

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
