"""A main package and all it reaches inside its module, in the facts rules ask about.

Filled by `program_reader.py` from `parsers/go`. Places are where the call or literal stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from analyzers.finding import Location
from analyzers.model.module import Module
from analyzers.model.programs.code import Code
from analyzers.model.programs.configuration.setting import ProgramSetting
from analyzers.model.programs.lifetime import Exit, HardStop, Serving, SignalHandling
from analyzers.model.programs.package import Package, Site
from analyzers.model.route import Route, RpcService
from analyzers.parsers.go import Call, Literal
from analyzers.parsers.light import light_record, light_value

_LOOPBACK = ("localhost", "127.0.0.1", "::1", "[::1]")


@light_value
class Listen:
    """A server that listens. `port` is None where it cannot be known.

    `variable` names the environment variable that decides the port, `flag` the command line flag;
    `port` is then the default, None without one. Either may hold a whole address (`:8080`).
    `host` is empty for all interfaces, None where unknown.
    """

    at: Location
    port: int | None
    host: str | None = ""
    variable: str = ""
    protocol: str = "http"
    flag: str = ""

    @property
    def is_local(self) -> bool:
        """Nobody outside the pod gets there."""
        return self.host in _LOOPBACK


@light_value
class Shutdown:
    """A call that stops a server and waits. `seconds` is its deadline: None unknown, 0 none at all.

    `variable` (of the environment) and `flag` name what decides it; `seconds` is then the default.
    """

    at: Location
    seconds: float | None
    variable: str = ""
    flag: str = ""
    server: str = ""
    """The server's type, versions left out; `?` where only its name says that it is one."""
    receiver: str = ""
    context_has_ended: bool = False
    """It is given a context that was waited for, or one made of it: it waits for nothing."""
    is_deferred: bool = False
    is_awaited: bool | None = None
    """Whether `main` stays until it is over; None where that cannot be told."""
    blocked_by: Location | None = None
    """The serving call before it that must end first."""
    waits_in_vain: Location | None = None
    """Where it waits for a context that nothing ends while the program serves."""


@light_record
class Program:
    """`directory` of its main package ('' is the root). `packages` are the module's own packages it imports,
    its main package first; `by_path` of import path. `listens` is complete only where `listens_are_known`."""

    directory: str
    name: str
    at: Location
    """The declaration of `main`."""
    module: Module
    packages: tuple[Package, ...]
    listens: tuple[Listen, ...]
    listens_are_known: bool
    shutdowns: tuple[Shutdown, ...]
    routes: tuple[Route, ...]
    """Every path it answers to, as far as can be told: complete only where `routes_are_known`."""
    routes_are_known: bool
    rpc_services: tuple[RpcService, ...]
    """The gRPC services it registers."""
    has_signal_library: bool
    """A library handles the signals that end it."""
    imports: Mapping[str, Location]
    """Every import path of its packages, with the first place."""
    settings: tuple[ProgramSetting, ...] = ()
    signals: tuple[SignalHandling, ...] = ()
    servings: tuple[Serving, ...] = ()
    hard_stops: tuple[HardStop, ...] = ()
    exits: tuple[Exit, ...] = ()
    """Calls that end the process although their function has deferred something."""

    code: Code = field(default_factory=Code, repr=False)

    def calls(self, *callees: str) -> Iterator[Site[Call]]:
        """Calls that it may run, by qualified callee: `database/sql.Open`."""
        return self.code.calls(*callees)

    def methods(self, *names: str) -> Iterator[Site[Call]]:
        """Calls of methods by name, whatever they are called on: `SetMaxOpenConns`."""
        return self.code.methods(*names)

    def literals(self, *types: str) -> Iterator[Site[Literal]]:
        """Composite literals of a qualified type: `net/http.Server`."""
        return self.code.literals(*types)

    @property
    def serves(self) -> bool:
        return bool(self.listens)

    @property
    def serves_others(self) -> bool:
        """It listens on more than the loopback address."""
        return any(not listen.is_local for listen in self.listens)

    @property
    def handles_signals(self) -> bool:
        """It asks for a signal that ends programs, itself or by a library that does it."""
        return self.has_signal_library or any(handling.is_about_ending for handling in self.signals)
