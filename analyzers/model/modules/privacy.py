"""Modules that no public proxy can serve, and whether the go command knows it.

Semantics: https://go.dev/ref/mod#private-modules and path.Match.
"""

from __future__ import annotations

from analyzers.model.modules.go_environment import GoEnvironment
from analyzers.parsers.wildcard import compile_wildcard

_INTERNAL_ENDINGS = (
    *(".internal", ".corp", ".local", ".lan", ".intranet", ".private", ".home", ".localdomain"),
    ".home.arpa",
)
"""Endings that no public name server answers for: https://www.rfc-editor.org/rfc/rfc6762#appendix-G,
https://www.rfc-editor.org/rfc/rfc8375"""
_FORGES = frozenset({"bitbucket", "git", "gitea", "github", "gitlab", "ghe", "stash"})
"""What a company calls the machine of its own forge."""
_PUBLIC_FORGES = frozenset(
    (
        *("bitbucket.org", "git.apache.org", "git.autistici.org", "git.cryptomilk.org", "git.fd.io"),
        *("git.kernel.org", "git.mills.io", "git.openprivacy.ca", "git.savannah.gnu.org", "git.sr.ht"),
        *("git.schwanenlied.me", "git.tcp.direct", "git.torproject.org", "git.zabbix.com", "git.zx2c4.com"),
        *("gitea.com", "github.com", "gitlab.com", "gitlab.alpinelinux.org", "gitlab.archlinux.org"),
        *("gitlab.cern.ch", "gitlab.eclipse.org", "gitlab.freedesktop.org", "gitlab.gnome.org"),
        *("gitlab.haskell.org", "gitlab.howett.net", "gitlab.nic.cz", "gitlab.torproject.org"),
        *("gitlab.wikimedia.org", "gitlab.xfce.org", "git.wow.st", "gitea.io", "git.coopcloud.tech"),
    )
)
"""Forges named like a company's own that anybody can read from."""
_PUBLIC_PROXIES = frozenset({"proxy.golang.org", "goproxy.io", "goproxy.cn", "mirrors.aliyun.com"})


def is_internal(path: str) -> bool:
    """The module's host exists in no public network."""
    return host_of(path).endswith(_INTERNAL_ENDINGS)


def is_on_own_forge(path: str) -> bool:
    """The module's host is named like a company's forge: `gitlab.example.com`, `git.example.com`."""
    host = host_of(path)
    return host.count(".") >= 2 and host.split(".", 1)[0] in _FORGES and host not in _PUBLIC_FORGES


def host_of(path: str) -> str:
    """The first part of a module's path, empty where it is no host."""
    host = path.split("/", 1)[0].lower()
    return host if "." in host else ""


def goes_public(path: str, environment: GoEnvironment) -> bool:
    """Whether a public proxy or the checksum database is asked for a module. False where that is unknown."""
    asked = ("GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOPROXY", "GOSUMDB", "GOFLAGS")
    if any(environment.get(name, "") is None for name in asked):
        return False
    if environment.get("GO111MODULE") == "off" or "-mod=vendor" in (environment.get("GOFLAGS") or ""):
        return False
    asks_proxy, asks_database = _asks_proxy(path, environment), _asks_database(path, environment)
    return _uses_public_proxy(environment) and (asks_proxy or asks_database)


def matches_patterns(patterns: str, path: str) -> bool:
    """Whether a comma-separated list of patterns, as in GOPRIVATE, covers a module path or a prefix of it."""
    return any(
        _matches(pattern.strip("/").split("/"), path.split("/")) for pattern in patterns.split(",") if pattern
    )


def _matches(pattern: list[str], path: list[str]) -> bool:
    if len(pattern) > len(path):
        return False
    wildcards = [compile_wildcard(part) for part in pattern]
    return all(wildcard and wildcard.matches(part) for wildcard, part in zip(wildcards, path, strict=False))


def _asks_proxy(path: str, environment: GoEnvironment) -> bool:
    patterns = environment.get("GONOPROXY") or environment.get("GOPRIVATE") or ""
    return (environment.get("GOPROXY") or "") != "direct" and not matches_patterns(patterns, path)


def _asks_database(path: str, environment: GoEnvironment) -> bool:
    patterns = environment.get("GONOSUMDB") or environment.get("GOPRIVATE") or ""
    return environment.get("GOSUMDB") != "off" and not matches_patterns(patterns, path)


def _uses_public_proxy(environment: GoEnvironment) -> bool:
    """The first place that is asked is public. A proxy of one's own may know private modules."""
    first = (environment.get("GOPROXY") or "direct").replace("|", ",").split(",")[0].strip()
    host = first.partition("://")[2].partition("/")[0]
    return first == "direct" or host.rpartition("@")[2].partition(":")[0] in _PUBLIC_PROXIES
