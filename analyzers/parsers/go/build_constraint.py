"""Whether a Go file belongs to a container's binary: Linux on amd64 or arm64, without extra build tags.

The rules are those of https://pkg.go.dev/cmd/go#hdr-Build_constraints.
"""

from __future__ import annotations

import re

_RARE_SYSTEMS = ("aix", "hurd", "illumos", "nacl", "netbsd", "openbsd", "plan9", "solaris", "zos")
_SYSTEMS = frozenset(
    {"android", "darwin", "dragonfly", "freebsd", "ios", "js", "linux", "wasip1", "windows", *_RARE_SYSTEMS}
)
_RARE_MACHINES = (
    *(
        "386",
        "amd64p32",
        "arm64be",
        "armbe",
        "mips",
        "mips64",
        "mips64le",
        "mips64p32",
        "mips64p32le",
        "mipsle",
    ),
    *("ppc", "ppc64", "riscv", "riscv64", "s390", "sparc", "sparc64"),
)
_MACHINES = frozenset({"amd64", "arm", "arm64", "loong64", "ppc64le", "s390x", "wasm", *_RARE_MACHINES})
_BUILT_MACHINES = ("amd64", "arm64")
_TRUE = frozenset({"linux", "unix", "gc", "cgo"})
_RELEASE = re.compile(r"go1\.\d+\Z")
_TOKEN = re.compile(r"\|\||&&|[!()]|[\w.]+")
_MOST_TOKENS = 100


def is_built(path: str, constraint: str) -> bool:
    """Whether a file is compiled, from its name and its `//go:build` expression. Test files are not."""
    name = path.rsplit("/", 1)[-1].removesuffix(".go")
    if name.endswith("_test") or name.startswith(("_", ".")):
        return False
    return any(_matches_name(name, machine) and holds(constraint, machine) for machine in _BUILT_MACHINES)


def holds(constraint: str, machine: str = "amd64") -> bool:
    """The value of a `//go:build` expression; true for an empty or a broken one."""
    tokens = _TOKEN.findall(constraint)
    if not tokens or len(tokens) > _MOST_TOKENS:
        return True
    return _Evaluation(tokens, machine).value()


def _matches_name(name: str, machine: str) -> bool:
    parts = name.split("_")[1:]
    if parts and parts[-1] in _MACHINES and parts.pop() != machine:
        return False
    return not parts or parts[-1] not in _SYSTEMS or parts[-1] == "linux"


class _Evaluation:
    """One pass over the tokens, `!` before `&&` before `||`."""

    def __init__(self, tokens: list[str], machine: str) -> None:
        self._tokens = [*tokens, ""]
        self._next = 0
        self._machine = machine

    def value(self) -> bool:
        result = self._conjunction()
        while self._take("||"):
            result = self._conjunction() or result
        return result

    def _conjunction(self) -> bool:
        result = self._term()
        while self._take("&&"):
            result = self._term() and result
        return result

    def _term(self) -> bool:
        if self._take("!"):
            return not self._term()
        if self._take("("):
            inner = self.value()
            self._take(")")
            return inner
        tag = self._tokens[self._next]
        self._next = min(self._next + 1, len(self._tokens) - 1)
        return not tag or tag in _TRUE or tag == self._machine or _RELEASE.match(tag) is not None

    def _take(self, token: str) -> bool:
        taken = self._tokens[self._next] == token
        self._next += taken
        return taken
