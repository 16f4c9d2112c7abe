"""Modules that no public proxy can serve, and whether the go command knows it.

Semantics: https://go.dev/ref/mod#private-modules and path.Match.
"""

from __future__ import annotations

from collections.abc import Iterable

from analyzers.model.module import Module, Requirement
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
_SHARED_FORGES = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org")
_STRANGERS = (
    *(f"{host}/{name}" for host in _SHARED_FORGES for name in ("acme/app", "zebra-9/lib.x")),
    *("golang.org/x/text", "google.golang.org/grpc", "gopkg.in/yaml.v3", "go.uber.org/zap", "k8s.io/api"),
)
"""Public modules of all kinds; a pattern for one's own covers at most one of a host."""
_PUBLIC_PROXIES = frozenset({"proxy.golang.org", "goproxy.io", "goproxy.cn", "mirrors.aliyun.com"})


def is_internal(path: str) -> bool:
    """The module's host exists in no public network."""
    return host_of(path).endswith(_INTERNAL_ENDINGS)


def is_on_own_forge(path: str) -> bool:
    """The module's host is named like a company's forge: `gitlab.example.com`, `git.example.com`."""
    host = host_of(path)
    return host.count(".") >= 2 and host.split(".", 1)[0] in _FORGES and host not in _PUBLIC_FORGES


def is_private(path: str) -> bool:
    """No public server can know the module, as far as its host tells."""
    return is_internal(path) or is_on_own_forge(path)


def fetched_path(requirement: Requirement) -> str:
    """What the go command asks for: the replacing module, where there is one."""
    return requirement.replaced_by or requirement.path


def private_patterns(modules: Iterable[Module]) -> tuple[str, ...]:
    """What GOPRIVATE has to name: private hosts that are required, and the modules' own organisations."""
    modules = tuple(modules)
    fetched = (
        fetched_path(requirement)
        for module in modules
        for requirement in module.requirements
        if not requirement.is_local
    )
    hosts = {host_of(path) for path in fetched if is_private(path)}
    return tuple(sorted(hosts | {own for module in modules if (own := _organisation_of(module.name))}))


def _organisation_of(name: str) -> str:
    """`github.com/acme/*` of `github.com/acme/orders`; empty for a host of one's own."""
    host, _, rest = name.partition("/")
    organisation = rest.partition("/")[0]
    return f"{host}/{organisation}/*" if host in _SHARED_FORGES and organisation else ""


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


def covers_everything(pattern: str) -> bool:
    """A pattern of GOPRIVATE's kind that holds for every public module."""
    return all(matches_patterns(pattern, path) for path in _STRANGERS)


def shared_host_of(pattern: str) -> str:
    """The forge shared by strangers that a pattern covers as a whole; empty for a narrower one."""
    for host in _SHARED_FORGES:
        if all(matches_patterns(pattern, path) for path in _STRANGERS if path.startswith(f"{host}/")):
            return host
    return ""


def uses_public_proxies_only(servers: Iterable[str]) -> bool:
    """Every server of a GOPROXY is one that knows no private modules."""
    return all(server == "direct" or _host_of_server(server) in _PUBLIC_PROXIES for server in servers)


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
    return first == "direct" or _host_of_server(first) in _PUBLIC_PROXIES


def _host_of_server(url: str) -> str:
    host = url.partition("://")[2].partition("/")[0]
    return host.rpartition("@")[2].partition(":")[0]
